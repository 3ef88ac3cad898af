"""The nodes of a parsed query: values without behaviour, understood by every engine.

A *leaf* (`Term`, `Prefix`, `Wildcard`, `Fuzzy`, `Number`, `Phrase`, `Near`, `Synonyms`) looks at
words, a `Range` at the day of publication; the other nodes combine sets of documents. What a leaf
matches is defined once, in `matching`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from civicsearch.analysis.folding import has_marks
from civicsearch.values import Value, replace

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator

__all__ = [
    "MEANT_SHARE",
    "SYNONYM_WEIGHT",
    "And",
    "Boost",
    "Fuzzy",
    "Leaf",
    "MatchAll",
    "Near",
    "Not",
    "Number",
    "Or",
    "Phrase",
    "Prefix",
    "Query",
    "Range",
    "Synonyms",
    "Term",
    "Wildcard",
    "Word",
    "Words",
    "accented_share",
    "describe",
    "has_long_run",
    "is_guessed",
    "is_relaxable",
    "iter_boosted_leaves",
    "iter_leaves",
    "iter_meant",
    "iter_positive_leaves",
    "iter_shares",
    "map_runs",
    "plain_word",
    "relax",
    "runs_of",
    "within",
]


MEANT_SHARE = 0.4
"""How much of what a word counts is that of the form it is taken to be meant as, if one is.

Measured on 500 titles among 45,000 articles, and on 2 to 4 words of each, typed without accents
(MRR at 10, neighbours counted in 100 documents):

| share | titles | 4 words | 3 words | 2 words |
| --- | --- | --- | --- | --- |
| 0 (in 200 documents) | 0.841 | 0.261 | 0.161 | 0.071 |
| 0.3 | 0.859 | 0.301 | 0.168 | 0.087 |
| 0.4 | 0.866 | 0.305 | 0.162 | 0.088 |
| 0.5 | 0.859 | 0.304 | 0.163 | 0.088 |
| 0.6 | 0.858 | 0.302 | 0.161 | 0.086 |
"""

SYNONYM_WEIGHT = 0.5
"""What a document counts for what a word or phrase was also read as, relative to what was typed.

Measured on the 452 of 4,000 titles that hold abbreviations or long forms of such, among 20,000
articles (MRR at 10, with accents and with none): as they are; with abbreviations written out; with
long forms abbreviated. At 0 nothing is expanded.

| weight | as they are | written out | abbreviated |
| --- | --- | --- | --- |
| 0 | 0.936, 0.927 | 0.860, 0.835 | 0.872, 0.814 |
| 0.25 | 0.938, 0.930 | 0.878, 0.864 | 0.903, 0.882 |
| 0.5 | 0.938, 0.932 | 0.889, 0.874 | 0.912, 0.903 |
| 1 | 0.938, 0.931 | 0.907, 0.893 | 0.942, 0.930 |

