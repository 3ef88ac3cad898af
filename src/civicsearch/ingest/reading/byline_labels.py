"""What stands before the names in a byline: `Text:`, `Bài, ảnh:`, `Redakce:`, `Tekst og foto:`.

Tables of data in the languages of civic news, in folded form, and what is left of a line without
such a label. Whether the rest are names is said in `names`, where bylines stand in
`civicsearch.ingest.layout.bylines`.
"""

from __future__ import annotations

import re

from civicsearch.analysis.folding import fold, fold_in_place
from civicsearch.ingest.reading.eastern_names import role_before

__all__ = ["begins_with_role", "is_label_line", "split_label", "without_photographer"]

# What a text is called and what stands for the pictures, with the words that join the two:
# `Texto e fotos:`, `Foto & text:`, `Teksti ja kuvat:`.
_TEXT = (
    "text|texte|texto|testo|tekst|teksti|szoveg|metin|teks|textu|kirjoitus|artikel|articolo"
    "|articulo"
    "|artigo|reportage|reportaz|reportaje|reportagem|reportaza|servizio|haber|bericht|beitrag"
    "|clanek|clanok|clanak|artykul"
)
_PHOTO = (
    r"foto.?s?|photos?|bild(?:er)?|billeder?|bilde(?:r)?|kuvat?|kep(?:ek)?|fotky|fotografi[ae]s?"
    r"|zdjeci[ae]|immagin[ei]|imagen(?:es|s)?|fotograf(?:lar)?|gambar|fotogalerie|video|slike"
)
_JOINT = r" ?(?:,|&|/|\+|\b(?:und|et|y|e|a|i|og|och|en|and|ja|es|si|ve|dan|ta|kai|in|u)\b) ?"
# Who has written, compiled or edited what stands above; with its colon.
_WRITERS = (
    "redakce|redakcia|redakcja|redaktion(?:en)?|redaccion|redaction|redacao|redazione|redactie"
    "|redaksi|redaksjonen|toimitus|opracowanie|przygotowanie|przygotowal[ao]?|zpracovani"
    "|spracoval[ai]?"
    "|pripravil[aio]?|napisal[ai]?|autor (?:textu|tekstu|tekst[ae]|clanku)|szerkesztette|keszitette"
    "|kirjoittaja|skribent|tekstforfatter|verfasser(?:in)?|redige|redacto|redator(?:a)?|redattore"
    "|redattrice|redacteur|redactrice|scris(?: de)?|intocmit(?: de)?|a consemnat|pise|priredi[ol]a?"
    "|urednik|urednica|novinar(?:ka)?|hazirlayan|yazi|ditulis oleh|nguoi soan|bai va anh"
    "|dua tin|nguoi thuc hien"
)
# In their own spelling; folded below.
_EASTERN = (
    "текст(?: (?:и|та|і) фото)?|фото (?:и|та|і) текст"
    "|автор(?:ы|и|ка)?(?: (?:текста|тексту|статьи))?"
    "|подготовил[аи]?|підготував|підготувала|материал подготовил[аи]?"
    "|журналіст(?:ка)?|журналист(?:ка)?"
    "|корреспондент|кореспондент|κείμενο(?: (?:και|-) φωτογραφίες)?|συντάκτης|συντάκτρια"
    "|ρεπορτάζ|текст и снимки|текст и фотографије"
)
_NAMED = re.compile(
    rf"\W*(?:(?:{_TEXT})(?:{_JOINT}(?:{_TEXT}|{_PHOTO})){{0,2}}|(?:{_PHOTO}){_JOINT}(?:{_TEXT})"
    rf"|{_WRITERS}"
    rf"|{fold(_EASTERN)}) ?:\s*"
)
# Folded. What stands before the name(s), in the languages of the corpus.
_LABEL = re.compile(
    r"^\W*(?:"
    r"(?:(?:tin|bai|anh|video|clip|noi dung)(?:\s*(?:,|va|&|-|/|\+)\s*(?:tin|bai|anh|video|clip"
    r"|hinh anh))*"
    r"|tac gia|tong hop"
    r"|nguoi (?:viet|dang|gui|dua)(?: bai(?: viet)?| tin)?|thuc hien|bien soan|phong vien"
    r"|nhom (?:pv|phong vien|tac gia|bien soan)|suu tam|(?:bien )?dich"
    r"|nha bao|tin bai|bai viet"
    r"|viet bai|but danh|nguoi cap nhat|tac gia bai viet|ctv|pv|cong tac vien)\s*:"
    r"|(?:tin|bai)(?:\s*(?:,|va|&|-|/)\s*(?:tin|bai|anh|hinh anh))+\s|(?:tin|bai) anh\s*:"
    r"|(?:ghi chep|ghi nhan|but ky|ky su|phong su|tuy but|tan van) cua\s"
    r"|theo (?=[^\d/(:.,]{3,40}(?:/| \())"
    r"|(?:viet|dang|thuc hien|bien soan) boi\s*:?"
    r"|(?:tac gia|nha bao|phong vien|pv|ctv)\s"
    r"|(?:autor(?:es|as?|ka|ky|ri|i|[/:*]?in|en|innen|e|s)?(?:/autor(?:in)?)?|auteurs?|autores?"
    r"|authors?"
    r"|yaz(?:ar(?:lar)?|an)"
    r"|haber|muhabir|irta|penulis|pewarta|oleh|kontributor|jurnalis|wartawan"
    r"|laporan(?: wartawan)?|toimittaja|teksti|reportagem|journalist[ea]?|jornalista"
    r"|periodista|interview|gesprach|entrevista|entretien|intervista|rozmawial[a]?|ptal[ao] se"
    r"|reporter|suntaktes|autar"
    r"|szerzo|forfatter"
    r"|auteur|avtor|text|texte|texto|tekst|testo|story|words|byline|zpracoval[ai]?|napsal[ai]?"
    r"|pripravil[ai]?"
    r"|opracowa(?:l|la|nie)|oprac|napisal[ai]?|pise|foto a text|text a foto|tekst i foto"
    r"|tekst i zdjecia|text und foto"
    r"|texto y fotos?|texte et photos?|redaktor|redactor|redaktion"
    r"|wytworzyl[ai]?|wprowadzil[ai]?|opublikowal[ai]?|dodal[ai]?|zamiescil[ai]?|vlozil[ai]?"
    r"|zverejnil[ai]?|publikoval[ai]?|autor (?:informacji|artykulu|clanku|tekstu|textu))"
    r"\s*(?:\(\w{1,3}\))?\s*[.:]"
    r"|(?:text|texte|tekst)[eo]? (?:von|par|de|by)\b"
    r"|(?:written|authored|posted|report(?:ed|ing)|published|created|edited|compiled|story|article"
    r"|submitted|contributed"
    r"|curated|words)(?: and \w+)? by\s*:?|photos? and \w+ by\s*:?"
    r"|(?:escrito|publicad[oa]|redactado|firmado|texto|enviado|creado|criado|submetido) por\s*:?"
    r"|(?:ecrit|publie|redige|poste|soumis|propose|cree|texte) par\s*:?"
    r"|(?:scris|publicat|redactat) de\s*:?|propos recueillis par"
    r"|(?:scritto|pubblicato|creato|inserito|inviato) da\s*:?|a cura di\s*:?"
    r"|(?:articolo|servizio) di\s"
    r"|dall?a? nostr[oa] (?:inviat[oa]|corrispondente)\s|de (?:notre|nos) (?:correspondant"
    r"|envoye)\w*"
    r"(?: special\w*)?(?: (?:a|en|au) \w+)?,?\s"
    r"|(?:skre[vf]et|skriven|publisert|publicerad|udgivet) a[vf]\s*:?|penulis\s"
    r"|von unsere[mr] \w+\s"
    r"|(?:geschrieben|verfasst|veroffentlicht|erstellt|eingestellt|gespeichert|ein \w+|interview"
    r"|kommentar) von"
    r"|(?:napisan|opublikowan|wyslan|dodan|zamieszczon)[aey] przez(?: uzytkownika)?\s*:?"
    r"|de la redaccion de"
    r"|(?:by|por|par|von|af|av|door|di|da|de|przez)\s?:"
    r"|(?:by|por|par|von|vom|af|door|di|da|przez(?: uzytkownika)?|oleh|boi|escriben?"
    r"|autor(?:in/autor)?|author|auteur|autoren|authors|autores"
    r"|auteurs"
    r"|autorzy|yazan|yazar|avtor|napsal[ai]?|napisal[ai]?|zverejnil[ai]?|vlozil[ai]?"
    r"|(?:zpracoval|pripravil|publikoval|opracowal|przygotowal)[ai]?"
    r"|geschreven door|(?:ditulis|dilaporkan) oleh"
    r"|(?:napisane|wpisany|utworzone) przez)\s+"
    r")\s*",
)
# `Von Ana Ruiz (Text) und Luis Gil (Fotos)`: the other one wrote nothing.
_PHOTOGRAPHER = re.compile(
    r"(?:,|\s(?:und|et|y|e|and|a|i|og|och|và)\s|\s&\s|\s[-–/]\s)\s*[^,&()]{3,40}"
    r"\((?:fot|photo|bild|ảnh|zdję|kuva|kamera|video)\w*\.?\)",
    re.IGNORECASE,
)
_LABEL_ALONE = re.compile(r"^(?:av|de|od|par|tho)\s+(?=\S)")
_PHOTO_PART = re.compile(
    r"[;,.|()–—-]?\s*\b(?:(?:anh|foto|fot|photos?|fotos?|fotografia|hinh anh|video|zdjecia|grafik"
    r"|illustration)\s*:|(?:fotos?|photos?|photographs?|bilder|illustrations?) (?:by|von|de|par"
    r"|por)\s|(?:symbol|archiv|beispiel)(?:bild|foto)\b).*$"
)
_ROLE = re.compile(
    r"(?:(?:tin|bai)(?: viet)?\s*(?:,|va|-|/|:)|tin bai\b|tac gia\b|nguoi (?:viet|dang)\b|"
    r"thuc hien\b|bien soan\b|tong hop\s*:|phong vien\b|theo\s*:|theo [^\d/(:.,]{3,40}(?:/| \()|"
    r"nhom (?:pv|phong vien|tac gia|bien soan)\s*:|suu tam\s*:|(?:bien )?dich\s*:|"
    r"(?:tin|bai) anh\s*:|"
    r"(?:ghi chep|ghi nhan|but ky|ky su|phong su|tuy but|tan van) cua\b|"
    r"autor(?:es|as?|ka|ky|ri|i|in|en|innen)?(?:/autor(?:in)?)?\b|auteure?s?\b|authors?\b|by\b"
    r"|por\b|par\b|von\b|"
    r"(?:text[oe]?|testo|tekst|haber|words)(?: (?:i|a|y|e|et|und|og|och) \w+)?\s*(?:[:.]|von "
    r"|par |by )|yaza[rn]\b|(?:viet|dang) boi\b|"
    r"opracowa\w+|oprac\b|zpracoval[ai]?\b|napsal[ai]?\b|napisa[ln][aey]?\b|(?:story|article) by|"
    r"(?:written|authored|posted) by|di\b|redakto?r\b|redaktion\s*:|vlozil[ai]?\b|zverejnil[ai]?\b|"
    r"muhabir\b|penulis\b|pewarta\b|(?:kontributor|jurnalis|wartawan|jornalista)\s*:"
    r"|laporan wartawan\b|"
    r"reporting by\b|geschreven door\b|ditulis oleh\b|pripravil[ai]?\b|oleh\b|escriben?\b"
    r"|toimittaja\b|teksti\b|reportagem\b|journalist[ea]?\s*:"
    r"|reporter\s*:|irta\b|(?:skre[vf]et|skriven|publisert|publicerad) a[vf]\b|a[vf]\b|door\s*:"
    r"|(?:interview|gesprach|entrevista|entretien|intervista)\s*:|(?:interview|gesprach) von\b"
    r"|(?:soumis|propose|cree|texte) par\b|(?:enviado|creado|criado|submetido|publicado) por\b"
    r"|(?:creato|inserito|inviato|scritto|pubblicato) da\b|(?:erstellt|eingestellt|gespeichert"
    r"|verfasst|geschrieben) von\b|created by\b"
    r"|articolo di\b|a cura di\b|dall?a? nostr[oa]\b|de notre\b|de\s*:|ecrit par\b|publie par\b"
    r"|redige par\b|(?:scris|publicat|redactat) de\b"
    r"|propos recueillis par\b|(?:contributed|submitted|reported|curated) by\b"
    r"|suntaktes\b|publikoval[ai]?\b|(?:wyslan|dodan|opublikowan)[aey] przez|wytworzyl[ai]?\b|"
    r"wprowadzil[ai]?\b|opublikowal[ai]?\b|dodal[ai]?\b|avtor\b)"
)
# A label that stands in a line of its own, without a colon: `Written by` | `Jana M.`.
_LABEL_LINE = re.compile(
    r"(?:(?:written|article|story|posted|published|text|words) )?by|(?:text )?von|(?:ecrit )?par"
    r"|(?:escrito )?por|tac gia|nguoi viet|autor(?:ka)?|author|auteur|avtor|yazar"
)


