"""The gate of did-you-mean: how many accents come back to titles that are typed without any.

    script/gate restoration                          0: all floors hold; 1: one does not
    script/gate restoration --update                 raises floors to what is measured now
    script/gate restoration --update --allow-lower   and lowers them; a deliberate act

60,000 articles are indexed, and the titles of others are asked for. Scores are the share of
syllables that are right in the first suggestion, of whole titles right in the first, and right in
one of three. Titles of the half `tune` are those that constants were chosen by; those of `held`
only confirm. The data is not part of the project. Where it is absent, this says so and ends with
status 0.
"""

from __future__ import annotations

import argparse
import heapq
import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from civicsearch import Archive, Document
from civicsearch.analysis import Analyzer
from relevance.data import DATA, DataMissingError, digest_of, half_of, iter_hashed_lines
from relevance.floors import Measured, judge, parse_gate
from relevance.gate import CACHE
from relevance.systems import Civicsearch, open_system, query_words
from relevance.typings import typed

ARTICLES = 60_000
OTHERS = 2_500
TITLES = 1000
HALVES = ("tune", "held")


class Opened(Civicsearch):
    """The archive itself: corrections are no search."""

    def open(self, folder: Path) -> None:
        self.archive = Archive.open(folder)


def main(arguments: list[str] | None = None) -> int:
    """Measure, compare or update, and return the exit status."""
    options = parse_options(arguments)
    try:
        indexed, others = split_articles(options.articles, options.data)
    except DataMissingError as missing:
        sys.stdout.write(f"Skipped: there is no data at '{missing}'.\n")
        return 0
    system = Opened()
    fingerprint = f"restoration-{options.articles}"
    open_system(system, indexed, fingerprint=fingerprint, cache=options.cache)
    measured = (
        measure(
            system.archive,
            [d.title for d in others if d.title.strip() and half_of(d.document_id) == half][
                :TITLES
            ],
            name=f"{fingerprint}-{half}",
        )
        for half in HALVES
    )
    return judge(measured, options)


def parse_options(arguments: list[str] | None) -> argparse.Namespace:
    """Return the options of the command line."""
    parser = argparse.ArgumentParser(
        prog="script/gate restoration", description=__doc__.splitlines()[0] if __doc__ else None
    )
    parser.add_argument("--articles", type=int, default=ARTICLES, help="how many are indexed")
    parser.add_argument("--data", type=Path, default=DATA, help="folder with volume/")
    parser.add_argument("--cache", type=Path, default=CACHE, help="where built indexes are kept")
    return parse_gate(parser, arguments)


def split_articles(count: int, data: Path) -> tuple[list[Document], list[Document]]:
    """Return `count` articles to index and some others, chosen by a hash of their ids.

    Raises:
        DataMissingError: A file of articles is not there.
    """
    lines = heapq.nsmallest(count + OTHERS, iter_hashed_lines("all", data))
    documents = [
        Document(document_id=row["id"], title=row["title"], lead=row["lead"], body=row["body"])
        for row in (json.loads(line) for _, line in lines)
    ]
    others = [replace(document, lead="", body="") for document in documents[count:]]
    return documents[:count], others


def measure(archive: Archive, titles: Sequence[str], *, name: str) -> Measured:
    """Return the scores of titles typed without accents."""
    analyzer = Analyzer()
    syllables = right = first = three = 0
    for title in titles:
        expected = exact_forms(analyzer, query_words(title))
        text = query_words(typed("none", title, ""))
        offered = archive.search(text, limit=1).suggestions if text else ()
        found = [exact_forms(analyzer, other) for other in offered or (text,)]
        syllables += len(expected)
        right += sum(map(str.__eq__, expected, found[0]))
        first += found[0] == expected
        three += expected in found
    scores = {
        "syllables": right / syllables,
        "titles": first / len(titles),
        "titles in three": three / len(titles),
    }
    return Measured(name=name, metric="share", fingerprint=digest_of(titles), scores=scores)


def exact_forms(analyzer: Analyzer, text: str) -> list[str]:
    """Return the words of a text as the analysis compares them."""
    return [token.exact for token in analyzer.tokens(text)]


if __name__ == "__main__":
    sys.exit(main())
