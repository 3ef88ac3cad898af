"""Spares the answer that the browser has already: ETag, If-None-Match, 304.

Answers depend on the address and on what is in the archive, and on nothing else. So a tag is made
of the two, before anything is searched for, and an answer that has not changed costs a look at
one file. The tag is a weak one: the time that a search took is in the answer, too, and it may be
packed.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from starlette.responses import Response

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request

    from civicsearch.archive import Archive

    Answer = Callable[[Request], Response]

__all__ = ["Revalidation"]

# Caches may keep an answer, but have to ask before they use it again: the next commit may be a
# second away. What somebody searched for is kept by nobody else's.
_CACHE_CONTROL = "private, no-cache"
_TAG = re.compile(r'(?:W/)?("[^"]*")')


class Revalidation:
    """Gives answers a tag, and answers 304 to who has that already."""

    def __init__(self, archive: Archive, *, version: str) -> None:
        """Tag answers from `archive` that are made by this version of program and templates."""
        self._archive = archive
        self._version = version

    def of(self, answer: Answer) -> Answer:
        """Return what answers as `answer` does, or 304."""

        def answer_once(request: Request) -> Response:
            tag = self._tag(request)  # before the search: it may be too old, but never too new
            wanted = ",".join(request.headers.getlist("if-none-match"))
            response = None if tag in _TAG.findall(wanted) else answer(request)
            if response is None or wanted.strip() == "*":
                # What packs the answers says so of those alone that it looks at.
                response = Response(status_code=304, headers={"Vary": "Accept-Encoding"})
            response.headers["ETag"] = f"W/{tag}"
            response.headers["Cache-Control"] = _CACHE_CONTROL
            return response

        return answer_once

    def _tag(self, request: Request) -> str:
        parts = (
            self._version.encode(),
            self._archive.revision.encode(),
            request.scope["path"].encode(errors="backslashreplace"),
            request.scope["query_string"],
        )
        # Each with its length, so that no two lists of parts are the same text.
        told = b"".join(b"%d:%s" % (len(part), part) for part in parts)
        return f'"{hashlib.blake2b(told, digest_size=12).hexdigest()}"'
