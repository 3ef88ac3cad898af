"""Packs long answers for who can unpack them, and only for them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from starlette.datastructures import Headers
from starlette.middleware.gzip import GZipMiddleware

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

__all__ = ["PackingMiddleware"]

_NAME = b"accept-encoding"
_REFUSED = re.compile(r"gzip\s*;\s*q=0(?:\.0*)?\s*(?:,|$)", re.IGNORECASE)


class PackingMiddleware(GZipMiddleware):
    """That of Starlette, which takes `gzip;q=0`, a refusal, for a wish."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        wanted = Headers(scope=scope).get("accept-encoding", "") if "headers" in scope else ""
        if _REFUSED.search(wanted):
            others = [header for header in scope["headers"] if header[0] != _NAME]
            scope = {**scope, "headers": others}
        await super().__call__(scope, receive, send)
