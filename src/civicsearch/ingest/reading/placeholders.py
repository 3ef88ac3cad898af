"""What stands in a place for authors and names nobody: `admin`, `No Author`, an address."""

from __future__ import annotations

import re

from civicsearch.analysis.folding import fold

__all__ = ["is_nobody", "is_placeholder"]

_PLACEHOLDER = re.compile(
    r"(?:web)?admin\w*|webmaster|unknown|anonym\w*|none|null|undefined|n/a|nan|\W*"
    r"|super ?user(?: account)?|btv|bbt|qu[aả]n ?tr[iị](?: ?vi[eê]n)?|t[oò]a ?so[aạ]n"
    r"|.*(?:https?:|www\.|@).*"
)
# Folded.
_NOBODY = re.compile(
    r"(?:the |site |web ?)*(?:administra\w+|super ?user(?: account)?|root|no author|nobody"
    r"|(?:guest|gast) ?\w*|user|author|writer|editor|default|test|visitor|system|unbekannt"
    r"|inconnu|desconocido"
    r"|autor|auteur|yazar|usuario|utilisateur|benutzer)"
)


def is_placeholder(name: str) -> bool:
    """Return whether a stated author is one that a system fills in, or an address."""
    return _PLACEHOLDER.fullmatch(name.lower()) is not None


def is_nobody(name: str) -> bool:
    """Return whether a name is a placeholder or only says what its bearer is on the site.

    >>> is_nobody("Super User"), is_nobody("Guest Author"), is_nobody("Lam Hill Staff")
    (True, True, False)
    """
    return is_placeholder(name) or _NOBODY.fullmatch(fold(name)) is not None
