"""Who is named in a place for authors without a name like a person's: a user, a desk, a blog.

Nothing in such a text tells a name from other words, so it counts only where the page marks it as
the author; and what systems fill in, print beside authors or call the site's keeper is refused.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from civicsearch.analysis.folding import fold
from civicsearch.ingest.reading.name_words import NO_NAME_PHRASES, NO_NAME_WORDS, ROLES
from civicsearch.ingest.reading.names import without_label
from civicsearch.ingest.reading.placeholders import is_nobody
from civicsearch.ingest.reading.undated import is_sentence, without_dates

if TYPE_CHECKING:
    from collections.abc import Collection

__all__ = ["is_beside_authors", "user_name"]

_MAX_CHARS = 40
_MAX_WORDS = 5
# Folded. The words that systems print beside authors, and what says that somebody checked.
_BESIDE_LIST = """
    about all am and are archive avatar bio biography blog category categories click comment
    comments contact copyright email facebook follow full get here home icon image in info
    instagram is leave learn linkedin login menu min mins minutes more no on page photo photos
    picture post posted posts print profile published read reading reply review reviewed search
    see share show subscribe tag tags this twitter update updated video view views was website who
    words written you your checked verified edited submitted
    alle allen antworten artikel beitrage kommentar kommentare mehr lesen weitere uber profil
    gepruft gespeichert eingestellt veroffentlicht
    articles article commentaires lire plus voir tous suivre partager publie
    comentarios comentario leer ver mas seguir todos articulos compartir publicado enviado
    leggi tutti articoli commenti condividi segui tutte
    wszystkie czytaj wiecej komentarze udostepnij artykuly
    clanky vsechny vice komentare sdilet
    xem chia binh luan
"""
_BESIDE_AUTHORS = frozenset(_BESIDE_LIST.split())
# A desk without a name of its own: `Editorial Staff`.
_NAMELESS = NO_NAME_WORDS | ROLES
_PARTS = re.compile(r"\s*[|•·⋅∙\n]\s*|\s+[–—-](?:\s+|$)|^[–—-]\s+")
_FORBIDDEN = re.compile(r"[,:?!@()\[\]{}<>\"“”„«»=;…#]|https?|www\.|\.$|\d{5}")
_AROUND = " ,;|*_–—-"
_LETTER = re.compile(r"[^\W\d_]")


def user_name(text: str, *, others: Collection[str] = ()) -> str:
    """Return the one name in a short text that is marked as the author, else "".

    Args:
        text: As printed or stated; without a role the name is what it begins with.
        others: Folded names of the site and its sections, which count only behind a role.

    >>> user_name("Posted on 3 May 2024 by lamhill_news")
    'lamhill_news'
    >>> user_name("Lam Hill Staff | 4 min read")
    'Lam Hill Staff'
    >>> user_name("View all posts")
    ''
    """
    if len(text) > 4 * _MAX_CHARS or is_sentence(text):
        return ""
    parts = [part.strip(_AROUND) for part in _PARTS.split(without_dates(text, filler="\n"))]
    roles = (without_label(part) for part in parts)
    labelled = (rest for part, rest in zip(parts, roles, strict=True) if rest != part)
    name = next(labelled, "").strip(_AROUND)
    if not name:
        name = "" if fold(parts[0]) in others else parts[0]
    return name if _can_be_user(name) else ""


def is_beside_authors(word: str) -> bool:
    """Return whether systems print a word beside authors: `Follow`."""
    return fold(word) in _BESIDE_AUTHORS


def _can_be_user(name: str) -> bool:
    folded = fold(name)
    words = re.findall(r"\w+", folded)
    if len(name) > _MAX_CHARS or not 0 < len(words) <= _MAX_WORDS or len(folded) < 2:
        return False
    if _FORBIDDEN.search(name) or not _LETTER.search(name) or is_nobody(name):
        return False
    if without_label(f"{name} X") == "X" or without_label(f"{name}: X") == "X":
        return False  # a role alone: the name stands elsewhere
    if NO_NAME_PHRASES.search(folded) or _NAMELESS.issuperset(words):
        return False
    return not _BESIDE_AUTHORS.intersection(words)
