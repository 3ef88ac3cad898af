"""Signs that a system has encoded twice: `&amp;nbsp;` where `&nbsp;` was meant.

An editor makes an entity of a dash or a quotation mark, and the template makes text of that again:
readers see `&#8211;`. Only signs of typography are mended; a page that shows code means them.
"""

from __future__ import annotations

import re

__all__ = ["mend_double_encoding"]

_NAMES = (
    "nbsp|ensp|emsp|thinsp|shy|quot|apos|[lr][sd]quo|[sb]dquo|sbquo|[lr]aquo|[lr]saquo|ndash|mdash"
    "|hellip|bull|middot|deg|copy|reg|trade|euro|sect|times|frac12|[a-zA-Z]{1,2}(?:acute|grave|circ"
    "|tilde|uml|cedil|caron|ring|slash|lig)"
)
# Numbers from 128 to 159 are of control characters, and a dash only by a guess: the one page of
# 995 that shows such a number has it in its gold as it is shown.
_NUMBERS = r"#(?!1[345]\d;|12[89];)\d{2,5}|#[xX](?!0{0,2}[89][0-9a-fA-F];)[0-9a-fA-F]{2,4}"
_TWICE = re.compile(rf"&amp;(?:amp;){{0,3}}(?=(?:{_NAMES}|{_NUMBERS});)")
_CODE = re.compile(r"<(?:code|pre|kbd|samp|xmp)[\s>]", re.IGNORECASE)


def mend_double_encoding(text: str) -> str:
    """Return the text of a page with what was encoded twice encoded once.

    >>> mend_double_encoding("<p>Lam&amp;nbsp;Khê &amp;#8211; A &amp; B</p>")
    '<p>Lam&nbsp;Khê &#8211; A &amp; B</p>'
    """
    if _TWICE.search(text) is None or _CODE.search(text):
        return text
    return _TWICE.sub("&", text)
