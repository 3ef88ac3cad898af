"""Who has only checked a text: `Fact checked by`, `Medically reviewed by`; no author."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from civicsearch.analysis.folding import fold
from civicsearch.ingest.reading.names import parse_authors

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["reviewers_in"]

_MAX_CHARS = 300
_CHECKED = re.compile(
    r"(?<!\w)(?<!and )(?<!und )(?<!et )(?<! [yei] )"
    r"(?:(?:fact[- ]?check|review|verifi|approv|check)ed by|(?:geprüft|überprüft) (?:von|durch)"
    r"|(?:revisado|verificado|validado) por|(?:relu|révisé|vérifié|validé) par"
    r"|(?:revisionat|verificat)[oa] da|gecontroleerd door|faktagranskad av)(?!\w)",
    re.IGNORECASE,
)


def reviewers_in(texts: Iterable[str]) -> frozenset[str]:
    """Return the folded names of those who are said to have checked, and not to have written.

    Args:
        texts: Short texts in the order of the page; a name may stand in the one after its role.

    >>> sorted(reviewers_in(["Fact checked by Jo Lind", "Medically reviewed by", "Ana Ruiz, MD"]))
    ['ana ruiz', 'jo lind']
    """
    found: set[str] = set()
    is_next = False
    for text in texts:
        match = _CHECKED.search(text) if len(text) <= _MAX_CHARS else None
        behind = text[match.end() :].strip(" :") if match else text if is_next else ""
        found.update(map(fold, parse_authors(behind)))
        is_next = match is not None and not behind
    return frozenset(found)
