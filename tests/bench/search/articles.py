"""Which documents are indexed: real articles first, then recombined ones, always the same.

The articles are not part of the project; they are read as a stream from `../shared/data/volume`.
They have no dates, sources and sections, so these are drawn from a hash of the id. One in forty
is never indexed: its title becomes queries. Beyond the real ones, paragraphs, leads and halves of
titles are dealt anew among the articles of a window: document lengths and the frequency of words
stay as they are, pairs across paragraphs change, and the vocabulary does not grow.
"""

from __future__ import annotations

import datetime as dt
import itertools
import json
import lzma
import random
import re
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from civicsearch.analysis import normalize
from civicsearch.document import PARAGRAPH_BREAK, Document

VOLUME = Path(__file__).resolve().parents[4] / "shared" / "data" / "volume"
HELD_OUT_OF = 40
WINDOW = 500
SOURCES = tuple(f"Source {number}" for number in range(1, 25))
SECTIONS = tuple(f"Section {number}" for number in range(1, 13))
FIRST_MOMENT = dt.datetime(2016, 1, 1, tzinfo=dt.UTC)
SECONDS = 4 * 365 * 86_400
SENTENCE_END = re.compile(r"(?<=[.!?…]) (?=[^\Wa-z\d_])")
SENTENCES_A_PARAGRAPH = 4


def is_present() -> bool:
    """Return whether there are articles to measure with."""
    return any(VOLUME.glob("*.jsonl.xz"))


def iter_documents(count: int) -> Iterator[Document]:
    """Yield `count` documents: the real ones as far as they reach, then recombined ones."""
    passes = (_iter_recombined(number) for number in itertools.count(1))
    endless = itertools.chain(_iter_real(), itertools.chain.from_iterable(passes))
    return itertools.islice(endless, count)


def held_out_titles() -> list[str]:
    """Return the titles of the articles that are never indexed."""
    return [_clean(row["title"]) for row in _iter_rows() if _is_held_out(row["id"])]


def raw_bytes(document: Document) -> int:
    """Return the size of the searchable text as UTF-8."""
    return sum(len(text.encode()) for text in (document.title, document.lead, document.body))


def _iter_rows() -> Iterator[dict[str, Any]]:
    for path in sorted(VOLUME.glob("*.jsonl.xz")):
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            yield from map(json.loads, lines)


def _iter_real() -> Iterator[Document]:
    return (_document(row) for row in _iter_rows() if not _is_held_out(row["id"]))


def _is_held_out(document_id: str) -> bool:
    return zlib.crc32(document_id.encode()) % HELD_OUT_OF == 0


def _document(row: dict[str, Any]) -> Document:
    document = Document(
        document_id=row["id"],
        url=row.get("url"),
        title=_clean(row["title"]),
        lead=_clean(row["lead"]),
        body=PARAGRAPH_BREAK.join(filter(None, map(_clean, row["body"].split("\n")))),
        language="vi",
    )
    return _with_metadata(document)


def _clean(text: str) -> str:
    return " ".join(normalize(text).split())


def _with_metadata(document: Document) -> Document:
    draw = random.Random(document.document_id)  # noqa: S311 - no secret, only the same each time
    return replace(
        document,
        published=FIRST_MOMENT + dt.timedelta(seconds=draw.randrange(SECONDS)),
        source=min(draw.choices(SOURCES, k=2), key=SOURCES.index),  # some publish more
        section=draw.choice(SECTIONS),
    )


def _iter_recombined(number: int) -> Iterator[Document]:
    real = _iter_real()
    index = 0
    while window := list(itertools.islice(real, WINDOW)):
        deal = random.Random(f"{number} {index}")  # noqa: S311 - only the same each time
        yield from _recombine(window, deal, f"-{number}")
        index += 1


def _recombine(documents: list[Document], deal: random.Random, suffix: str) -> Iterator[Document]:
    bodies = [_paragraphs(document.body) for document in documents]
    pool = list(itertools.chain.from_iterable(bodies))
    heads, tails = zip(*(_halves(document.title) for document in documents), strict=True)
    leads = [document.lead for document in documents]
    heads, tails = list(heads), list(tails)
    for parts in (pool, heads, tails, leads):
        deal.shuffle(parts)
    paragraphs = iter(pool)
    for place, document in enumerate(documents):
        body = itertools.islice(paragraphs, len(bodies[place]))
        yield _with_metadata(
            replace(
                document,
                document_id=document.document_id + suffix,
                title=f"{heads[place]} {tails[place]}".strip(),
                lead=leads[place],
                body=PARAGRAPH_BREAK.join(body),
            )
        )


def _paragraphs(body: str) -> list[str]:
    """Return the paragraphs of a body; where all is one line, groups of sentences."""
    paragraphs = body.split(PARAGRAPH_BREAK)
    if len(paragraphs) > 1:
        return paragraphs
    sentences = SENTENCE_END.split(body)
    return [
        " ".join(sentences[start : start + SENTENCES_A_PARAGRAPH])
        for start in range(0, len(sentences), SENTENCES_A_PARAGRAPH)
    ]


def _halves(title: str) -> tuple[str, str]:
    words = title.split()
    middle = len(words) // 2
    return " ".join(words[:middle]), " ".join(words[middle:])
