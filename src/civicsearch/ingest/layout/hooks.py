"""What scripts and tests call the parts of a page, where class names are made by a program.

`<div class="css-1q2w3e" data-testid="byline">`: a system that shortens its class names often has
to name the parts for its own tests. Such a name tells what a class name does elsewhere.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["may_have_hooks", "take_hooks"]

_HOOKS = (
    "data-testid",
    "data-test",
    "data-test-id",
    "data-hook",
    "data-component",
    "data-module",
    "data-qa",
)
_HOOKED = etree.XPath(f"//*[{' or '.join(f'@{name}' for name in _HOOKS)}]")
_ANY = re.compile("data-(?:test|hook|component|module|qa)")  # without case: five times slower
_MAX_CHARS = 60


def may_have_hooks(text: str) -> bool:
    """Return whether a page may have any, by its text: to ask the tree of a page takes 1 ms.

    Small letters and capitals are known, no mixture: systems write the one, and the other is old.
    """
    return _ANY.search(text) is not None or "DATA-" in text


def take_hooks(root: HtmlElement) -> bool:
    """Add the names in hooks to the class names, and return whether there are any.

    A hook of several words, or with a value of a program in it, is no name.
    """
    is_changed = False
    for element in _HOOKED(root):
        hooks = [hook for name in _HOOKS if _is_name(hook := element.get(name, ""))]
        if hooks:
            element.set("class", " ".join([element.get("class", ""), *hooks]).strip())
            is_changed = True
    return is_changed


def _is_name(hook: str) -> bool:
    return 0 < len(hook) <= _MAX_CHARS and not any(map(str.isspace, hook)) and "{" not in hook
