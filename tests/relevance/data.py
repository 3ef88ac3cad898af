"""What is searched and asked: judged sets, and articles whose titles are the questions.

The data is not part of the project. Questions are parted by a hash of their id into two halves:
`tune`, to look at and to choose constants by, and `held`, to confirm a choice once. Articles are
parted likewise, documents and questions both, so that nothing of one half is in the other.
"""

from __future__ import annotations

import gzip
import hashlib
import heapq
import json
import lzma
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from civicsearch.document import Document
from relevance.metrics import Judgements

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
ARTICLE_FILES = ("volume/baomoi-2017.jsonl.xz", "volume/vietnews-dev.jsonl.xz")
HALVES = ("tune", "held", "all")

_ID = re.compile(rb'"id": *"([^"\\]+)"')


class DataMissingError(Exception):
    """The data is not where it is looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One query, as its author typed it, and the documents judged for it."""

    question_id: str
    text: str
    judgements: Judgements


@dataclass(frozen=True, slots=True, kw_only=True)
class TestSet:
    """Documents and the questions asked of them.

    Attributes:
        name: Of the set; for articles, with how many there are.
        language: Two-letter code.
        metric: The one metric that stands for the set.
        documents: What is indexed.
        questions: What is asked, of one half or of both.
    """

    name: str
    language: str
    metric: str
    documents: tuple[Document, ...]
    questions: tuple[Question, ...]

    __test__ = False  # no class of tests, whatever its name begins with

    @property
    def index_fingerprint(self) -> str:
        """A hash of all that is indexed."""
        return digest_of(
            part for d in self.documents for part in (d.document_id, d.title, d.lead, d.body)
        )

    @property
    def fingerprint(self) -> str:
        """A hash of documents, questions and judgements: equal for equal measurements."""
        asked = (
            json.dumps([q.question_id, q.text, sorted(q.judgements.items())])
            for q in self.questions
        )
        return digest_of([self.index_fingerprint, *asked])


def half_of(identifier: str) -> str:
    """Return the half that an id belongs to, the same for all time."""
    return "held" if hashlib.sha256(identifier.encode()).digest()[0] % 2 else "tune"


def judged_names(data: Path = DATA) -> tuple[str, ...]:
    """Return the names of the judged sets that are there."""
    return tuple(sorted(path.parent.name for path in data.glob("retrieval/*/meta.json")))


def load_judged(name: str, *, half: str = "all", data: Path = DATA) -> TestSet:
    """Return a judged set with the questions of one half, or of both.

    Raises:
        DataMissingError: There is no such set.
    """
    folder = data / "retrieval" / name
    if not (folder / "meta.json").is_file():
        raise DataMissingError(folder)
    judgements: dict[str, dict[str, int]] = defaultdict(dict)
    for line in (folder / "qrels.tsv").read_text("utf-8").splitlines()[1:]:
        question_id, document_id, grade = line.split("\t")
        judgements[question_id][document_id] = int(grade)
    return TestSet(
        name=name,
        language=json.loads((folder / "meta.json").read_text("utf-8"))["lang"],
        metric="ndcg@10",
        documents=tuple(
            Document(document_id=row["_id"], title=row["title"], body=row["text"])
            for row in _rows(folder, "corpus.jsonl")
        ),
        questions=tuple(
            Question(question_id=row["_id"], text=row["text"], judgements=judgements[row["_id"]])
            for row in _rows(folder, "queries.jsonl")
            if half in ("all", half_of(row["_id"])) and row["_id"] in judgements
        ),
    )


def load_articles(count: int, *, questions: int, half: str = "all", data: Path = DATA) -> TestSet:
    """Return `count` articles without their titles, and the titles of some of them as questions.

    Which articles is decided by a hash of their ids, so that a smaller set is a part of every
    larger one. Articles that share a title are all relevant to it.

    Raises:
        DataMissingError: A file of articles is not there.
    """
    lines = heapq.nsmallest(count, iter_hashed_lines(half, data))
    rows = [json.loads(line) for _, line in lines]
    same_title = defaultdict(dict)
    for row in rows:
        same_title[_title_key(row["title"])][row["id"]] = 1
    return TestSet(
        name=f"vi-titles-{len(rows)}",
        language="vi",
        metric="mrr@10",
        documents=tuple(
            Document(document_id=row["id"], lead=row["lead"], body=row["body"]) for row in rows
        ),
        questions=tuple(
            Question(
                question_id=row["id"],
                text=row["title"],
                judgements=same_title[_title_key(row["title"])],
            )
            for row in rows
            if row["title"].strip()
        )[:questions],
    )


def iter_hashed_lines(half: str, data: Path) -> Iterator[tuple[bytes, bytes]]:
    """Yield articles as lines, each with the hash that they are put in order by."""
    for name in ARTICLE_FILES:
        path = data / name
        if not path.is_file():
            raise DataMissingError(path)
        with lzma.open(path) as file:
            for line in file:
                match = _ID.search(line, 0, 200)
                if match and half in ("all", half_of(match[1].decode())):
                    # Another hash than the one that parts the halves.
                    yield hashlib.sha256(b"order:" + match[1]).digest(), line


def _rows(folder: Path, name: str) -> Iterator[dict[str, str]]:
    path = folder / name
    with path.open("rb") if path.is_file() else gzip.open(f"{path}.gz") as lines:
        for line in lines:
            yield json.loads(line)


def _title_key(title: str) -> str:
    return " ".join(unicodedata.normalize("NFC", title).casefold().split())


def digest_of(parts: Iterable[str]) -> str:
    """Return a hash of texts."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part.encode("utf-8", "surrogatepass") + b"\0")
    return digest.hexdigest()[:16]
