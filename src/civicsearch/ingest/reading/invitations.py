"""The wordings with which a site invites its readers: to its newsletter, its app, its channels.

They stand between or under the paragraphs of a story, set like them. A table of data in the
languages of civic news, in folded form; add what says one thing only. A story about a newsletter
says none of these: each wording speaks to the reader.
"""

from __future__ import annotations

import re

from civicsearch.ingest.reading.alternatives import compile_stems
from civicsearch.ingest.reading.phrases import fold_line

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
    # French, Spanish, Portuguese, Italian
    rf"(?:inscrivez|abonnez)-vous\b.{{0,100}}(?:{_LETTER}|chaine)",
    rf"suivez-nous sur\b.{{0,60}}{_NETWORK}",
    rf"suscrib(?:ete|ase)\b.{{0,100}}(?:{_LETTER}|canal)",
    rf"sig(?:uenos|anos) en\b.{{0,60}}{_NETWORK}",
    rf"{_SAYS}(?:inscreva-se|assine)\b.{{0,80}}(?:{_LETTER}|canal)",
    rf"{_SAYS}siga .{{2,40}} no (?:{_NETWORK})",
    rf"iscriviti\b.{{0,80}}(?:{_LETTER}|canale)|seguici su\b.{{0,60}}{_NETWORK}",
    r"\b(?:can|may) be reached (?:at|by|via|on)\b.{0,60}(?:@|\d{3})",
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
    rf"^theo doi .{{2,50}} tren {_NETWORK}",
    r"^(?:tai|cai dat) (?:ngay )?(?:ung dung|app) .{0,60}\b(?:tai day|tai:|de nhan)",
    r"moi (?:ban doc|quy vi|cac ban)\b.{0,40}(?:theo doi|dang ky)\b.{0,40}(?:kenh|fanpage|zalo)",
)
_INVITATION = re.compile("|".join(_WORDINGS))
# One of these is in every wording; nearly all paragraphs end here, in a twentieth of the time.
_STEM = compile_stems(
    "newsletter|inbox|alert|boletin|lettre|infolettre|nieuwsbrief|nyhedsbrev|nyhetsbrev|odber"
    "|facebook|twitter|instagram|whatsapp|telegram|youtube|tiktok|linkedin|google news|zalo"
    "|threads|bluesky|social media|on x|en x|tren x|no x|sign up|subscribe|here to|download"
    "|support|donate|member of|hier geht es|kostenlos|unterstutzen sie uns|canal|chaine|channel"
    "|podcast|nas na|abone|kaydol|kenh|fanpage|reached|reporter|email|e-mail|contact|kundbar"
    "|ung dung|cai dat|tai app|tai ngay|cancel|tout moment|sans engagement"
    "|disdici|opzegbaar"
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
