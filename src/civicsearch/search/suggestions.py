"""Other queries to offer: what may have been meant, and how what is typed may go on.

What is likely is decided in `suggesting`; here the archive is asked. A correction is offered only
where it finds something.
"""

from __future__ import annotations

from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from civicsearch.analysis.folding import fold, has_marks
from civicsearch.query.function_words import words_without_accents
from civicsearch.query.matching import iter_occurrences
from civicsearch.query.nodes import Boost, Phrase, Prefix, Term, Words, is_relaxable, relax
from civicsearch.query.operators import part_of_word
from civicsearch.query.parser import parse_query_leniently
from civicsearch.query.plain import APOSTROPHES, MAX_QUERY_CHARS, plain_words
from civicsearch.search.letters import WordSearch, fold_letters
from civicsearch.search.request import SearchRequest
from civicsearch.search.written import as_written
from civicsearch.suggesting.completing import complete
from civicsearch.suggesting.correcting import (
    MOST_FOUND,
    correct,
    in_codes,
    is_long,
    rewrite,
)
from civicsearch.suggesting.meaning import as_meant
from civicsearch.suggesting.splitting import with_blanks
from civicsearch.values import replace

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from civicsearch.analysis.analyzer import Analyzer
    from civicsearch.analysis.tokens import Token
    from civicsearch.query.nodes import Query
    from civicsearch.search.engine import Match, Searcher
    from civicsearch.search.request import Filters

__all__ = ["MAX_COMPLETIONS", "KnownBest", "completions", "corrections"]

MAX_CORRECTIONS = 3
"""How many other queries are offered at most."""
MAX_COMPLETIONS = 50
"""How many completions may be asked for."""

_LEAST_SHARE = 4.6
"""How much less likely than the best, as a logarithm, another correction may be: 100 times."""
_LEAST_SHARE_OF_LONG = 9.0
"""The same for a headline, whose words are counted together with those beside them. Three
suggestions have the right one for 2 % more of 500 titles."""
_DOUBT = 4.0
"""Where the best correction leads by less, as a logarithm, documents are found anew by it, and all
is done again by these. Of 690 pieces of titles, two to six words long, 74.3 % are right in place of
73.2 %."""
_DOUBT_OF_LONG = 1.0
"""The same for a headline: of 1,000 titles, 71.7 % are right in place of 71.0 %, and as many with
4, which takes a third more time."""
_TITLES_SHARE = 3  # one completion in so many is a title, more where words are few
_LEAST_TITLE_CHARS = 4
"""What is shorter is in too many titles for one of them to be meant."""
_CODE_SIGNS = frozenset("-/")
_JOINING = _CODE_SIGNS | frozenset(APOSTROPHES)
"""Signs behind which a word goes on without a blank."""
_ENDINGS = (("s",), ("t",))
"""Behind a word: of `mayor's` and `don't`, which are two words to the analyzer."""
_MOST_ASKED = 12
_MOST_HOLDING = 30


class KnownBest(NamedTuple):
    """The best documents of a query, as an answer has told them already.

    Attributes:
        query: What was asked.
        found: Their ids, best first, as many as are known.
        is_relaxed: Whether nothing had all words of the query, so that fewer were asked for.
    """

    query: Query
    found: Sequence[str]
    is_relaxed: bool


