"""One pattern for many wordings, written so that looking for any of them is quick.

Python's `re` skips places where no alternative can begin, and passes over those that begin with
another letter, but only where each begins with a letter of its own: sixty alternatives looked for
in the names of a page's elements took 12 microseconds a name as they were, and 2.4 this way. Where
only counts whether a plain word occurs, each is looked for by its rarest letter: half of that.
"""

from __future__ import annotations

import re
from collections import defaultdict

from civicsearch.analysis.folding import fold

__all__ = ["compile_alternatives", "compile_stems", "fold_table", "split_alternatives"]

# In folded text and in names of elements, over the languages of civic news.
_RAREST_FIRST = "qxjzwvkfybgphmucdl rsotniae-"
_LEADING_GROUP = re.compile(r"\(\?:([^()]*)\)(?![?*+{])(.*)", re.DOTALL)


def fold_table(table: str) -> str:
    r"""Return a table of alternatives, written on several lines, folded and on one.

    >>> fold_table("číslo|Größe\n|trang\n")
    'cislo|grosse|trang'
    """
    return fold(table.replace("\n", ""))


def compile_alternatives(table: str) -> re.Pattern[str]:
    """Return the pattern `table`, its alternatives gathered by their first letters.

    Args:
        table: Alternatives parted by `|`. Each begins with a letter that must be there, or with a
            plain group `(?:one|two)` of such. Of two that match at one place, the one whose first
            letter came first in the table wins.

    >>> compile_alternatives("bread|(?:at|by)e|box").pattern
    'b(?:read|ye|ox)|ate'
    """
    by_letter: dict[str, list[str]] = defaultdict(list)
    for alternative in split_alternatives(table):
        for plain in _expanded(alternative):
            by_letter[plain[0]].append(plain[1:])
    return re.compile(
        "|".join(
            letter + (rest[0] if len(rest) == 1 else f"(?:{'|'.join(rest)})")
            for letter, rest in by_letter.items()
        )
    )


def compile_stems(table: str) -> re.Pattern[str]:
    """Return a pattern that is found in a text that holds a word of `table`, and in no other.

    What it matches begins at the rarest letter of the word: at few letters of a text there is
    anything to try. Use it to ask whether, never what or where.

    Args:
        table: Words in lower-case letters, blanks and hyphens, parted by `|`.

    >>> compile_stems("tag|key").pattern
    'g(?:(?<=tag))|k(?:ey)'
    """
    by_letter: dict[str, list[str]] = defaultdict(list)
    for stem in table.split("|"):
        letter = min(stem, key=_RAREST_FIRST.index)
        before, after = stem.split(letter, 1)
        by_letter[letter].append(f"{after}(?<={stem})" if before else after)
    return re.compile("|".join(f"{one}(?:{'|'.join(rest)})" for one, rest in by_letter.items()))


def _expanded(alternative: str) -> list[str]:
    group = _LEADING_GROUP.fullmatch(alternative)
    return [start + group[2] for start in group[1].split("|")] if group else [alternative]


def split_alternatives(table: str) -> list[str]:
    """Return what `|` parts outside of groups.

    >>> split_alternatives("one|(?:two|three) four")
    ['one', '(?:two|three) four']
    """
    parts, depth = [""], 0
    for sign in table:
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if sign == "|" and not depth:
            parts.append("")
        else:
            parts[-1] += sign
    return parts
