"""What systems set in a heading beside the headline: marks of links, buttons to edit, days.

Nothing tells them from words of the headline in the text of the line. They are known by their form
and, but for marks and buttons, by that nothing that the page states has them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from civicsearch.analysis.folding import fold, fold_in_place
from civicsearch.ingest.reading.alternatives import fold_table

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["without_rests"]

_MARK = re.compile(r"\s*[#¶§🔗⚓]\s*$")
_BUTTONS = fold_table(
    """
edit|edit source|permalink|link|print|sửa|chỉnh sửa|bearbeiten|modifier|editar|modifica|edytuj
|upravit|editovat|düzenle|bewerken|sunting|redigera|rediger
"""
)
_BUTTON = re.compile(rf"\s*\[(?:{_BUTTONS})\]\s*$")
_DAY = r"(?:\d{1,2}[./-]\d{1,2}[./-]\d{4}|\d{4}-\d{2}-\d{2})"
_TIME = r"(?:[\s,|-]{1,3}\d{1,2}[:h]\d{2}(?::\d{2})?)?"
# `Headline (03/05/2024 08:15)`; `03.05.2024 Headline`.
_DAY_BEHIND = re.compile(rf"\s*[(\[]\s*(?:\w{{1,12}}:? )?{_DAY}{_TIME}\s*[)\]]\s*$")
_DAY_BEFORE = re.compile(rf"^[(\[]?{_DAY}{_TIME}[)\]]?\s*[:|–-]?\s+(?=\S)")
# What is marked beside a headline: that it is new, or what comes with it.
_BADGE = re.compile(
    rf"\s+(?:{fold_table('new!?|mới|nuevo|nový|nowe|neu|yeni|novo|nuovo|nouveau')})$"
)
_MIN_CHARS = 8


def without_rests(title: str, stated: Sequence[str]) -> str:
    """Return a headline without what its heading holds besides.

    Args:
        title: As printed or stated.
        stated: The headlines that the page states; what one of them has belongs to it.

    >>> without_rests("Họp dân bàn chuyện đường (13/06/2024)", [])
    'Họp dân bàn chuyện đường'
    >>> without_rests("Lam Hill has a new bridge New", ["Lam Hill has a new bridge"])
    'Lam Hill has a new bridge'
    """
    for pattern in (_MARK, _BUTTON):
        title = _without(pattern, title)
    if title in stated:
        return title
    for pattern in (_DAY_BEHIND, _DAY_BEFORE):
        title = _without(pattern, title)
    shorter = _without(_BADGE, title)
    return shorter if fold(shorter) in map(fold, stated) else title


def _without(pattern: re.Pattern[str], title: str) -> str:
    """Return what a pattern leaves of a title, all of it where that is hardly anything."""
    match = pattern.search(fold_in_place(title))
    if match is None:
        return title
    rest = title[: match.start()] + title[match.end() :]
    return rest if len(rest) >= _MIN_CHARS else title
