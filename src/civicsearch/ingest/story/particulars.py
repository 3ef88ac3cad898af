"""Whether a table tells about the page and not its subject: who made it, when it was put up.

The bulletins of Polish offices end every page with one, and those of others have them as well.
"""

from __future__ import annotations

import re

from civicsearch.analysis.folding import fold
from civicsearch.ingest.layout.bylines import is_labelled_byline
from civicsearch.ingest.reading.dates import find_dateline, find_modified_date

__all__ = ["is_particulars"]

_MAX_ROWS = 15
_MAX_ROW = 120
_LABEL = re.compile(
    r"(?:data|datum|date|ngay|fecha)? ?(?:wytworz|opublik|publik|udostepn|modyfik|wprowadz|dodan"
    r"|zmian"
    r"|vytvor|zverejn|vlozen|aktualiz|publish|posted|updated|created|author|autor|views|hits"
    r"|liczba (?:wyswietlen|odslon|wejsc)|ilosc (?:wyswietlen|odslon|wejsc)|pocet zobrazeni"
    r"|nguoi (?:dang|cap nhat)|luot xem|podmiot udostepniajacy|osoba (?:odpowiedzialna"
    r"|publikujaca))"
)


def is_particulars(table: str) -> bool:
    r"""Return whether the rows of a table, one a line, are the particulars of a page.

    >>> is_particulars("Wytworzył: | Ewa Lis\nData publikacji: | 12.05.2025")
    True
    """
    rows = table.split("\n")
    if not 2 <= len(rows) <= _MAX_ROWS or max(map(len, rows)) > _MAX_ROW:
        return False
    return all(map(_is_particular, rows))


def _is_particular(row: str) -> bool:
    if _LABEL.match(fold(row)):
        return True
    text = row.replace(" | ", " ")
    return is_labelled_byline(text) and (
        find_dateline(text) is None and find_modified_date(text) is None
    )
