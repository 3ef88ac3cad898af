"""The wordings with which a site invites its readers: to its newsletter, its app, its channels.

They stand between or under the paragraphs of a story, set like them. A table of data in the
languages of civic news, in folded form; add what says one thing only. A story about a newsletter
says none of these: each wording speaks to the reader.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from civicsearch.ingest.reading.alternatives import compile_stems, split_alternatives
from civicsearch.ingest.reading.phrases import fold_line

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["is_invitation"]

_MAX_CHARS = 350
_NETWORK = (
    r"(?:facebook|twitter|x\b|instagram|whatsapp|telegram|youtube|tiktok|linkedin|google news|zalo"
    r"|threads|bluesky|social media)"
)
_LETTER = (
    r"(?:newsletters?|e-?mail alerts?|news alerts?|inbox|boletin(?:es)?|lettres? d.information"
    r"|infolettre|nieuwsbrief|newslettera?|nyhedsbrev|nyhetsbrev|odber)"
)
# Where a sentence speaks to the reader: `Subscribe ...`, not `Residents may subscribe ...`.
_SAYS = r"(?:^|[.!?:…] )(?:please )?"
_WORDINGS = (
    # English
    rf"{_SAYS}(?:sign up|subscribe|register)\b.{{0,120}}{_LETTER}",
    r"(?:for (?:more|the latest|all)\b|to (?:get|read|receive)\b).{0,120}(?:sign up|subscribe)\b",
    r"^subscribe ?: \S",
    rf"{_SAYS}(?:follow|like|join|find)(?: \S+){{1,4}} on (?:our )?{_NETWORK}",
    rf"{_SAYS}(?:get|receive)\b.{{0,120}}\b(?:to|in) your inbox",
    r"^(?:click|tap) here to (?:subscribe|sign up|join|read|get|follow|download|donate)",
    r"^download (?:the|our) .{0,40}\bapp\b",
    r"^subscribe to (?:our|the) .{0,60}(?:channel|podcast)",
    r"^(?:please )?(?:consider )?(?:support|donate to|become a member of) (?:our|us|independent)\b",
    # German
    rf"{_SAYS}(?:jetzt )?(?:abonnieren|bestellen|melden) sie\b.{{0,100}}{_LETTER}",
    rf"{_LETTER}.{{0,80}}(?:hier|jetzt|gleich) (?:abonnieren|bestellen|anmelden|entlang)",
    rf"{_SAYS}folgen sie \S+.{{0,60}}{_NETWORK}",
    r"hier geht es zu[rm] .{0,40}(?:app|kanal)\b",
    rf"auch bei social media\b.{{0,60}}{_NETWORK}",
    rf"{_SAYS}(?:jetzt )?(?:testen|lesen) sie .{{0,40}}kostenlos",
    r"unterstutzen sie uns\b.{0,60}(?:spende|abo|mitglied)",
    rf"{_SAYS}(?:jetzt|dann) (?:\S+ ){{0,4}}{_LETTER} (?:abonnieren|bestellen)",
    rf"{_SAYS}(?:jetzt|dann)? ?abonnieren? (?:sie )?(?:unser|mein)\w*\b.{{0,30}}{_LETTER}",
    r"^mit (?:unserem|dem) (?:whatsapp|telegram)-?kanal\b",
    rf"{_SAYS}laden sie (?:sich )?(?:unsere|die)\b.{{0,40}}\bapp\b",
    r"(?:\?|^was .{2,40}\?) schreiben sie uns\b",
    # French, Spanish, Portuguese, Italian
    rf"{_SAYS}(?:suivez toute l.actualite\b|reagissez (?:a cet article|dans les commentaires))",
    rf"{_SAYS}recevez (?:chaque|tous les|toute)\b.{{0,80}}(?:actualite|essentiel|e-?mail|boite)",
    rf"{_SAYS}telechargez (?:notre|l.) ?appli(?:cation)?\b",
    (
        rf"{_SAYS}(?:retrouvez|rejoignez)(?:-nous)?\b.{{0,80}}(?:{_NETWORK}|application"
        rf"|chaine|communaute)"
    ),
    r"^(?:vous avez )?(?:une information|un temoignage)\b.{0,40}\?.{0,20}(?:ecrivez|contactez)",
    rf"{_SAYS}soutenez (?:la presse|notre|le journalisme|l.information|un journalisme)\b",
    rf"{_SAYS}(?:unete a nuestr[oa]|descarga (?:nuestra|la) (?:app|aplicacion))\b",
    rf"{_SAYS}sigue (?:toda )?la (?:informacion|actualidad)\b.{{0,120}}(?:{_NETWORK}|{_LETTER})",
    (
        rf"{_SAYS}recib(?:e|a) (?:las|los|todas|cada|nuestras)\b.{{0,80}}(?:correo"
        rf"|whatsapp|e-?mail|movil)"
    ),
    rf"(?:siguenos|siganos|seguinos|puedes seguirnos)\b.{{0,40}}(?:{_NETWORK}|redes|google)",
    rf"{_SAYS}puedes seguir\b.{{0,60}}{_NETWORK}",
    rf"{_SAYS}(?:apuntate|puedes apuntarte)\b.{{0,40}}{_LETTER}",
    (
        rf"{_SAYS}(?:siga|curta|acompanhe)(?:-nos| (?:o|a|nosso"
        rf"|nossa) .{{2,60}}) (?:n[oa]s? |pel[oa] )?"
        rf"(?:{_NETWORK}|redes)"
    ),
    (
        rf"{_SAYS}receba (?:as|nossas|noticias|todas|em)\b.{{0,80}}(?:whatsapp|celular"
        rf"|e-?mail|telegram)"
    ),
    (
        rf"{_SAYS}(?:clique aqui e )?(?:entre|participe|faca parte)\b.{{0,20}}(?:grupo"
        rf"|canal)\b"
        rf".{{0,20}}{_NETWORK}"
    ),
    r"^quer (?:receber|saber|ficar)\b.{0,60}\? (?:clique|acesse|siga|entre)",
    r"^fique por dentro\b.{0,80}(?:siga|acesse|receba|inscreva)",
    r"^(?:tem|viu)\b.{0,40}(?:sugestao|denuncia|flagrante)\b.{0,30}\?",
    r"^hai una (?:segnalazione|notizia|storia)\b.{0,40}\?",
    (
        rf"{_SAYS}ricevi (?:le|tutte le|ogni)\b.{{0,80}}(?:telefono|whatsapp|e-?mail"
        rf"|telegram|smartphone)"
    ),
    rf"{_SAYS}sostieni (?:il |la |l.)?(?:giornalismo|informazione|nostr[oa]|stampa)\b",
    rf"(?:inscrivez|abonnez)-vous\b.{{0,100}}(?:{_LETTER}|chaine)",
    rf"suivez-nous sur\b.{{0,60}}{_NETWORK}",
    rf"suscrib(?:ete|ase)\b.{{0,100}}(?:{_LETTER}|canal)",
    rf"sig(?:uenos|anos) en\b.{{0,60}}{_NETWORK}",
    rf"{_SAYS}(?:inscreva-se|assine)\b.{{0,80}}(?:{_LETTER}|canal)",
    rf"{_SAYS}siga .{{2,40}} no (?:{_NETWORK})",
    rf"iscriviti\b.{{0,80}}(?:{_LETTER}|canale)|seguici su\b.{{0,60}}{_NETWORK}",
    r"\b(?:can|may) be reached (?:at|by|via|on)\b.{0,60}(?:@|\d{3})",
    (
        rf"{_SAYS}(?:join (?:us|our|the)|stay (?:up to date|informed"
        rf"|connected))\b.{{0,100}}"
        rf"(?:{_LETTER}|{_NETWORK})"
    ),
    r"^never miss an?\b.{0,80}(?:sign up|subscribe|alert|\bapp\b)",
    (
        rf"{_SAYS}share your (?:thoughts?|opinions?|views?|stor(?:y"
        rf"|ies)) (?:in the comments|below|with us)"
    ),
    r"^to (?:submit|send)(?: us)? (?:an? |your )?(?:letter|op-?ed|news tip|story idea)\b",
    r"^(?:reach|contact|email|e-mail) (?:the reporter|the writer|her|him|them)\b.{0,20} at\b",
    # What is behind a paywall, in all of them
    r"jederzeit kundbar|cancel any ?time|(?:annulez|resiliable) a tout moment",
    r"(?:offre|essai|abonne).{0,100}sans engagement|cancela cuando quieras|disdici quando vuoi",
    r"cancele (?:a qualquer momento|quando quiser)|maandelijks opzegbaar",
    # Polish, Czech, Dutch, Nordic, Turkish, Vietnamese
    r"zapisz sie\b.{0,60}newsletter|(?:obserwuj|polub) nas na\b",
    rf"prihlaste se\b.{{0,60}}{_LETTER}|sledujte nas na\b",
    rf"schrijf je in\b.{{0,60}}{_LETTER}|(?:tilmeld|meld) dig\b.{{0,60}}{_LETTER}",
    r"bultenimize (?:abone|kaydol)",
    rf"{_SAYS}(?:dolacz do nas|jestesmy (?:takze |rowniez )?na)\b.{{0,40}}{_NETWORK}",
    rf"{_SAYS}obserwuj nas w (?:wiadomosciach )?google|{_SAYS}podziel sie (?:swoja )?opinia",
    r"^dziekujemy,? ze przeczyta|^zachecamy do (?:sledzenia|obserwowania|polubienia) nasz",
    (
        r"^(?:widziales|masz|jestes swiadkiem)\b.{0,60}[?.] (?:napisz|wyslij|przeslij"
        r"|daj znac|zadzwon)"
    ),
    r"^(?:mate|mas)\b.{0,20}\btip na\b.{0,60}(?:\?|napiste|@)|^nasli jste\b.{0,30}\bchyb",
    r"^(?:nenechte si ujit\b.{0,80}|odebirejte (?:nas )?)(?:newsletter|odber)",
    r"^(?:stahnete si|stiahnite si)\b.{0,30}aplikaci|^stante se (?:nasim )?(?:predplatitel|clenem)",
    (
        rf"{_SAYS}volg (?:ons|ook)\b.{{0,40}}(?:{_NETWORK}|kanaal)|^download (?:onze"
        rf"|de) .{{0,30}}\bapp\b"
    ),
    r"^(?:heb je|heeft u)\b.{0,30}(?:tip|fout|foto|opmerking)\b.{0,40}(?:mail|laat|meld|redactie)",
    r"^blijf op de hoogte\b.{0,80}(?:volg|\bapp\b|nieuwsbrief|kanaal)|^word (?:lid|abonnee)\b",
    r"^bizi\b.{0,60}(?:takip|begen)|google news.{0,40}(?:abone ol|takip et)",
    r"(?:kanalimiz|hesabimiz|sayfamiz)\w*\b.{0,30}(?:takip|abone|katil)|bildirimleri ac(?:in|mayi)",
    # Indonesian
    (
        r"^simak (?:berita|artikel|update|informasi)\b.{0,80}(?:ponsel|whatsapp"
        r"|google news|channel|telegram)"
    ),
    (
        rf"{_SAYS}(?:jangan lupa )?(?:ikuti|follow) (?:kami|akun|saluran|terus"
        rf"|berita)\b.{{0,60}}{_NETWORK}"
    ),
    (
        r"^dapatkan (?:update|berita|informasi|notifikasi)\b.{0,80}(?:telegram|whatsapp"
        r"|e-?mail|ponsel|google)"
    ),
    # Vietnamese
    rf"^theo doi .{{2,50}} tren {_NETWORK}",
    r"\btai (?:ngay )?(?:ung dung|app)\b.{0,60}\btai (?:day|ve)\b",
    (
        r"^(?:moi (?:ban doc|quy vi|cac ban|doc gia) )?tham gia (?:kenh|nhom"
        r"|group)\b.{0,80}"
        r"(?:zalo|telegram|facebook|de nhan|de cap nhat)"
    ),
    (
        r"^moi (?:ban doc|quy vi|cac ban|doc gia|quy doc gia)\b.{0,20}(?:binh luan|gop y"
        r"|chia se y kien)"
    ),
    r"^(?:tai|cai dat) (?:ngay )?(?:ung dung|app) .{0,60}\b(?:tai day|tai:|de nhan)",
    r"moi (?:ban doc|quy vi|cac ban)\b.{0,40}(?:theo doi|dang ky)\b.{0,40}(?:kenh|fanpage|zalo)",
)


def _compiled(wordings: Iterable[str]) -> re.Pattern[str]:
    """Return one pattern, with what begins a text, or a sentence, asked only there."""
    parts = [part for wording in wordings for part in split_alternatives(wording)]
    first = [part.removeprefix("^") for part in parts if part.startswith("^")]
    says = [part.removeprefix(_SAYS) for part in parts if part.startswith(_SAYS)]
    others = [part for part in parts if not part.startswith(("^", _SAYS))]
    return re.compile(
        "|".join((f"^(?:{'|'.join(first)})", f"{_SAYS}(?:{'|'.join(says)})", *others))
    )


_INVITATION = _compiled(_WORDINGS)
# One of these is in every wording; nearly all paragraphs end here, in a twentieth of the time.
_STEM = compile_stems(
    "newsletter|inbox|alert|boletin|lettre|infolettre|nieuwsbrief|nyhedsbrev|nyhetsbrev|odber"
    "|facebook|twitter|instagram|whatsapp|telegram|youtube|tiktok|linkedin|google news|zalo"
    "|threads|bluesky|social media|on x|en x|tren x|no x|sign up|subscribe|here to|download"
    "|support|donate|member of|hier geht es|kostenlos|unterstutzen sie uns|canal|chaine|channel"
    "|podcast|nas na|abone|kaydol|kenh|fanpage|reached|reporter|email|e-mail|contact|kundbar"
    "|ung dung|cai dat|tai app|tai ngay|cancel|tout moment|sans engagement"
    "|disdici|opzegbaar|join us|join our|join the|stay up|stay informed|stay connected|never miss"
    "|share your|to submit|to send|laden sie|schreiben sie uns|suivez|reagissez|recevez"
    "|telechargez|retrouvez|rejoignez|une information|temoignage|soutenez|unete|descarga"
    "|siguenos|siganos|seguinos|seguirnos|correo|apuntate|siga-nos|acompanhe|receba"
    "|quer receber|quer saber|quer ficar|fique por|sugestao|denuncia|flagrante|hai una|ricevi"
    "|sostieni|dolacz|jestesmy|obserwuj|podziel sie|dziekujemy|zachecamy|napisz|wyslij"
    "|przeslij|daj znac|zadzwon|tip na|nasli jste|nenechte|odebirejte|aplikaci|stante se"
    "|volg ons|volg ook|heb je|heeft u|op de hoogte|word lid|word abonnee|bizi|kanalimiz"
    "|hesabimiz|sayfamiz|bildirimleri|simak|ikuti kami|ikuti akun|ikuti saluran|ikuti terus"
    "|ikuti berita|follow kami|follow akun|dapatkan|tham gia kenh|tham gia nhom|tham gia group"
    "|moi ban|moi quy|moi cac|moi doc"
)


def is_invitation(text: str) -> bool:
    """Return whether a paragraph invites to read, follow or pay for the site elsewhere.

    >>> is_invitation("Sign up for our weekly newsletter about Lam Hill.")
    True
    >>> is_invitation("The town sends a newsletter to all who live in Lam Hill.")
    False
    """
    if len(text) > _MAX_CHARS:
        return False
    folded = fold_line(text)
    return bool(_STEM.search(folded)) and _INVITATION.search(folded) is not None
