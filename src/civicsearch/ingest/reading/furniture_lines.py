"""Short lines that ask the reader to do something with the page: to print, share, hear, copy it.

Tables of data in the languages of civic news, in their own spelling: both sides are compared
folded. A line is such a request if it is one of the verbs and nothing but what can be done with
it, small words aside: `Skriv ut sidan`, `Seite drucken`, `Podijeli na Facebooku`. So a heading of
a story that begins with the same verb (`Back to school`) is none.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from civicsearch.analysis.folding import fold
from civicsearch.ingest.reading.alternatives import fold_table

__all__ = ["is_counter", "is_request"]


class _Request(NamedTuple):
    """What is asked: verbs that stand alone or with an object, those that need one, objects."""

    alone: str
    verbs: str
    objects: str


_PAGE = """
article|articles|story|page|post|news|item|artikel|beitrag|seite|meldung|nachricht|text|inhalt
|lien|page|actualité|artículo|noticia|página|texto|artigo|notícia|articolo|pagina|notizia|testo
|bericht|verhaal|nieuws|artykuł|artykułu|stronę|strony|wpis|tekst|tekstu|informację|článek
|článku|stránku|stránky|zprávu|článok|správu|artikeln|sidan|texten|nyheten|artikkelen|saken
|siden|teksten|artiklen|artikkeli|juttu|sivu|teksti|uutinen|cikket|cikk|oldalt|oldal|articolul
|știrea|textul|članak|članka|stranicu|stranice|vijest|stran|haberi|makaleyi|sayfayı|yazıyı|haber
|halaman|berita|статью|новость|страницу|материал|текст|запись|статтю|новину|сторінку|матеріал
|άρθρο|άρθρου|σελίδας|σελίδα|κείμενο|bài|viết|báo|tin|trang|tức|link|version
"""
_NETS = """
facebook|facebooku|facebookon|facebookissa|facebooka|twitter|twitteru|twitteri|twitterissä|x|xing
|whatsapp|whatsappu|telegram|telegramu|linkedin|linkedinu|messenger|viber|zalo|instagram|mail|email
|mailem|emailem|pinterest|bluesky|mastodon|threads|фейсбук|фейсбуці|телеграм|телеграме|твиттер
|вконтакте|одноклассники|freunden|friends|friend|amis|ami|amigo|amigos|vänner|venner|bạn|bè
|arkadaşına|přátelům|priateľom|znajomym|znajomemu
"""
_SMALL_WORDS = """
this the a an to on via by with of our for your now here it e diesen diese dieses den die das
der des auf über per bei von zur zum cet cette ce le la les l d sur par à au avec notre votre
nos el este esta los las en por con al nuestro o os no na aos nossa neste pelo il lo questo
questa su di nostra alla all nostro dit deze het de op naar voor onze je u w we przez ten tę
tego naszego do tento túto tuto si k ke naše odběru odber našeho på av till vårt vår denna denne
dette til i vores ud tämä tämän ez ezt az egy meg fel acest această pe nostru prin cu se ovaj
ovu bu bunu ini эту этот в во по на через цю цей у το την τη στο στη στην του της με này cho qua
lên tới tôi vào đây về ra để bạn ta
"""
_SMALL = frozenset(fold(_SMALL_WORDS).split())
_REQUESTS = (
    _Request(  # hear
        "listen|hören|anhören|vorlesen|écouter|escuchar|ouvir|ascolta|luister|voorlezen|posłuchaj"
        "|odsłuchaj|poslechnout|vypočuť|lyssna|lytt|lyt|kuuntele|meghallgatás|felolvasás|ascultă"
        "|poslušaj|poslušajte|dinle|dengarkan|прослушать|прослухати|ακούστε|nghe|nghe đọc",
        "hear|play|read aloud|abspielen|słuchaj|poslechněte|přehrát|vypočujte|lees voor|oplæs"
        "|hallgassa|hallgasd|послушать|слушать|озвучить|послухати|слухати|bấm để nghe"
        "|nhấn để nghe|phát|đọc",
        _PAGE + "|audio|podcast|áudio|äänenä|sesli|ses|âm thanh|nội dung|giọng đọc",
    ),
    _Request(  # copy
        "copied|link kopiert|lien copié|enlace copiado|link copiado|link copiato|odkaz zkopírován"
        "|đã sao chép",
        "copy|kopieren|copier|copiar|copia|kopieer|kopiëren|kopiuj|skopiuj|kopírovat|zkopírovat"
        "|kopírovať|skopírovať|kopiera|kopier|kopiér|kopioi|másolása|copiază|copiați|kopiraj"
        "|kopirajte|kopyala|salin|копировать|скопировать|копіювати|скопіювати|αντιγραφή"
        "|sao chép|lấy",
        _PAGE + "|link|links|url|address|clipboard|adresse|lien|enlace|vínculo|ligação|hiperligação"
        "|endereço|collegamento|odnośnik|adres|odkaz|adresu|länk|länken|lenke|lenken|lenka|linket"
        "|linkki|osoite|hivatkozás|linkul|adresa|poveznicu|vezu|linki|bağlantıyı|adresi|tautan"
        "|ссылку|адрес|посилання|συνδέσμου|σύνδεσμο|liên kết|đường dẫn|liên|kết|đường|dẫn|địa chỉ",
    ),
    _Request(  # print
        "print|drucken|ausdrucken|druckversion|imprimer|imprimir|stampa|afdrukken|drukuj|wydrukuj"
        "|vytisknout|tisk|vytlačiť|tlačiť|skriv ut|udskriv|tulosta|nyomtatás|tipărește|printează"
        "|ispis|ispiši|natisni|yazdır|cetak|распечатать|роздрукувати|друк|εκτύπωση|bản in|in ấn"
        "|version imprimable|wersja do druku|verze pro tisk|verzia pre tlač|printer-friendly",
        "print this|imprime|imprima|stampare|tipăriți|imprimă|isprintaj|напечатать|надрукувати"
        "|друкувати|εκτυπώστε|nyomtatása",
        _PAGE,
    ),
    _Request("", "in", "bài|viết|báo|tin|trang"),  # print, in Vietnamese
    _Request(  # share
        "share|teilen|weitersagen|weiterempfehlen|partager|compartir|compartilhar|partilhar"
        "|condividi|delen|udostępnij|sdílet|zdieľať|dela|jaa|megosztás|megosztom|distribuie|podijeli"
        "|podijelite|paylaş|bagikan|поделиться|поділитися|κοινοποίηση|chia sẻ|tell a friend",
        "share this|tweet|send|recommend|senden|empfehlen|empfiehl|envoyer|recommander|enviar"
        "|recomendar|comparte|compartilhe|partilhe|invia|deel|stuur|poleć|prześlij|wyślij"
        "|poslat|sdílejte|poslať|odoslať|del|tips|suosittele|lähetä|küldés|trimite|pošalji|gönder"
        "|kirim|отправить|надіслати|μοιραστείτε|gửi",
        _PAGE + "|" + _NETS,
    ),
    _Request(  # back
        "back|zurück|retour|voltar|indietro|terug|powrót|wstecz|zpět|späť|tillbaka|tilbake|tilbage"
        "|takaisin|vissza|înapoi|natrag|nazad|povratak|geri|kembali|вернуться|назад|повернутися"
        "|επιστροφή|πίσω|quay lại|quay về|trở lại|trở về|volver|go back|geri dön|вернуться назад"
        "|повернутися назад",
        "return|revenir|torna|ritorna|ga terug|wróć|gå tillbaka|gå tilbake|gå tilbage|palaa"
        "|повернутись|dön|regresar|về",
        "list|overview|index|results|homepage|home|top|previous|page|news|übersicht|liste"
        "|startseite|seitenanfang|auswahl|meldungen|nachrichten|accueil|sommaire|précédente|page"
        "|actualités|listado|lista|inicio|noticias|anterior|página|início|atrás|topo|notícias"
        "|elenco|home|notizie|precedente|pagina|indietro|overzicht|lijst|nieuwsoverzicht|nieuws"
        "|listy|strony|głównej|aktualności|poprzedniej|výpis|seznam|přehled|předchozí|stránku"
        "|úvod|zoznam|hore|nahoru|nyheter|nyheder|översikt|oversikt|oversigten|oversigt|forsiden"
        "|startsidan|startsida|liste|listen|uutisiin|etusivulle|listaan|edelliselle|sivulle"
        "|hírekhez|listához|főoldalra|előző|oldalra|listă|știri|pagina|popis|vijesti|novosti"
        "|početnu|naslovnicu|listeye|haberlere|sayfaya|ana|daftar|beranda|berita|halaman"
        "|списку|новостям|новости|главную|назад|новин|головну|λίστα|αρχική|νέα|trang|trước|chủ"
        "|đầu|danh|sách",
    ),
    _Request(  # subscribe
        "subscribe|abonnieren|s abonner|suscribirse|subscrever|iscriviti|abonneren|prenumerera",
        "sign up|register|get|receive|join|newsletter|anmelden|bestellen|abonnez-vous"
        "|inscrivez-vous|recevez|inscription|suscríbete|suscripción|recibe|assine|assinar"
        "|inscreva-se|subscreva|receba|registrati|ricevi|meld aan|meld je aan|schrijf je in"
        "|inschrijven|aanmelden|ontvang|zapisz się|subskrybuj|zamów|odebírat|přihlaste se|přihlásit"
        "|odoberať|prihláste sa|prihlásiť|få|abonner|meld deg|tilmeld|tilmeld dig|tilaa"
        "|feliratkozás|iratkozzon|iratkozz|abonează-te|abonați-vă|abonare|pretplati se"
        "|pretplatite se|prijavite se|prijavi se|naroči|abone|abone ol|kaydol|berlangganan"
        "|подписаться|подпишитесь|підписатися|підпишіться|εγγραφή|εγγραφείτε|đăng ký nhận|đăng ký",
        "newsletter|newsletters|newsletterem|newslettera|newsletteru|newslettert|newsletteri|email"
        "|updates|alerts|news|infobrief|lettre|information|boletín|boletines|noticias|boletim"
        "|nieuwsbrief|biuletyn|biuletynu|novinky|novinek|noviniek|zpravodaj|nyhetsbrev|nyhetsbrevet"
        "|nyhedsbrev|nyhedsbrevet|uutiskirje|uutiskirjeen|hírlevél|hírlevélre|hírlevelünkre"
        "|bülten|bültene|bültenimize|buletin|рассылку|новости|розсилку|новини|tin|bản tin"
        "|bản|thông báo|email|odběr|newsletter-anmeldung|ol|sa|se|nhận",
    ),
)
# How often a page was looked at: the label, and what may stand behind the number.
_COUNTERS = """
(?:số )?(?:lượt|lần|người) (?:xem|đọc|truy cập)|lượt nghe|đã (?:xem|đọc)|số (?:lượt|lần) (?:xem|đọc)
|(?:number of )?(?:page )?(?:views|visits|hits|reads)|viewed|aufrufe|seitenaufrufe|zugriffe|gelesen
|(?:nombre de )?(?:vues|lectures|visites)|consultations|(?:número de )?(?:visitas|lecturas|vistas)
|visualizaciones|(?:número de )?(?:visualizações|acessos|leituras)|visualizzazioni|letture|visite
|accessi|(?:aantal keer |aantal )?(?:gelezen|bekeken|weergaven)|(?:liczba )?(?:wyświetleń|odsłon
|wejść|odwiedzin)|wyświetlenia|odsłony|(?:počet )?(?:zobrazení|přečtení|zhlédnutí|návštěv|prečítaní)
|zobrazeno|přečteno|zobrazené|prečítané|(?:antal )?(?:visningar|visninger|läsningar)|lukukertoja
|katselukerrat|(?:megtekintések|olvasások)(?: száma)?|megtekintve|vizualizări|accesări|afișări
|(?:broj )?(?:pregleda|čitanja|ogledov)|pregledano|(?:görüntülenme|okunma|görüntüleme)(?: sayısı)?
|dilihat|dibaca|(?:количество |число )?просмотров|просмотры|прочитано|(?:кількість )?переглядів
|перегляди|(?:αριθμός )?προβολ(?:ών|ές)|αναγνώσεις|εμφανίσεις
"""
_COUNT = r"\d{1,3}(?:[ .,]\d{3}){0,3}|\d{1,9}"
_LABELS = fold_table(_COUNTERS)
_AFTER_COUNT = (
    "x|lan|luot|kali|times?|mal|fois|veces|vezes|volte|keer|razy|krat|ganger|kertaa|kez|raz"
)
_COUNTER = re.compile(
    rf"(?:{_LABELS})(?: ?[:(-]){{0,2}} ?(?:{_COUNT})(?: ?(?:{_AFTER_COUNT}))?"
    rf"|(?:{_COUNT}) ?(?:x )?(?:{_LABELS})"
)
_FIRST_WORD = re.compile("[^ ']+")
_MAX_WORDS = 7
_MAX_COUNTER = 60


class _Table(NamedTuple):
    """The verbs of all requests by their words, each with its objects."""

    verbs: dict[str, tuple[tuple[frozenset[str], bool], ...]]
    first: frozenset[str]
    last: frozenset[str]


def _words_of(table: str) -> list[str]:
    return [" ".join(fold(entry).split()) for entry in table.split("|") if entry.strip()]


@lru_cache(maxsize=1)
def _table() -> _Table:
    verbs: dict[str, tuple[tuple[frozenset[str], bool], ...]] = {}
    for request in _REQUESTS:
        objects = frozenset(" ".join(_words_of(request.objects)).split())
        for table, may_be_alone in ((request.alone, True), (request.verbs, False)):
            for verb in _words_of(table):
                verbs[verb] = (*verbs.get(verb, ()), (objects, may_be_alone))
    return _Table(
        verbs=verbs,
        first=frozenset(verb.split()[0] for verb in verbs),
        last=frozenset(verb.split()[-1] for verb in verbs),
    )


def is_request(folded: str) -> bool:
    """Return whether a folded line only asks to print, share, hear, copy, subscribe or go back.

    >>> is_request("skriv ut sidan"), is_request("seite drucken"), is_request("back to school")
    (True, True, False)
    """
    if not folded:
        return False
    table = _table()
    first, last = _FIRST_WORD.match(folded), folded.rpartition(" ")[2]
    if (first is None or first[0] not in table.first) and last not in table.last:
        return False
    words = folded.replace("'", " ").split()
    if not 0 < len(words) <= _MAX_WORDS:
        return False
    return any(
        _is_of(table, " ".join(words[:size]), words[size:])
        or _is_of(table, " ".join(words[-size:]), words[:-size])
        for size in range(1, min(4, len(words) + 1))
    )


def _is_of(table: _Table, verb: str, rest: list[str]) -> bool:
    """Return whether a verb is one of the table and the rest only what is done something with."""
    told = [word for word in rest if word not in _SMALL]
    return any(
        (told or (may_be_alone and not rest)) and objects.issuperset(told)
        for objects, may_be_alone in table.verbs.get(verb, ())
    )


def is_counter(folded: str) -> bool:
    """Return whether a folded line only says how often a page was looked at.

    >>> is_counter("dilihat: 40 kali"), is_counter("40 views"), is_counter("views of 40 people")
    (True, True, False)
    """
    if len(folded) > _MAX_COUNTER:
        return False
    return _COUNTER.fullmatch(folded) is not None
