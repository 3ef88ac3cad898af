"""Which pages of other sites may read the JSON in a browser (CORS); none, unless told otherwise."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response

from civicsearch.errors import InvalidOptionError
from civicsearch.web.headers import add_security_headers

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["AllowedOrigins", "CrossOriginMiddleware"]

_ANY = "*"
_ORIGIN = re.compile(
    r"(?P<scheme>https?)://(?P<host>[a-z0-9._-]+|\[[0-9a-f:.]+\])(?::(?P<port>[0-9]{1,5}))?"
)
_USUAL_PORTS = {"http": "80", "https": "443"}
_SHARED = "/api/"
_SECONDS_A_DAY = "86400"


class AllowedOrigins:
    """The origins whose scripts may read answers; `*` stands for all."""

    def __init__(self, origins: Iterable[str] = ()) -> None:
        """Allow these.

        Raises:
            InvalidOptionError: One is no origin.
        """
        self._origins = frozenset(map(_as_browsers_say, origins))

    def headers_for(self, path: str, origin: str | None) -> Mapping[str, str]:
        """Return what an answer at `path` says to the page of an origin, if anything."""
        if not self._origins or not path.startswith(_SHARED):
            return {}
        if _ANY in self._origins:
            allowed = {"Access-Control-Allow-Origin": _ANY}
        elif origin in self._origins:
            allowed = {"Access-Control-Allow-Origin": str(origin)}
        else:
            return {"Vary": "Origin"}
        vary = {} if _ANY in self._origins else {"Vary": "Origin"}
        return {**allowed, **vary, "Access-Control-Expose-Headers": "ETag, Retry-After"}

    def add_to(self, headers: MutableHeaders, *, path: str, origin: str | None) -> None:
        """Add to `headers` of an answer what it says to the page of an origin."""
        for name, value in self.headers_for(path, origin).items():
            if name == "Vary":
                headers.add_vary_header(value)
            else:
                headers[name] = value


class CrossOriginMiddleware:
    """Tells browsers whose scripts may read what the application inside it answers.

    It stands outside of all that turns errors into answers: a script may read these as well.
    """

    def __init__(self, app: ASGIApp, origins: AllowedOrigins) -> None:
        self._app = app
        self._origins = origins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        asked = Headers(scope=scope)
        path, origin = scope["path"], asked.get("origin")
        if scope["method"] == "OPTIONS" and "access-control-request-method" in asked:
            allowed = self._origins.headers_for(path, origin)
            if "Access-Control-Allow-Origin" in allowed:
                await _permission(allowed)(scope, receive, send)
                return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._origins.add_to(MutableHeaders(scope=message), path=path, origin=origin)
            await send(message)

        await self._app(scope, receive, send_with_headers)


def _permission(allowed: Mapping[str, str]) -> Response:
    """Return the answer to a browser that asks before it sends a request with odd headers."""
    response = Response(status_code=204, headers=allowed)
    response.headers["Access-Control-Allow-Methods"] = "GET, HEAD"
    response.headers["Access-Control-Allow-Headers"] = "*"
    response.headers["Access-Control-Max-Age"] = _SECONDS_A_DAY
    add_security_headers(response.headers)
    return response


def _as_browsers_say(origin: str) -> str:
    """Return an origin in the form of the `Origin` header: without the usual port."""
    found = _ORIGIN.fullmatch(origin.lower())
    if origin != _ANY and found is None:
        expected = "* or an origin such as https://example.org, without a path"
        raise InvalidOptionError(option="allow-origin", value=origin, expected=expected)
    if found is None or found["port"] != _USUAL_PORTS[found["scheme"]]:
        return origin.lower()
    return f"{found['scheme']}://{found['host']}"
