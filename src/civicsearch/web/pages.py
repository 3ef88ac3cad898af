"""Turns views into HTML with the templates beside this file, everything escaped."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from civicsearch import __version__
from civicsearch.query.parser import MAX_QUERY_CHARS

if TYPE_CHECKING:
    from civicsearch.web.forms import FormView

__all__ = ["STYLESHEET_PATH", "Pages"]

STYLESHEET_PATH = "/static/style.css"

_HERE = Path(__file__).parent


class Pages:
    """The templates and the stylesheet, read once.

    Attributes:
        stylesheet: The stylesheet.
        version: What tells these pages from those of another version of the program.
    """

    def __init__(self, root: str = "") -> None:
        """Read them; `root` is what links begin with."""
        self.stylesheet = (_HERE / "static" / "style.css").read_bytes()
        self._templates = Environment(
            loader=FileSystemLoader(_HERE / "templates"),
            autoescape=True,  # always: no template decides by its name
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        # The address changes with the content, so that browsers may keep the file.
        version = _digest(self.stylesheet)
        self._templates.globals["root"] = root
        self._templates.globals["max_query_chars"] = MAX_QUERY_CHARS
        self._templates.globals["stylesheet_href"] = f"{root}{STYLESHEET_PATH}?v={version}"
        self.version = f"{__version__} {root} {version} {_digest(_read_templates())}"

    def render(self, template: str, *, form: FormView, **views: object) -> str:
        """Return the page that `template` makes of the form and `views`."""
        return self._templates.get_template(template).render(form=form, **views)


def _read_templates() -> bytes:
    return b"".join(path.read_bytes() for path in sorted((_HERE / "templates").glob("*.html")))


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:12]
