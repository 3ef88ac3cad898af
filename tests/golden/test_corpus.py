"""Every page of `corpus/` with a golden JSON beside it gives exactly that document."""

from __future__ import annotations

import difflib
import json
from pathlib import Path
from typing import Any

import pytest

from civicsearch.document import Document, Page, parse_moment
from civicsearch.ingest.extractor import extract_document

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
PAGES = sorted(page for page in CORPUS.glob("*/*.html") if page.with_suffix(".json").is_file())
KEYS = (
    "url",
    "title",
    "lead",
    "body",
    "captions",
    "authors",
    "published",
    "modified",
    "source",
    "section",
    "tags",
    "language",
    "views",
)


def as_lines(values: dict[str, Any]) -> list[str]:
    """Each key and value as lines, long texts by paragraph, so that a diff can be read."""
    lines = []
    for key in KEYS:
        value = values.get(key)
        if isinstance(value, str) and "\n" in value:
            lines += [f"{key}:", *(f"    {line}" for line in value.split("\n"))]
        else:
            lines.append(f"{key}: {json.dumps(value, ensure_ascii=False)}")
    return lines


def difference(document: Document, golden: dict[str, Any]) -> str:
    """The lines in which a document differs from the golden one, or ""."""
    return "\n".join(
        difflib.unified_diff(
            as_lines(golden), as_lines(document.to_dict()), "golden", "extracted", n=0, lineterm=""
        )
    )


def test_corpus_is_there():
    """An empty list would let the next test pass without looking at a page."""
    assert len(PAGES) >= 40


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.parent.name}/{page.stem}")
def test_page_gives_its_golden_document(page: Path):
    """All keys of the document equal the golden file."""
    golden = json.loads(page.with_suffix(".json").read_text("utf-8"))
    for key in ("published", "modified"):  # `Z` and `+00:00` are one
        moment = parse_moment(golden[key])
        golden[key] = moment.isoformat() if moment else None
    document = extract_document(Page(content=page.read_bytes()))
    differences = difference(document, golden)
    assert not differences, f"{page.name}\n{differences}"
