"""Whether a printed line is a headline alone, or its kicker and the headline in one.

Newspapers print `Gold for Lam` below `Olympics`, and at times in one heading. What such a page
states besides tells whether the headline is meant with or without it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from civicsearch.analysis.folding import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["of_two_parts"]

_WORD = re.compile(r"\w+")
_PARTING = (":", "–", "—", "-")
_MIN_WORDS = 4


def of_two_parts(text: str, titles: Sequence[str], *, sure: str, agreed: str) -> str:
    """Return the headline that is meant where a lesser heading holds a kicker as well, else "".

    A main heading is not asked: a site that sets both in it means both.

    Args:
        text: The printed line.
        titles: The stated headlines, most trusted first.
        sure: The headline of JSON-LD where it is surely meant for readers, else "".
        agreed: What `<title>`, `og:title` and a main heading, which may be hidden, say alike.

    >>> of_two_parts("Rowing – New gold for Lam", ["New gold for Lam"], sure="", agreed="")
    'New gold for Lam'
    """
    best = titles[0] if titles else ""
    if _follows_kicker(best, text) and (_is_parted(best, text) or _words(sure) == _words(text)):
        return best
    # Printed in a way that nothing states: two parts ran into one line.
    return agreed if text not in titles else ""


def _follows_kicker(title: str, text: str) -> bool:
    """Return whether `text` is a title with more before it."""
    wanted, words = _words(title), _words(text)
    return _MIN_WORDS <= len(wanted) < len(words) and words[-len(wanted) :] == wanted


def _is_parted(title: str, text: str) -> bool:
    return text.endswith(title) and text[: -len(title)].rstrip().endswith(_PARTING)


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(text))