def begins_with_role(text: str) -> bool:
    """Return whether a line begins with a role, as bylines do; a name need not follow.

    >>> begins_with_role("Tekst og foto: Ola Lind"), begins_with_role("Ola Lind")
    (True, False)
    """
    folded = fold(text).lstrip("(- ")
    # Few lines have a colon, and only then the longer table is asked.
    return _ROLE.match(folded) is not None or (":" in folded and _NAMED.match(folded) is not None)


def is_label_line(text: str) -> bool:
    """Return whether a whole line is a label that needs no colon: `Written by`."""
    return _LABEL_LINE.fullmatch(fold(text)) is not None


def without_photographer(text: str) -> str:
    """Return a byline without those whom brackets after their names say to have taken pictures."""
    return _PHOTOGRAPHER.sub("", text)


def split_label(text: str) -> tuple[str, bool]:
    """Return `text` without the role before and the picture credit after it, and if it had one.

    Labels are found in the folded text; folding a label's letters keeps their number.

    >>> split_label("Tekst og foto: Ola Lind")
    ('Ola Lind', True)
    """
    start = role_before(text)
    if start:
        return text[start:], True
    folded = fold_in_place(text)
    labelled = False
    for _ in range(2):  # "Bài viết: Phóng viên Lê Minh"
        named = _NAMED.match(folded) if ":" in folded else None
        match = named or _LABEL.match(folded) or _LABEL_ALONE.match(folded)
        if match is None:
            break
        labelled = True
        text, folded = text[match.end() :], folded[match.end() :]
    photo = _PHOTO_PART.search(folded)
    if photo is not None:
        text = text[: photo.start()]
    return text, labelled
