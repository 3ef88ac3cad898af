"""The wordings with which a site keeps something for its subscribers and those who sign in.

They stand amid and under the paragraphs of a story, where the rest of it is kept back, where it
may be saved or commented on. A table of data in the languages of civic news, in folded form (but
for Chinese, Japanese and Korean); add what says one thing only. A story about a subscription says
none of these: each wording speaks of reading on, here and now.
"""

from __future__ import annotations

import re

from civicsearch.ingest.reading.alternatives import compile_stems
from civicsearch.ingest.reading.phrases import fold_line

__all__ = ["is_for_members"]

_MAX_CHARS = 200
_READ = r"(?:read|continue|keep|unlock|access|comment|save|follow|react|join the conversation|view)"
_WORDINGS = (
    # English
    (
        r"(?:content|article|story|feature) is (?:reserved|only|exclusive\w*|available)\b.{0,30}"
        r"\b(?:subscribers|members|registered)"
    ),
    (
        r"^(?:this is an? )?(?:exclusive|premium)(?: content| article"
        r"| story)? for (?:our )?(?:subscribers|members)"
    ),
    (
        rf"(?:subscribe|register|sign in|log ?in|sign up)(?: (?:now|today|here|free|for free"
        rf"|or \S+))*"
        rf" to {_READ}\b"
    ),
    (
        rf"(?:create|register|sign in to|log ?in to|open)(?: (?:a|an|your|free"
        rf"|or))+ account\b.{{0,60}}"
        rf"\b(?:to {_READ}|{_READ} (?:on|with|your))"
    ),
    (
        r"^(?:sign in|log ?in|register)(?: /)?(?: or)? (?:create an account|register|sign in"
        r"|subscribe)"
    ),
    r"already (?:a |an |have an? )(?:subscriber|member|account)",
    r"you(?: have|.ve) (?:reached|read|used)\b.{0,40}\b(?:limit|free (?:articles|stories)|last)",
    (
        r"^(?:unlimited|full)(?: online| digital)* access to\b.{0,60}\b(?:with one|articles|news"
        r"|account)"
    ),
    r"^enjoy additional articles|^access articles from\b|^get exclusive access to\b",
    (
        r"^to (?:continue|keep) reading|^continue reading (?:with|for|by)\b|^(?:support"
        r"|fund) (?:local|independent|quality) journalism$"
    ),
    r"^(?:subscribe|subscription|register) (?:now|today|to unlock|for full access)\b",
    # German
    (
        r"(?:artikel|inhalt|beitrag|text) ist (?:nur |exklusiv |ausschliesslich )?fur "
        r"(?:\S+ )?(?:abonnenten|abonnentinnen|mitglieder|registrierte)"
    ),
    r"bereits (?:abonnent|registriert|ein (?:konto|abo)|digitalabonnent|mitglied)\w*\b",
    (
        r"\bum (?:den (?:ganzen |vollstandigen )?(?:artikel|text) (?:zu lesen|weiterzulesen)"
        r"|weiterzulesen)"
    ),
    (
        r"^(?:jetzt )?(?:\d+|zwei|drei|vier) (?:wochen?|monate?|tage)(?: lang)? (?:kostenlos"
        r"|gratis|fur)"
        r"\b.{0,30}\b(?:testen|lesen|euro|€)"
    ),
    (
        r"^(?:jetzt |hier )?(?:kostenlos |gratis )?(?:registrieren|anmelden|einloggen) (?:und"
        r"|um)\b.{0,40}(?:lesen|kommentieren|merken)"
    ),
    r"^(?:weiterlesen|lesen sie weiter) mit\b|mit (?:dem|einem) (?:digital)?abo (?:weiter)?lesen",
    # French, Spanish, Portuguese, Italian
    r"(?:article|contenu|suite)\b.{0,20} (?:est )?reservee? (?:a nos|aux) (?:abonnes|membres)",
    (
        r"^(?:deja abonnee?|vous etes deja abonnee?)|(?:abonnez|connectez|inscrivez)-vous pour "
        r"(?:lire|continuer|acceder|commenter|profiter|reagir)"
    ),
    r"il vous reste .{1,12}(?:a lire|de cet article)|pour lire la suite",
    (
        r"(?:contenido|articulo|noticia) (?:es )?(?:exclusiv[oa]"
        r"|solo) para (?:nuestros )?(?:suscriptores|socios|abonados)"
    ),
    (
        r"(?:ya eres|eres|ya soy) (?:suscriptor|socio)|(?:suscribete|registrate|inicia sesion)"
        r" para (?:seguir|continuar|leer|acceder|comentar)"
    ),
    (
        r"(?:conteudo|materia|artigo) (?:e )?exclusiv[oa] para assinantes|^ja e assinante"
        r"|(?:assine|faca login|cadastre-se) para (?:continuar|ler|comentar|ter acesso)"
    ),
    (
        r"(?:contenuto|articolo) (?:e )?riservato agli abbonati|sei gia abbonato"
        r"|(?:abbonati|accedi|registrati) per (?:continuare|leggere|commentare)"
    ),
    # Dutch, Nordic
    (
        r"(?:artikel|verhaal) is (?:alleen|exclusief|enkel) (?:voor|beschikbaar)|^al abonnee\b"
        r"|(?:log in|word abonnee|registreer)\b.{0,20} om (?:verder|door|te lezen|te reageren)"
    ),
    (
        r"(?:artikkelen|saken|artikeln|artiklen)\b.{0,20} (?:kun |bare |endast "
        r"|forbeholdt )(?:for|til)?"
        r"\b.{0,12}(?:abonnent|prenumerant)"
    ),
    (
        r"(?:allerede|redan|er du) (?:abonnent|prenumerant|kunde)\b|logg(?:a)? inn? for (?:a|att) "
        r"(?:lese|lasa|kommentere)|log ind for at (?:laese|kommentere)|(?:fortsett"
        r"|fortsat) (?:a lese|med at laese)"
    ),
    # Polish, Czech, Turkish, Russian, Vietnamese
    (
        r"(?:tresc|artykul)\b.{0,20} (?:tylko )?dla (?:prenumeratorow|subskrybentow|zalogowanych)"
        r"|masz juz (?:konto|subskrypcje|prenumerate|dostep)|zaloguj sie,? (?:aby|by|zeby)\b"
    ),
    (
        r"(?:clanek|obsah)\b.{0,20} (?:pouze|jen) pro (?:predplatitele|registrovane)"
        r"|(?:prihlaste|registrujte) se,? (?:abyste|a ctete|pro (?:cteni|vstup))|(?:jiz"
        r"|uz) mate (?:ucet|predplatne)"
    ),
    (
        r"(?:icerik|haber|yazi)\b.{0,20} (?:sadece |yalnizca )?(?:abonelere|uyelere) (?:ozel|acik)"
        r"|(?:okumak|devam etmek|yorum yapmak) icin (?:giris|uye|abone)"
    ),
    (
        r"tol.?ko dlia (?:podpischikov|zaregistrirovannykh)|(?:voidite|avtorizuites.?"
        r"|oformite podpisku),? chtoby"
    ),
    (
        r"(?:bai viet|noi dung|tinh nang)\b.{0,12} (?:chi )?(?:danh cho|dung cho) (?:thanh vien"
        r"|hoi vien"
        r"|thue bao|ban doc dang ky)|(?:dang nhap|dang ky)(?: tai khoan| thanh vien)? de "
        r"(?:doc|xem tiep|binh luan|tiep tuc|luu|theo doi)"
    ),
)
_FOR_MEMBERS = re.compile("|".join(_WORDINGS))
# One of these is in every wording; nearly all paragraphs end here.
_STEM = compile_stems(
    "subscri|members|registered|register|sign in|sign up|login|log in|account|free articles"
    "|free stories|limit|access|additional articles|reading|journalism|for our members"
    "|abonn|mitglied|registrier|bereits|weiterzulesen|weiterlesen|lesen sie weiter|kostenlos|gratis"
    "|wochen|monat|reserve|connectez|inscrivez|il vous reste|la suite|suscri|socio|registrate"
    "|inicia sesion|assinante|assine|faca login|cadastre|abbonat|accedi|registrat|alleen|exclusief"
    "|enkel|log in|prenumer|logg|log ind|subskry|zalog|masz juz|predplat|prihlas|registruj"
    "|mate ucet|uyelere|icin|podpis|voidite|avtoriz|zaregistr|danh cho|dung cho|dang nhap|dang ky"
)
_EASTERN = re.compile(
    "会員(?:限定|登録(?:が必要|すると|して|できます)|の方のみ|向け記事)|有料会員|ログインして|続きを読むには"
    "|無料(?:会員)?登録|登录后|登入後|訂閱.{0,12}閱讀|订阅.{0,12}阅读|会员专享|會員專享"
    "|회원 ?(?:전용|가입 후)|로그인 ?(?:후|하시면|하고)|구독자 전용"
)


def is_for_members(text: str) -> bool:
    """Return whether a paragraph asks to subscribe or to sign in for what stands on the page.

    >>> is_for_members("Subscribe now to read on."), is_for_members("He signed in to read it.")
    (True, False)
    """
    if len(text) > _MAX_CHARS:
        return False
    if not text.isascii() and _EASTERN.search(text):
        return True
    folded = fold_line(text)
    return bool(_STEM.search(folded)) and _FOR_MEMBERS.search(folded) is not None
