"""The pages that extraction is measured on: saved bytes, with what people wrote down of each.

They are not part of the project; `DataMissingError` says where they were looked for.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parents[4] / "shared" / "data" / "extraction"
HALVES = ("tune", "held")


class DataMissingError(Exception):
    """Raised where the pages are not; its text is the path."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedPage:
    """One page: its manifest line as `gold`, and where its bytes are."""

    name: str
    kind: str
    url: str | None
    gold: dict[str, Any]
    file: Path

    def read(self) -> bytes:
        """Return the bytes as they were served."""
        return gzip.decompress(self.file.read_bytes())


def half_of(site: str) -> str:
    """Return the half that a site belongs to: rules are made on `tune` alone."""
    return HALVES[hashlib.sha256(site.encode()).digest()[0] % 2]


def iter_pages(
    data: Path = DATA, *, half: str = "", sets: Collection[str] = (), name: str = ""
) -> Iterator[SavedPage]:
    """Yield the pages of a half, of some sets, and whose name holds `name`; else all.

    Raises:
        DataMissingError: There is no manifest.
    """
    manifest = data / "manifest.jsonl"
    if not manifest.is_file():
        raise DataMissingError(data)
    for line in manifest.read_text("utf-8").splitlines():
        row = json.loads(line)
        wanted = not half or half_of(row["site"]) == half
        if not wanted or (sets and row["set"] not in sets) or name not in row["id"]:
            continue
        url = str(row.get("url", ""))
        yield SavedPage(
            name=row["id"],
            kind=row["set"],
            url=url if url.startswith("http") else None,
            gold=row,
            file=data / row["html"],
        )


def fingerprint_of(pages: Collection[SavedPage]) -> str:
    """Return what tells one choice of pages from another: a hash of their names and gold."""
    digest = hashlib.sha256()
    for page in pages:
        digest.update(json.dumps(page.gold, sort_keys=True).encode())
    return digest.hexdigest()[:16]
