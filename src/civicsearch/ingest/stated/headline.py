"""Which part of a stated title is the headline, and which the name of the site."""

from __future__ import annotations

import re

from civicsearch.analysis.folding import fold

__all__ = ["without_last_part", "without_site_name"]

# Chinese and Japanese sites part without blanks: `修缮吊桥_岚山新闻网`.
_BETWEEN_SIGNS = r"(?<=[\u3040-\u9fff）】》”！？])(?:_+|-)(?=[\u3040-\u9fff])"
_SEPARATOR = re.compile(
    r"\s+(?:[|–—:·•»«>~]|-{1,2}|::|/|\\\\)\s+|\s*[|｜»]\s*|\s+-|-\s+|:\s+(?=[^:]+$)"
    rf"|{_BETWEEN_SIGNS}"
)
_NO_LETTERS = re.compile(r"[\W_]+")
# Signs that part a headline from a name. A colon parts a kicker from its headline as well.
_CERTAIN = tuple("|–—-·•»>~/")
_LAST_PART = re.compile(r"\s+[|–—·•»-]\s+")
_MAX_SITE_WORDS = 8
# A headline in signs that stand for words has no fewer.
_MIN_SIGNS = 8
_SITE_WORDS = re.compile(
    r"\b(?:bao(?: dien tu)?|cong thong tin|trang thong tin|tap chi|dai phat thanh|official|news"
    r"|home"
    r"|oficial\w*|stranky|strona|serwis|portal|ayuntamiento|mairie|ville de|urzad|gmina|stadt|www"
    r"|zeitung|tribune|herald|magazine|blog|online|com|net|org|vn)\b"
)


def without_site_name(
    title: str, *, site_names: tuple[str, ...], headlines: tuple[str, ...]
) -> str:
    """Return `title` without the site's name before or after it.

    Args:
        title: As stated, e.g. `Headline - Section | Site`.
        site_names: What the site is called: stated names and the host.
        headlines: Texts of headings on the page; a part of the title equal to one is it.

    >>> without_site_name("Họp dân | Báo Lam Khê", site_names=("Báo Lam Khê",), headlines=())
    'Họp dân'
    """
    for headline in headlines:
        if len(headline) > 8 and _same_start_or_end(title, headline):
            return headline
    names = tuple(filter(None, map(_key, site_names)))
    for _ in range(3):
        shorter = _cut_once(title, names)
        if shorter == title:
            return title
        title = shorter
    return title


def without_last_part(title: str) -> str:
    """Return `title` without a short last part: what a `<title>` alone ends with is the site.

    >>> without_last_part("Xã Vọng Sơn lấy ý kiến về giá nước - Bộ Thủy lợi")
    'Xã Vọng Sơn lấy ý kiến về giá nước'
    """
    cuts = list(_LAST_PART.finditer(title))
    if not cuts:
        return _first_of_signs(title)
    head, last = title[: cuts[-1].start()], title[cuts[-1].end() :]
    return head if len(last.split()) <= 4 and len(head.split()) >= 5 else title


def _first_of_signs(title: str) -> str:
    """Return what stands before the section and the site that `_` parts without blanks."""
    first, *others = re.split(_BETWEEN_SIGNS, title)
    return first if len(first) >= max(_MIN_SIGNS, *map(len, others), 0) else title


def _same_start_or_end(title: str, headline: str) -> bool:
    """Return whether `title` is `headline`, a separator, and something else."""
    folded, wanted = fold(title), fold(headline)
    if folded.startswith(wanted):
        rest = folded[len(wanted) :].lstrip()
        long = len(headline) > 25  # a kicker is short
        return not rest or rest[0] in _CERTAIN or (long and rest[0] == ":")
    if folded.endswith(wanted):
        rest = folded[: -len(wanted)].rstrip()
        # What is shorter than the part before it is a site that calls itself by a main heading.
        return rest[-1:] in _CERTAIN and len(wanted) >= len(rest) - 1
    return False


def _cut_once(title: str, names: tuple[str, ...]) -> str:
    """Return `title` without its last or first part where that is the site's name."""
    cuts = list(_SEPARATOR.finditer(title))
    for cut in reversed(cuts):
        if _is_site_name(title[cut.end() :], names):
            return title[: cut.start()].strip() or title
    for cut in cuts:
        if _is_site_name(title[: cut.start()], names):
            return title[cut.end() :].strip() or title
    return title


def _is_site_name(part: str, names: tuple[str, ...]) -> bool:
    key = _key(part)
    if not key or len(part.split()) > _MAX_SITE_WORDS:
        return False
    if any(_is_alike(key, name) for name in names):
        return True
    return len(part.split()) <= 5 and not names and _SITE_WORDS.search(fold(part)) is not None


def _is_alike(key: str, name: str) -> bool:
    """Return whether a part is a piece of a name, or a name with a few words more."""
    if key in name:
        return len(key) > 3 or key == name
    return len(name) > 3 and name in key and 2 * len(name) >= len(key)


def _key(name: str) -> str:
    """Return a name as folded letters and digits only: `Báo Lam Khê` is `baolamkhe`."""
    return _NO_LETTERS.sub("", fold(name))
