"""What a tag of the soup says about itself: its names, its attributes, how it is set."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bs4.element import Tag

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["attribute_of", "is_bold", "is_centered", "tag_names", "tags_in"]

_BOLD_TAGS = frozenset(("b", "strong"))
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_CENTER_STYLE = re.compile(r"text-align\s*:\s*center", re.IGNORECASE)


def tag_names(tag: Tag) -> str:
    """Return the class and id values of `tag`, as one string."""
    attributes = tag.attrs
    if not attributes:
        return ""
    return f"{attributes.get('class') or ''} {attributes.get('id') or ''}".strip()


def attribute_of(tag: Tag, name: str) -> str | None:
    """Return the value of an attribute, or None."""
    value = tag.attrs.get(name)
    return value if value is None or isinstance(value, str) else " ".join(value)


def tags_in(tag: Tag, *names: str) -> Iterator[Tag]:
    """Yield the tags in `tag` with one of these names; `find_all` takes four times as long."""
    return (one for one in tag.descendants if isinstance(one, Tag) and one.name in names)


def is_centered(tag: Tag) -> bool:
    """Return whether `tag` sets its text in the middle."""
    if tag.name == "center":
        return True
    if not tag.attrs:
        return False
    if (attribute_of(tag, "align") or "").lower() == "center":
        return True
    style = attribute_of(tag, "style")
    return style is not None and bool(_CENTER_STYLE.search(style))


def is_bold(tag: Tag) -> bool:
    """Return whether `tag` sets its text in bold."""
    if tag.name in _BOLD_TAGS:
        return True
    style = attribute_of(tag, "style")
    return style is not None and bool(_BOLD_STYLE.search(style))
