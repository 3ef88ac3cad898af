"""Documents made of few words, so that by chance alone they match phrases and tie in score."""

import datetime as dt
import random

from hypothesis import strategies as st

from civicsearch.analysis import fold
from civicsearch.document import Caption, Document, Origin

VOCABULARY = [
    "dân", "dẫn", "dan", "đan", "vận", "văn", "van", "ủy", "uỷ", "đường", "dương", "duong", "xã",
    "khéo", "kheo", "1.700", "1700", "2020", "nghiêng", "x" * 120,
]  # fmt: skip
"""Words that differ in accents, in spelling or by a letter; one is longer than a term may be."""

SOURCES = ["", "Báo A", "Báo Á", "Báo B"]
VIETNAM = dt.timezone(dt.timedelta(hours=7))


class Articles:
    """Makes documents from a seed: alike in every run."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 - no secret

    def text(self, most: int) -> str:
        """Return up to `most` words; frequent ones come first in the vocabulary."""
        count = self._random.randint(0, most)
        size = len(VOCABULARY)
        places = [int(size * self._random.random() ** 2) for _ in range(count)]
        ends = [self._random.choice((" ", " ", " ", ", ", ". ", "\n\n")) for _ in places]
        return "".join(VOCABULARY[p] + end for p, end in zip(places, ends, strict=True)).strip()

    def document(self, document_id: str) -> Document:
        """Return one of several kinds: with accents, without any, empty, with no title."""
        kind = self._random.choices(("accented", "plain", "empty"), (7, 3, 1))[0]
        if kind == "empty":
            return Document(document_id=document_id)
        texts = [self.text(most) for most in (3, 5, 16, 4, 2)]
        if kind == "plain":
            texts = [fold(text) for text in texts]
        title, lead, body, caption, author = texts
        return Document(
            document_id=document_id,
            title=title,
            lead=lead,
            body=body,
            captions=(Caption(text=caption), Caption(text=title)) if caption else (),
            authors=(author,) if author else (),
            published=self.published(),
            source=self._random.choice(SOURCES),
            section=self._random.choice(("", "xã", "dân vận")),
            tags=tuple(
                self._random.choices(("dân", "vận", "dan", ""), k=self._random.randint(0, 3))
            ),
            language=self._random.choice(("", "vi", "cs")),
            origins=(Origin(path=f"/{document_id}", sha256="0f"),),
        )

    def published(self) -> dt.date | None:
        """Return none, a day, or a moment of it, near the turn of a year."""
        day = dt.date(2019, 12, 30) + dt.timedelta(days=self._random.randint(0, 4))
        moment = dt.datetime.combine(day, dt.time(self._random.randint(0, 23)), VIETNAM)
        return self._random.choice((None, day, moment))

    def batches(self, count: int, *, ids: int) -> list[tuple[list[Document], list[str]]]:
        """Return batches of documents to add and ids to delete; ids come up again and again."""
        names = [f"d{number:03}" for number in range(ids)]
        return [
            (
                [
                    self.document(self._random.choice(names))
                    for _ in range(self._random.randint(1, ids))
                ],
                self._random.sample(names, k=self._random.randint(0, ids // 8)),
            )
            for _ in range(count)
        ]


def documents_of(texts, tags):
    """Return a strategy for documents whose texts, and tags, are drawn from others."""
    return st.builds(
        Document,
        document_id=st.just("x"),
        title=texts,
        lead=texts,
        body=texts,
        captions=texts.map(lambda text: (Caption(text=text),)),
        tags=st.lists(st.sampled_from(tags), max_size=3).map(tuple),
    )
