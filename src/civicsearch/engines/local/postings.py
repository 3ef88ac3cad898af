"""Reads what the index knows of a leaf: in which documents it is found, how often, how well.

This is where the rules of `query.matching` meet the terms of the index: a word is expanded to
the written forms that match it, and their postings are added up by tier.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import numpy as np

from civicsearch.engines.local.fields import FORMS, SEPARATOR
from civicsearch.query.matching import Tier, prefix_tier, term_tier
from civicsearch.query.nodes import Phrase, Prefix, Term

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from civicsearch.query.nodes import Leaf
    from civicsearch.schema import Schema

__all__ = ["leaf_frequencies", "phrase_frequencies_in"]

Positions = dict[int, dict[int, Tier]]
"""Of each document number, the positions of a word and the tier of each."""


def leaf_frequencies(reader: Any, leaf: Leaf, *, schema: Schema) -> NDArray[np.float64]:  # noqa: ANN401
    """Return how often `leaf` occurs in each document, by tier and weighted by zone.

    Args:
        reader: A Whoosh reader.
        leaf: A term, a prefix or a phrase.
        schema: Gives the fields to look in and their weights.

    Returns:
        float64, shape (number of tiers, number of documents with deleted ones).
    """
    frequencies = np.zeros((len(Tier), reader.doc_count_all()))
    for name, weight in schema.scope(leaf.field):
        if isinstance(leaf, Phrase):
            counts = _phrase_counts(reader, leaf, name)
        else:
            counts = _word_counts(reader, leaf, name)
        for tier, document, count in counts:
            frequencies[tier, document] += weight * count
    return frequencies


def phrase_frequencies_in(
    reader: Any,  # noqa: ANN401
    phrase: Phrase,
    documents: NDArray[np.intp],
    *,
    schema: Schema,
) -> NDArray[np.float64]:
    """Return how often `phrase` occurs in some documents; as `leaf_frequencies`, but cheaper.

    Args:
        reader: A Whoosh reader.
        phrase: The phrase.
        documents: Numbers of documents, ascending.
        schema: Gives the fields to look in and their weights.

    Returns:
        float64, shape (number of tiers, number of `documents`).
    """
    frequencies = np.zeros((len(Tier), len(documents)))
    places = {int(number): place for place, number in enumerate(documents)}
    for name, weight in schema.scope(phrase.field):
        for tier, document, count in _phrase_counts(reader, phrase, name, within=places):
            frequencies[tier, places[document]] += weight * count
    return frequencies


def _word_counts(
    reader: Any,  # noqa: ANN401
    leaf: Term | Prefix,
    field: str,
) -> Iterator[tuple[Tier, int, float]]:
    for exact, tier in _expand(reader, leaf).items():
        for matcher in _matchers(reader, field, exact):
            for document in _iter_matches(matcher, None):
                yield tier, document, matcher.weight()


def _phrase_counts(
    reader: Any,  # noqa: ANN401
    phrase: Phrase,
    field: str,
    *,
    within: Mapping[int, int] | None = None,
) -> Iterator[tuple[Tier, int, float]]:
    words = [_positions(reader, term, field, within) for term in phrase.terms]
    common = set.intersection(*(set(word) for word in words))
    for document in common:
        first, *others = (word[document] for word in words)
        for position, tier in first.items():
            tiers = [word.get(position + step) for step, word in enumerate(others, start=1)]
            if None not in tiers:
                yield max(tier, *(t for t in tiers if t is not None)), document, 1.0


def _positions(
    reader: Any,  # noqa: ANN401
    term: Term,
    field: str,
    within: Mapping[int, int] | None,
) -> Positions:
    """Return the positions of a word in all documents, or in those of `within`, in order."""
    found: Positions = defaultdict(dict)
    for exact, tier in _expand(reader, term).items():
        for matcher in _matchers(reader, field, exact):
            for document in _iter_matches(matcher, within):
                for position in matcher.value_as("positions"):
                    found[document][position] = tier
    return found


def _iter_matches(matcher: Any, within: Mapping[int, int] | None) -> Iterator[int]:  # noqa: ANN401
    """Yield the documents of a matcher, which stands at each while it is yielded."""
    if within is None:
        while matcher.is_active():
            yield matcher.id()
            matcher.next()
        return
    for document in within:
        if matcher.is_active() and matcher.id() < document:
            matcher.skip_to(document)
        if not matcher.is_active():
            return
        if matcher.id() == document:
            yield document


def _expand(reader: Any, leaf: Term | Prefix) -> Mapping[str, Tier]:  # noqa: ANN401
    """Return the exact forms in the index that `leaf` matches, with their tiers."""
    beginning = leaf.folded + (SEPARATOR if isinstance(leaf, Term) else "")
    forms = {}
    for form in reader.expand_prefix(FORMS, beginning):
        folded, exact = form.decode().split(SEPARATOR)
        if isinstance(leaf, Term):
            tier = term_tier(leaf.exact, leaf.folded, exact, folded)
        else:
            tier = prefix_tier(leaf, exact, folded)
        if tier is not None:
            forms[exact] = tier
    return forms


def _matchers(reader: Any, field: str, exact: str) -> Iterator[Any]:  # noqa: ANN401
    if (field, exact) in reader:
        yield reader.postings(field, exact)