def corrections(
    searcher: Searcher,
    text: str,
    *,
    filters: Filters,
    analyzer: Analyzer,
    known: KnownBest | None = None,
) -> tuple[str, ...]:
    """Return up to three queries that may have been meant, most likely first.

    Only words and phrases are corrected, not a query with other signs. Where what was typed is
    itself the likeliest, nothing is returned.

    Args:
        searcher: A snapshot of the archive.
        text: The query as it was typed.
        filters: What else documents must be: what is offered finds some that are.
        analyzer: That of the archive.
        known: What was found by the text already: with it, a headline takes three quarters of the
            time.
    """
    tokens = analyzer.tokens(text)
    query = parse_query_leniently(text, analyzer=analyzer).query
    if query is None or not _is_plain(query, tokens):
        return ()
    find = partial(_finding, searcher, filters=filters, analyzer=analyzer)
    offered, is_found = _likely(searcher, text, query, tokens, known)
    kept = find(offered)
    if kept:
        return kept
    parted = with_blanks(searcher.vocabulary, text, tokens, documents=searcher.count())
    read = parse_query_leniently(parted, analyzer=analyzer).query if parted else None
    if parted is not None and read is not None and find([parted]):
        others, _ = _likely(searcher, parted, read, analyzer.tokens(parted))
        return find(others) or (parted,)
    # Articles with some of the words are better than none.
    return () if is_found else find(offered, is_relaxed=True)


def _likely(
    searcher: Searcher,
    text: str,
    query: Query,
    tokens: Sequence[Token],
    known: KnownBest | None = None,
) -> tuple[list[str], bool]:
    """Return what a query was probably meant as, word for word, and whether it finds anything."""
    # A long query finds documents with other words; of a short one, a wrong guess confirms itself.
    first = query
    if is_long(tokens) and isinstance(query, Words):
        # A word typed twice would count twice, and 0.5 % fewer titles be right.
        query = plain_words(tuple(dict.fromkeys(query.children)))
        first = as_meant(query, searcher.vocabulary)
    best, is_found = _best_for(searcher, first, known)
    put_right = partial(
        correct,
        searcher.vocabulary,
        tokens,
        documents=searcher.count(),
        count=MAX_CORRECTIONS + 1,
        is_found=is_found,
        codes=in_codes(text, tokens),
        as_typed=_without_accents(tokens),
    )
    found = put_right(best)
    doubt = _DOUBT_OF_LONG if is_long(tokens) else _DOUBT
    if len(found) > 1 and found[0].score - found[1].score < doubt:
        best, _ = _best_for(searcher, _meant(query, tokens, found[0].words))
        found = put_right(best)
    if not found or found[0].words == _typed(tokens):
        return [], is_found
    least = found[0].score - (_LEAST_SHARE_OF_LONG if is_long(tokens) else _LEAST_SHARE)
    meant = [
        correction.words
        for correction in found
        if correction.score >= least and correction.words != _typed(tokens)
    ]
    offers = as_written(searcher, meant, typed=_typed(tokens))
    likely = [rewrite(text, tokens, words) for words in offers]
    return [other for other in dict.fromkeys(likely) if other != text], is_found


def _best_for(
    searcher: Searcher, query: Query, known: KnownBest | None = None
) -> tuple[Sequence[str], bool]:
    """Return the best documents of a query, and whether they are found by it as it is."""
    if known is not None and len(known.found) >= MOST_FOUND:
        asked = relax(query) if known.is_relaxed and is_relaxable(query) else query
        if asked == known.query:
            return known.found[:MOST_FOUND], not known.is_relaxed
    best = _ids_of_best(searcher, query)
    if best or not is_relaxable(query):
        return best, bool(best)
    return _ids_of_best(searcher, relax(query)), False


def _ids_of_best(searcher: Searcher, query: Query) -> list[str]:
    matches = searcher.search(SearchRequest(query=query, limit=MOST_FOUND)).matches
    return [match.document_id for match in matches]


def _without_accents(tokens: Sequence[Token]) -> frozenset[int]:
    """Return the positions of the words that have no accents in the language of the query."""
    known = words_without_accents([token.folded for token in tokens])
    return frozenset(t.position for t in tokens if t.folded in known and not has_marks(t.exact))


