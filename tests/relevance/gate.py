"""The gate: measures civicsearch on a fixed small choice and refuses a score under its floor.

    script/gate relevance                          0: all floors hold; 1: one does not
    script/gate relevance --update                 raises floors to what is measured now
    script/gate relevance --update --allow-lower   and lowers them; a deliberate act

Only the questions of the half `tune` are asked, so that the other half stays unseen. The data is
not part of the project. Where it is absent, this says so and ends with status 0.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from relevance.asking import ask
from relevance.data import DATA, DataMissingError, TestSet, load_articles, load_judged
from relevance.floors import Measured, judge, parse_gate
from relevance.systems import Civicsearch, open_system
from relevance.typings import typings_of

JUDGED = ("vi-headline-civic", "vi-law-articles", "xquad-es", "xquad-tr")
ARTICLES = 3000
TITLES = 300
CACHE = Path(tempfile.gettempdir()) / "civicsearch-relevance"


def main(arguments: list[str] | None = None) -> int:
    """Measure, compare or update, and return the exit status."""
    options = parse_options(arguments)
    try:
        measured = [measure(test_set, options.cache) for test_set in iter_sets(options.data)]
    except DataMissingError as missing:
        sys.stdout.write(f"Skipped: there is no data at '{missing}'.\n")
        return 0
    return judge(measured, options)


def parse_options(arguments: list[str] | None) -> argparse.Namespace:
    """Return the options of the command line."""
    parser = argparse.ArgumentParser(
        prog="script/gate relevance", description=__doc__.splitlines()[0] if __doc__ else None
    )
    parser.add_argument("--data", type=Path, default=DATA, help="folder with retrieval/, volume/")
    parser.add_argument("--cache", type=Path, default=CACHE, help="where built indexes are kept")
    return parse_gate(parser, arguments)


def iter_sets(data: Path) -> Iterator[TestSet]:
    """Yield the sets of the gate.

    Raises:
        DataMissingError: One is not there.
    """
    for name in JUDGED:
        yield load_judged(name, half="tune", data=data)
    yield load_articles(ARTICLES, questions=TITLES, half="tune", data=data)


def measure(test_set: TestSet, cache: Path) -> Measured:
    """Return the scores of civicsearch on one set, typed in every usual way."""
    system = Civicsearch()
    open_system(system, test_set.documents, fingerprint=test_set.index_fingerprint, cache=cache)
    scores = {
        typing: ask(system, test_set, typing)[test_set.metric]
        for typing in typings_of(test_set.language)
    }
    return Measured(
        name=test_set.name,
        metric=test_set.metric,
        fingerprint=test_set.fingerprint,
        scores=scores,
    )


if __name__ == "__main__":
    sys.exit(main())
