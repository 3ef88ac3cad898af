"""The path of a site below which the pages are, as `/tim-kiem`, where a proxy has other pages too.

Links of the pages begin with it. The proxy may pass it on or take it away: both are understood.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from civicsearch.errors import InvalidOptionError

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

__all__ = ["RootPath", "RootPathMiddleware"]

_PATH = re.compile(r"(?:/[^/?#\\\x00-\x20\x7f]+)*")
_SEARCH = "/search"
# Whether `/api/search` is the page below /api, or the JSON with /api taken away, nobody can tell.
_OURS = {"api", "documents"}


class RootPath:
    """Where on its host the site begins.

    Attributes:
        href: What links begin with, percent-encoded; "" for the root of the host.
    """

    def __init__(self, path: str = "") -> None:
        """Begin at `path`, whether it ends with a slash or not.

        Raises:
            InvalidOptionError: It cannot be the beginning of addresses.
        """
        self._path = unquote(path).rstrip("/")
        parts = self._path.split("/")[1:]
        if not _PATH.fullmatch(self._path) or {".", ".."} & set(parts):
            expected = "a path such as /tim-kiem"
            raise InvalidOptionError(option="root-path", value=path, expected=expected)
        if parts and parts[0] in _OURS:
            expected = f"another path: /{parts[0]} is where the site itself has its answers"
            raise InvalidOptionError(option="root-path", value=path, expected=expected)
        self.href = quote(self._path, errors="replace")

    def inner(self, path: str) -> str:
        """Return a path of a request as from the root of the host."""
        if path == self._path and path != _SEARCH:
            return "/"
        if self._path and path.startswith(f"{self._path}/"):
            return path[len(self._path) :]
        return path


class RootPathMiddleware:
    """Takes the root path from the requests to the application inside it."""

    def __init__(self, app: ASGIApp, root_path: RootPath) -> None:
        self._app = app
        self._root_path = root_path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "http":
            scope = {**scope, "path": self._root_path.inner(scope["path"])}
        await self._app(scope, receive, send)