def _meant(query: Query, tokens: Sequence[Token], words: Sequence[str]) -> Query:
    """Return a plain query in which words stand for what was typed.

    Of a long query, accents that were left out are not asked for: documents with them come first.
    So a word that is wrong among them does no harm, and 0.4 % more titles are right.
    """
    if not (is_long(tokens) and isinstance(query, Words) and len(query.children) == len(tokens)):
        return plain_words(
            tuple(dict.fromkeys(Term(exact=word, folded=fold(word)) for word in words))
        )
    children: list[Query] = []
    meant: list[Term | None] = []
    for child, token, word in zip(query.children, tokens, words, strict=True):
        term = Term(exact=word, folded=fold(word))
        is_accented = term.folded == token.folded and not has_marks(token.exact)
        put_right = replace(child, child=term) if isinstance(child, Boost) else term
        children.append(child if is_accented else put_right)
        meant.append(term if is_accented and word != token.exact else None)
    return replace(query, children=tuple(children), meant=tuple(meant) if any(meant) else ())


def _typed(tokens: Sequence[Token]) -> tuple[str, ...]:
    return tuple(token.exact for token in tokens)


def _is_plain(query: Query, tokens: Sequence[Token]) -> bool:
    """Return whether a query is words and phrases, and all words of its text are among them.

    The factor of a typed boost is a word of the text, and none of the query; words that only ask
    have one that is not typed.
    """
    parts = query.children if isinstance(query, Words) else (query,)
    asked: set[str] = set()
    for child in parts:
        part = child.child if isinstance(child, Boost) else child
        if not isinstance(part, Term | Phrase) or part.field is not None:
            return False
        asked.update([part.exact] if isinstance(part, Term) else [t.exact for t in part.terms])
    return asked == set(_typed(tokens))


def _finding(
    searcher: Searcher,
    texts: Sequence[str],
    *,
    filters: Filters,
    analyzer: Analyzer,
    is_relaxed: bool = False,
) -> tuple[str, ...]:
    """Return the first queries that find something; `is_relaxed`, if only with some words."""
    kept: list[str] = []
    for text in texts:
        if len(kept) == MAX_CORRECTIONS:
            break
        query = parse_query_leniently(text, analyzer=analyzer).query
        if query is not None:
            query = relax(query) if is_relaxed else query
            # That there is one, not which is best: a third of the time.
            request = SearchRequest(query=query, limit=0, filters=filters)
            if searcher.search(request).total.value:
                kept.append(text)
    return tuple(kept)


