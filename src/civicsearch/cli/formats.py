"""How results become data for other programs: JSON, JSON lines and CSV."""

from __future__ import annotations

import io
import json
import re
import sys
from typing import TYPE_CHECKING

from civicsearch.cli.rendering import safe

if TYPE_CHECKING:
    from collections.abc import Iterable

    from civicsearch.search.results import Hit

__all__ = ["CSV_COLUMNS", "protect_cell", "to_csv", "to_json", "to_json_line"]

CSV_COLUMNS = (
    "rank", "document_id", "score", "title", "url", "source", "published", "snippet",
)  # fmt: skip

# JSON itself escapes only C0. These would still act on a terminal (C1, direction of writing), end
# a line in JavaScript, or not be encodable; outside strings JSON has none of them.
_UNSAFE_IN_JSON = re.compile(
    "[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
# Behind blanks and what cannot be seen, which some programs drop: zero-width spaces and the like.
_FORMULA = re.compile("[\t\r]|[\\s\xad\u180e\u200b-\u200d\u2060-\u2064\ufeff]*[=+\\-@＝＋－＠]")


def to_json(value: object) -> str:
    """Return `value` as indented JSON."""
    return _dump(value, indent=2)


def to_json_line(value: object) -> str:
    """Return `value` as JSON on one line."""
    return _dump(value, indent=None)


def to_csv(hits: Iterable[Hit]) -> str:
    """Return hits as CSV with a header, without the last line feed."""
    import csv  # JSON does without

    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(CSV_COLUMNS)
    for hit in hits:
        values = {**hit.to_dict(), "snippet": hit.snippet.text}
        writer.writerow([protect_cell(values[name]) for name in CSV_COLUMNS])
    return file.getvalue().rstrip("\n")


def protect_cell(value: object) -> object:
    """Return a cell that no spreadsheet takes for a formula; numbers are left alone.

    >>> protect_cell("=1+1")
    "'=1+1"
    """
    if not isinstance(value, str):
        return "" if value is None else value
    text = safe(value)
    return f"'{text}" if _FORMULA.match(value) else text


def _dump(value: object, *, indent: int | None) -> str:
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    is_ascii = not encoding.lower().replace("_", "-").startswith("utf")
    text = json.dumps(value, ensure_ascii=is_ascii, indent=indent)
    return _UNSAFE_IN_JSON.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