Above a half, what is only meant would count more than what was typed and found without accents.
"""


# Nodes with the same attributes share a class that has them. Nodes of two classes are never equal.
# Words and phrases are keys all over a search, some hundred times: they say themselves what they
# hash, which takes half the time of `Value.__hash__`.


class _Spelled(Value):
    exact: str
    folded: str
    field: str | None = None

    def __hash__(self) -> int:
        return hash((self.exact, self.folded, self.field))


class _Joined(Value):
    children: tuple[Query, ...]

    def readings(self) -> Iterator[tuple[Query, Term | None]]:
        """Yield each child, and the form that it is taken to be meant as, if it is."""
        for child in self.children:
            yield child, None


class Term(_Spelled):
    """One word.

    Attributes:
        exact: Its exact form.
        folded: Its folded form; equal to `exact` when no accent was typed.
        field: The one field to look in, or None for the zones of the schema.
    """


class Prefix(_Spelled):
    """The beginning of a word; the attributes are those of `Term`."""


class Wildcard(_Spelled):
    """A word of which not all letters are known.

    Attributes:
        exact: The pattern in exact form: letters, `*` for any run of letters (none too) and `?`
            for exactly one.
        folded: The pattern in folded form; equal to `exact` when no accent was typed.
        field: The one field to look in, or None for the zones of the schema.
    """


class Fuzzy(Value):
    """A word that may be misspelled, by the typist or in the article.

    Attributes:
        exact: Its exact form.
        folded: Its folded form; equal to `exact` when no accent was typed.
        distance: How many letters may be missing, added, replaced, or swapped with their
            neighbour: 1 or 2.
        field: The one field to look in, or None for the zones of the schema.
    """

    exact: str
    folded: str
    distance: int
    field: str | None = None


class Number(Value):
    """A whole number of a text, from one to another: `1.700` lies between 1,000 and 2,000.

    Attributes:
        low: The least, from 0, or None for no bound.
        high: The greatest, or None for no bound.
        field: The one field to look in, or None for the zones of the schema.
    """

    low: int | None
    high: int | None
    field: str | None = None

    @property
    def exact(self) -> str:
        """No form stands for all of them."""
        return ""

    folded = exact


class Phrase(Value):
    """Words next to each other, in order, in one field.

    Attributes:
        terms: At least two; their own `field` is ignored.
        field: The one field to look in, or None for the zones of the schema.
    """

    terms: tuple[Term | Number, ...]
    field: str | None = None

    def __hash__(self) -> int:
        return hash((self.terms, self.field))


class Near(Value):
    """Words close to each other, in any order, in one field.

    Attributes:
        terms: At least two; their own `field` is ignored. Each needs a token of its own.
        distance: How many other words may stand between them, all gaps together, from 0.
        field: The one field to look in, or None for the zones of the schema.
    """

    terms: tuple[Term | Number, ...]
    distance: int
    field: str | None = None


class Synonyms(Value):
    """A word or phrase, and others that it was also read as, found as if they were one.

    A document scores by the one of them that is worth most in it; the others may count less than
    the typed one. All are as rare as the documents that hold any of them are few: a rare spelling
    of a common thing is not taken for a rare thing.

    Attributes:
        typed: What was typed; its own `field` is ignored.
        others: What else it may be, at least one; their own `field` is ignored.
        field: The one field to look in, or None for the zones of the schema.
        weight: What a document counts for one of the others, relative to what was typed.
    """

    typed: Term | Phrase
    others: tuple[Term | Phrase, ...]
    field: str | None = None
    weight: float = SYNONYM_WEIGHT

    def __hash__(self) -> int:
        return hash((self.typed, self.others, self.field, self.weight))

    @property
    def forms(self) -> tuple[Term | Phrase, ...]:
        """All of them, the typed one first, each in the field of the node."""
        return tuple(
            form if form.field == self.field else replace(form, field=self.field)
            for form in (self.typed, *self.others)
        )


class Range(Value):
    """Documents published on one of these days, with score 0.

    A document without a date is in no range, not even in one that is open at both ends.

    Attributes:
        field: What lies in the range; only "published" so far.
        low: The first day, or None for no bound.
        high: The last day, or None for no bound.
    """

    field: str
    low: dt.date | None
    high: dt.date | None


class And(_Joined):
    """Documents that all children match; the scores of the children add up."""


class Or(_Joined):
    """Documents that any child matches; the scores of those that do add up."""


class Words(Value):
    """A run of plain words: documents that hold enough of them; the scores of those add up.

    Neighbours that are neighbours in the document too count more (see `query.pairs`). A word may
    have a form that it is taken to be meant as. It then matches what it would without, but
    `MEANT_SHARE` of its score is that of this form, which is rarer than all forms together.

    Attributes:
        children: Two or more, in the order they were typed.
        minimum: How many must match; `relax` lowers it to 1.
        share: How much those that match must tell, of what all tell that are found anywhere, as a
            fraction; see `search.quorum`. `relax` lowers it to 0.
        meant: For each child the form that is meant, which the child must match too, or None;
            empty where there is none at all.
    """

    children: tuple[Query, ...]
    minimum: int
    share: float = 0.0
    meant: tuple[Term | None, ...] = ()

    def readings(self) -> Iterator[tuple[Query, Term | None]]:
        """Yield each child, and the form that it is taken to be meant as, if it is."""
        yield from zip(self.children, self.meant or [None] * len(self.children), strict=True)


class Not(Value):
    """Documents that the child does not match; adds nothing to a score."""

    child: Query


class Boost(Value):
    """Documents that the child matches, with its score times a factor.

    Attributes:
        child: What counts more, or less.
        factor: Above 0; below 1 it counts less.
    """

    child: Query
    factor: float


class MatchAll(Value):
    """Every document, with score 0."""


Word = Term | Prefix | Wildcard | Fuzzy | Number
Leaf = Word | Phrase | Near | Synonyms
Query = Leaf | Range | And | Or | Words | Not | Boost | MatchAll


def describe(leaf: Leaf) -> str:
    """Return `leaf` as a user would type it."""
    match leaf:
        case Term() | Wildcard():
            text = leaf.exact
        case Prefix():
            text = leaf.exact + "*"
        case Fuzzy():
            text = f"{leaf.exact}~{leaf.distance}"
        case Number():
            text = f"num:{_numbers(leaf)}"
        case Phrase():
            text = _quoted(leaf.terms)
        case Near():
            text = f"{_quoted(leaf.terms)}~{leaf.distance}"
        case Synonyms():
            typed, *others = (describe(replace(form, field=None)) for form in leaf.forms)
            text = f"{typed} (also {', '.join(others)})"
    return f"{leaf.field}:{text}" if leaf.field else text


def _quoted(terms: tuple[Term | Number, ...]) -> str:
    words = (_numbers(term) if isinstance(term, Number) else term.exact for term in terms)
    return '"' + " ".join(words) + '"'


def _numbers(number: Number) -> str:
    if number.low is not None and number.low == number.high:
        return str(number.low)
    low, high = ("*" if bound is None else bound for bound in (number.low, number.high))
    return f"[{low} TO {high}]"


def iter_positive_leaves(query: Query) -> Iterator[Leaf]:
    """Yield the leaves that a hit may match, left to right: those not under a `Not`."""
    for leaf, _ in iter_boosted_leaves(query):
        yield leaf


def iter_boosted_leaves(query: Query, factor: float = 1.0) -> Iterator[tuple[Leaf, float]]:
    """Yield the leaves that a hit may match, left to right, each with the boosts around it.

    Args:
        query: The query.
        factor: The boosts around the query itself.
    """
    match query:
        case And() | Or() | Words():
            for child in query.children:
                yield from iter_boosted_leaves(child, factor)
        case Boost():
            yield from iter_boosted_leaves(query.child, factor * query.factor)
        case Not() | Range() | MatchAll():
            return
        case _:
            yield query, factor


def iter_leaves(query: Query) -> Iterator[Leaf]:
    """Yield all leaves, left to right, also those under a `Not`, and forms that are meant."""
    match query:
        case And() | Or() | Words():
            for child, meant in query.readings():
                yield from iter_leaves(child)
                if meant is not None:
                    yield meant
        case Boost() | Not():
            yield from iter_leaves(query.child)
        case Range() | MatchAll():
            return
        case _:
            yield query


def iter_meant(query: Query) -> Iterator[Term]:
    """Yield the forms that words which a hit may match are taken to be meant as."""
    match query:
        case And() | Or() | Words():
            for child, meant in query.readings():
                yield from iter_meant(child)
                if meant is not None:
                    yield meant
        case Boost():
            yield from iter_meant(query.child)
        case _:
            return


def iter_shares(query: And | Or | Words, factor: float = 1.0) -> Iterator[tuple[Query, float]]:
    """Yield all that a query scores by, with what each is multiplied with."""
    for child, meant in query.readings():
        if meant is None:
            yield child, factor
        else:
            yield child, factor * (1 - MEANT_SHARE)
            yield meant, factor * MEANT_SHARE


def has_long_run(query: Query) -> bool:
    """Return whether there is a run of plain words of which only some must be found."""
    match query:
        case Words():
            return query.share > 0
        case And() | Or():
            return any(map(has_long_run, query.children))
        case Boost():
            return has_long_run(query.child)
        case _:
            return False


def is_guessed(query: Query) -> bool:
    """Return whether words that a hit may match have forms that they are taken to be meant as."""
    return any(True for _ in iter_meant(query))


def accented_share(query: Query) -> float:
    """Return how many of the words that a hit may match were typed with an accent, 0 to 1."""
    typed = [has_marks(word.exact) for word in _iter_words(query)]
    return sum(typed) / len(typed) if typed else 0.0


def _iter_words(query: Query) -> Iterator[Word]:
    for leaf in iter_positive_leaves(query):
        typed = leaf.typed if isinstance(leaf, Synonyms) else leaf
        yield from typed.terms if isinstance(typed, Phrase | Near) else (typed,)


def map_runs(query: Query, change: Callable[[Words], Words]) -> Query:
    """Return `query` with every run of plain words changed, left to right; not those negated."""
    match query:
        case And() | Or():
            children = tuple(map_runs(child, change) for child in query.children)
            return query if children == query.children else replace(query, children=children)
        case Words():
            return change(query)
        case Boost():
            return replace(query, child=map_runs(query.child, change))
        case _:
            return query


def runs_of(query: Query) -> list[Words]:
    """Return the runs of plain words in `query`, left to right; not those negated."""
    found: list[Words] = []

    def note(run: Words) -> Words:
        found.append(run)
        return run

    map_runs(query, note)
    return found


def plain_word(query: Query) -> Term | None:
    """Return the word that a child of a run is, as it was typed, or None where it is none."""
    if isinstance(query, Synonyms):
        query = query.forms[0]
    return query if isinstance(query, Term) else None


def relax(query: Query) -> Query:
    """Return `query` with every run of plain words content with one of them."""
    return map_runs(query, lambda run: replace(run, minimum=1, share=0.0))


def is_relaxable(query: Query) -> bool:
    """Return whether `relax` would change `query`."""
    return relax(query) != query


def within(query: Query, field: str) -> Query:
    """Return `query` with every leaf that names no field of its own bound to `field`."""
    match query:
        case And() | Or():
            return replace(query, children=tuple(within(child, field) for child in query.children))
        case Words():
            children = tuple(within(child, field) for child in query.children)
            meant = tuple(form and replace(form, field=form.field or field) for form in query.meant)
            return replace(query, children=children, meant=meant)
        case Not() | Boost():
            return replace(query, child=within(query.child, field))
        case Range() | MatchAll():
            return query
        case _:
            return query if query.field else replace(query, field=field)