def completions(
    searcher: Searcher, text: str, *, limit: int, analyzer: Analyzer
) -> tuple[str, ...]:
    """Return how a text goes on, most likely first: words, then titles; see `Archive.suggest`."""
    text = text.lstrip()[:MAX_QUERY_CHARS]
    tokens = analyzer.tokens(text)
    if not tokens:
        return ()
    begun = _begun(text, tokens[-1], analyzer)
    matches: Sequence[Match] = ()

    def find(words: Sequence[str]) -> list[str]:
        nonlocal matches
        matches = _holding(searcher, [Term(exact=word, folded=fold(word)) for word in words])
        return [match.document_id for match in matches]

    found = complete(
        searcher.vocabulary,
        tokens,
        find,
        begun=begun,
        count=limit + 1,
        is_joined=_is_joined(text, tokens),
    )
    typed = _typed(tokens)
    going_on = [
        one.words for one in found if one.words != typed and _is_parted(text, tokens, one.words)
    ][:limit]
    offers = as_written(searcher, going_on, typed=typed)
    words = {
        key: _completed(text, tokens, offer) for key, offer in zip(going_on, offers, strict=True)
    }
    # Titles are looked for by what was typed where nothing goes on, and for one word.
    if not found if len(tokens) > 1 else len(tokens[0].folded) >= _LEAST_TITLE_CHARS:
        matches = _holding(searcher, _words(tokens, begun))
    titles: dict[tuple[str, ...], str] = {}
    for key, title in islice(_iter_titles(matches, tokens, begun, analyzer), limit):
        titles.setdefault(key, title)
    titles.pop(typed, None)
    room = max(limit - len(words), limit // _TITLES_SHARE)
    first = dict(islice(words.items(), limit - min(room, len(titles))))
    # What is a title too stands among these.
    shown = {key: offer for key, offer in first.items() if key not in titles}
    shown |= titles | {key: first[key] for key in titles if key in first}
    shown |= {key: offer for key, offer in words.items() if key not in shown}
    return tuple(islice(shown.values(), limit))


def _completed(text: str, tokens: Sequence[Token], words: Sequence[str]) -> str:
    """Return a text with words in the place of its tokens, and those that follow behind them."""
    end = tokens[-1].span.end
    sign = text[end:] if text[end:] in _JOINING else ""
    if _is_capital_code(text):
        last = len(tokens) if sign else len(tokens) - 1
        words = [word.upper() if place == last else word for place, word in enumerate(words)]
    rewritten = rewrite(text[:end], tokens, words[: len(tokens)])
    if sign and len(words) > len(tokens):
        rewritten, words = f"{rewritten}{sign}{words[len(tokens)]}", words[1:]
    return " ".join([rewritten, *words[len(tokens) :]])


def _is_capital_code(text: str) -> bool:
    """Return whether a text ends amid letters in capitals that signs join: `57-NQ/T`."""
    code = "" if text[-1].isspace() else text.rsplit(maxsplit=1)[-1]
    return code.isupper() and sum(map(str.isalpha, code)) > 1 and not _CODE_SIGNS.isdisjoint(code)


def _is_parted(text: str, tokens: Sequence[Token], words: Sequence[str]) -> bool:
    """Return whether what follows is a word, not the end of one that an apostrophe cuts off."""
    return words[len(tokens) :] not in _ENDINGS or text[-1] in APOSTROPHES


def _begun(text: str, token: Token, analyzer: Analyzer) -> Token | None:
    """Return the last word of a text as the beginning of a word, or None where it is finished."""
    if token.span.end != len(text):
        return None
    exact, folded = part_of_word(analyzer, text, token, is_end=False)
    return token._replace(exact=exact, folded=folded)


def _is_joined(text: str, tokens: Sequence[Token]) -> bool:
    """Return whether no blank parts the last two words: `mayor's`, `57-NQ`."""
    if len(tokens) < 2:
        return False
    between = text[tokens[-2].span.end : tokens[-1].span.start]
    return not any(map(str.isspace, between))


def _words(tokens: Sequence[Token], begun: Token | None) -> tuple[Term | Prefix, ...]:
    """Return what a document must hold: each word, or the beginning of the last one."""
    words: list[Term | Prefix] = [
        Term(exact=token.exact, folded=token.folded) for token in tokens[-_MOST_ASKED:]
    ]
    if begun is not None:
        words[-1] = Prefix(exact=begun.exact, folded=begun.folded)
    return tuple(dict.fromkeys(words))


def _holding(searcher: Searcher, words: Sequence[Term | Prefix]) -> Sequence[Match]:
    """Return the best documents for some words, above all those where they are neighbours."""
    query = plain_words(tuple(dict.fromkeys(words[-_MOST_ASKED:])))
    return searcher.search(SearchRequest(query=query, limit=_MOST_HOLDING)).matches


def _iter_titles(
    matches: Sequence[Match], tokens: Sequence[Token], begun: Token | None, analyzer: Analyzer
) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield the titles that hold what was typed, of documents that do, each with its exact forms.

    A search in titles alone would have to read every document with these words.
    """
    words = _words(tokens, begun)
    searches = [WordSearch([word]) for word in words]
    for match in matches:
        title = match.summarize().title if match.summarize else match.load().title
        letters = fold_letters(title)  # tells of nine in ten that there is a word they do not hold
        if not all(search.is_unbounded or search.find(letters) for search in searches):
            continue
        held = analyzer.tokens(title)
        if all(next(iter_occurrences(word, held), None) for word in words):
            yield _typed(held), " ".join(title.split())
