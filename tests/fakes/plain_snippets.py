"""Snippets the plain way: tokens of the whole document, every leaf at every token.

What `civicsearch.search` shows must be the same, text by text; see tests/property.
"""

import re
from bisect import bisect_left
from typing import NamedTuple

from civicsearch.analysis import Analyzer
from civicsearch.analysis.tokens import Span
from civicsearch.query.matching import Tier, iter_occurrences
from civicsearch.query.nodes import iter_positive_leaves
from civicsearch.query.pairs import iter_pairs
from civicsearch.schema import field_texts
from civicsearch.search.highlighting import MAX_HIGHLIGHT_CHARS
from civicsearch.search.passages import CELL_BREAK
from civicsearch.search.snippets import ELLIPSIS, MAX_SNIPPET_CHARS, Snippet
from civicsearch.search.telling import telling_of

_SENTENCE_START = re.compile(r"(?:(?<=[.!?…;:])|(?<=[.!?…][\"'”’»)]))\s+(?=\S)")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)]*\s*$")
_BLANK = re.compile(r"\s+")


class Highlight(NamedTuple):
    span: Span
    leaf: int
    tier: Tier


def plain_tokens(document):
    texts = field_texts(document)
    return Analyzer().field_tokens({n: text[:MAX_HIGHLIGHT_CHARS] for n, text in texts.items()})


def _find(leaves, tokens, field):
    found = [
        Highlight(
            Span(tokens[place.first].span.start, tokens[place.last].span.end), number, place.tier
        )
        for number, leaf in enumerate(dict.fromkeys(leaves))
        if leaf.field in {None, field}
        for place in iter_occurrences(leaf, tokens)
    ]
    return sorted(found)


def _merge_spans(highlights):
    merged: list[Span] = []
    for span, _, _ in highlights:
        if merged and span.start < merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)


def plain_snippet(document, query, tokens, *, telling=None, max_chars=MAX_SNIPPET_CHARS):
    telling = telling or telling_of(query)
    best_value, best = _NOTHING, Snippet(text="")
    texts = field_texts(document)
    for field in ("lead", "body", "caption"):
        text = texts[field]
        highlights = find_words(query, tokens, field)
        pairs = _find(iter_pairs(query), tokens[field], field)
        window, value = _best_window(text, highlights, pairs, telling, max_chars)
        if value > best_value:
            best_value, best = value, _cut(text, window, _merge_spans(highlights))
    if best_value > _NOTHING:
        return best
    text = document.text
    return _cut(text, _window_at(text, 0, max_chars), ())


def plain_title_highlights(query, tokens):
    return _merge_spans(find_words(query, tokens, "title"))


def find_words(query, tokens, field):
    return _find(iter_positive_leaves(query), tokens[field], field)


_NOTHING = (0, 0, False, 0)


def _best_window(text, highlights, pairs, telling, max_chars):
    best, best_value = Span(0, 0), _NOTHING
    previous = None
    for highlight in highlights:
        window = _window_at(text, highlight.span.start, max_chars)
        if window == previous:  # the same sentence
            continue
        previous = window
        words = _inside(window, highlights)
        tiers = {word.leaf: word.tier for word in reversed(words)}
        neighbours = {pair.leaf for pair in _inside(window, pairs)}
        value = (
            sum(telling.words[leaf] for leaf in tiers)
            + sum(telling.pairs[pair] for pair in neighbours),
            -sum(tiers.values()),
            CELL_BREAK not in text[window.start : window.end],
            min(len(words), 2 * len(tiers)),
        )
        if value > best_value:
            best, best_value = window, value
    return best, best_value


def _inside(window, highlights):
    first = bisect_left(highlights, window.start, key=lambda highlight: highlight.span.start)
    near = highlights[first : first + window.end - window.start]
    return [highlight for highlight in near if highlight.span.end <= window.end]


def _window_at(text, position, max_chars):
    # Looking further back would be in vain, and quadratic in a text of one endless sentence.
    nearest = max(0, position - max_chars // 2 - 1)
    paragraph_start = max(nearest, text.rfind("\n", nearest, position) + 1)
    paragraph_end = text.find("\n", position)
    paragraph_end = len(text) if paragraph_end < 0 else paragraph_end
    start = paragraph_start
    for match in _SENTENCE_START.finditer(text, paragraph_start, position + 1):
        if match.end() <= position and not text[match.end()].islower():
            start = match.end()
    if position - start > max_chars // 2:
        start = _next_word(text, position - max_chars // 4, position)
    end = min(paragraph_end, start + max_chars)
    if end < paragraph_end:
        end = max(text.rfind(" ", start + 1, end + 1), position)
        if end <= position:  # one word longer than the window
            end = min(paragraph_end, start + max_chars)
    return Span(start, end)


def _next_word(text, position, latest):
    blank = _BLANK.search(text, position)
    if blank is None or blank.end() > latest or blank.end() - position >= 40:
        return position
    return blank.end()


def _cut(text, window, spans):
    piece = text[window.start : window.end].rstrip()
    before = ELLIPSIS if piece and not _starts_whole(text, window.start) else ""
    after = "" if _ends_whole(text, window.start + len(piece)) else ELLIPSIS
    shift = len(before) - window.start
    end = window.start + len(piece)
    highlights = tuple(
        Span(max(span.start, window.start) + shift, min(span.end, end) + shift)
        for span in spans
        if window.start < span.end and span.start < end
    )
    one_line = piece.replace("\n", " ").replace("\t", " ")  # one for one: spans stay true
    return Snippet(text=before + one_line + after, highlights=highlights)


def _starts_whole(text, position):
    before = text[max(0, position - 8) : position]
    if not before.strip() or "\n" in before:
        return True
    return _SENTENCE_END.search(before) is not None and not text[position].islower()


def _ends_whole(text, position):
    after = text[position : position + 2]
    if not after or after[0] == "\n":
        return True
    ended = _SENTENCE_END.search(text[max(0, position - 4) : position])
    return ended is not None and not after[-1].islower()  # "zł. do" is no end
