"""What every response tells the browser about safety, whatever it is and whoever made it.

A middleware adds it to all that the application answers. Two kinds of answer pass it by and ask
for `SECURITY_HEADERS` themselves: that of an unexpected error (made outside all middleware), and
the refusals in `protocol.py` (made before there is a request).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.datastructures import MutableHeaders

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["SECURITY_HEADERS", "SecurityHeadersMiddleware", "add_security_headers"]

_CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self' data:",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)

SECURITY_HEADERS: tuple[tuple[str, str], ...] = (
    ("Content-Security-Policy", _CONTENT_SECURITY_POLICY),
    ("X-Content-Type-Options", "nosniff"),
    # A search is nobody else's business: the address of a result page holds the query.
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Cache-Control", "no-store"),
)
"""Set where the response does not say otherwise itself."""


def add_security_headers(headers: MutableHeaders) -> None:
    """Add `SECURITY_HEADERS` to `headers`, keeping what stands there already."""
    for name, value in SECURITY_HEADERS:
        headers.setdefault(name, value)


class SecurityHeadersMiddleware:
    """Adds `SECURITY_HEADERS` to every response of the application inside it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                add_security_headers(MutableHeaders(scope=message))
            await send(message)

        await self._app(scope, receive, send_with_headers)
