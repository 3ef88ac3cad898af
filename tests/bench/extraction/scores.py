"""How right an answer is: each score from 0 to 1, against what people wrote down of the page."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from bench.extraction.systems import Answer

# In the order of the tables.
METRICS = (
    *("f1", "precision", "recall", "with", "without"),
    *("title", "date", "authors", "listing", "kept"),
)
_WORD = re.compile(r"\w+")
# What a reader does not see: where a word may be parted, and marks without width.
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\u2063\ufeff"))


def compare(gold: dict[str, Any], answer: Answer) -> dict[str, float]:
    """Return the scores of an answer, as far as the page has gold.

    `listing` is whether a page without an article was refused, `kept` whether one with an article
    was not. `without` is the share of strings that leaked: lower is better.
    """
    if gold["page_type"] != "article":
        return {"listing": float(bool(answer.refused) or not answer.text.strip())}
    scores = {"kept": float(not answer.refused)}
    if "text" in gold:
        scores |= token_scores(answer.text, gold["text"], " ".join(gold.get("captions") or []))
    if gold.get("with"):
        scores["with"] = share(answer.text, gold["with"])
    if gold.get("without"):
        scores["without"] = share(answer.text, gold["without"])
    if gold.get("title"):
        scores["title"] = float(plain(answer.title) == plain(gold["title"]))
    if gold.get("date"):
        scores["date"] = float(answer.day == gold["date"])
    if gold.get("author"):
        found = {plain(name) for name in answer.authors}
        scores["authors"] = float(found == {plain(name) for name in gold["author"]})
    return scores


def token_scores(text: str, gold: str, neutral: str) -> dict[str, float]:
    """Return F1, precision and recall of the multisets of words; `neutral` words may leak."""
    found, wanted = words(text), words(gold)
    hits = sum((found & wanted).values())
    allowed = sum(((found - wanted) & words(neutral)).values())
    precision = hits / max(1, found.total() - allowed)
    recall = hits / max(1, wanted.total())
    both = precision + recall
    return {
        "f1": 2 * precision * recall / both if both else 0.0,
        "precision": precision,
        "recall": recall,
    }


def words(text: str) -> Counter[str]:
    """Return the multiset of lower-case words, without what a reader does not see."""
    return Counter(_WORD.findall(text.translate(_UNSEEN).lower()))


def plain(text: str) -> str:
    """Return text as it is compared: one kind of quote and dash, one blank, no case, all seen."""
    text = re.sub("[“”„«»\"'‘’`´]", "'", text.translate(_UNSEEN))
    return " ".join(re.sub("[–—−]", "-", text).lower().split())


def share(text: str, segments: list[str]) -> float:
    """Return the share of `segments` that occur in `text`."""
    flat = plain(text)
    return sum(plain(segment) in flat for segment in segments) / len(segments)
