"""Guards the connection before there is a request: refusals with our headers, and deadlines.

Uvicorn answers what is not HTTP by itself, without the headers that every response of ours has,
takes headers of any length that come at once, and waits for ever for the rest of a request that has
begun, and for who asks and does not read. All of that is put right here.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

from civicsearch.web.headers import SECURITY_HEADERS
from civicsearch.web.problems import PROBLEM_TYPE, Problem
from civicsearch.web.responses import safe_json

if TYPE_CHECKING:
    import asyncio

__all__ = ["MAX_CONNECTIONS", "MAX_HEADER_BYTES", "REQUEST_DEADLINE_S", "GuardedProtocol"]

MAX_CONNECTIONS = 256
"""How many connections are served at a time."""
MAX_HEADER_BYTES = 32_768
"""Length of request line and headers together; a query of 1,000 characters has 9,000 at most."""
REQUEST_DEADLINE_S = 10.0
"""Within how many seconds a request must have arrived, from its connection or its first byte."""
STALLED_S = 30.0
"""After how many seconds, or twice as many, an answer is given up of which nothing is read."""

_UNREADABLE = Problem(
    status=400,
    code="bad_request",
    title="Bad Request",
    detail="This is not a readable HTTP request, or its headers are too long.",
)
_UNENCODED = replace(
    _UNREADABLE,
    detail="Letters with accents must be percent-encoded in an address: dân as d%C3%A2n. "
    "curl does that with -G --data-urlencode 'q=dân'.",
)
_CROWDED = Problem(
    status=503,
    code="service_unavailable",
    title="Service Unavailable",
    detail="Too many connections at the moment. Try again in a few seconds.",
    headers={"Retry-After": "5"},
)


class GuardedProtocol(H11Protocol):
    """HTTP/1.1 with limits on connections, and on the time to send a request or read an answer."""

    _deadline: asyncio.TimerHandle | None = None
    _watch: asyncio.TimerHandle | None = None
    _first_line = b""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Refuse the connection where there are too many, else wait for a request."""
        super().connection_made(transport)
        if len(self.connections) > MAX_CONNECTIONS:
            self._refuse(_CROWDED)
        else:
            self._start_deadline()
        self._watch = self.loop.call_later(STALLED_S, self._check_progress, 0)

    def data_received(self, data: bytes) -> None:
        """Take in bytes; a request that they complete stops the clock."""
        before = self.cycle
        self._first_line = data.partition(b"\n")[0]
        # h11 holds only headers against a limit whose end has not come yet.
        if not _is_answering(before) and len(data.partition(b"\r\n\r\n")[0]) > MAX_HEADER_BYTES:
            self.send_400_response("too long")
            return
        super().data_received(data)
        if self.cycle is not before:
            self._stop_deadline()
        elif not _is_answering(self.cycle):
            self._start_deadline()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop the clocks."""
        self._stop_deadline()
        if self._watch is not None:
            self._watch.cancel()
        super().connection_lost(exc)

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 - uvicorn's signature
        """Answer what is not HTTP in the shape of all our errors."""
        line = self._first_line
        is_unencoded = line.startswith((b"GET ", b"HEAD ")) and not line.isascii()
        self._refuse(_UNENCODED if is_unencoded else _UNREADABLE)

    def _start_deadline(self) -> None:
        if self._deadline is None and not self.transport.is_closing():
            self._deadline = self.loop.call_later(REQUEST_DEADLINE_S, self.transport.close)

    def _stop_deadline(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _check_progress(self, waiting_before: int) -> None:
        """Drop the connection where as many bytes wait to be read as the last time, but for none.

        To close it would not do: that waits until they are read.
        """
        waiting = self.transport.get_write_buffer_size()
        if waiting and waiting == waiting_before:
            self.transport.abort()
        else:
            self._watch = self.loop.call_later(STALLED_S, self._check_progress, waiting)

    def _refuse(self, problem: Problem) -> None:
        self._stop_deadline()
        body = safe_json(problem.to_dict())
        lines = [
            f"HTTP/1.1 {problem.status} {problem.title}",
            f"Content-Type: {PROBLEM_TYPE}; charset=utf-8",
            f"Content-Length: {len(body)}",
            "Connection: close",
            *(f"{name}: {value}" for name, value in (*SECURITY_HEADERS, *problem.headers.items())),
        ]
        self.transport.write("\r\n".join(lines).encode() + b"\r\n\r\n" + body)
        self.transport.close()


def _is_answering(cycle: RequestResponseCycle | None) -> bool:
    return cycle is not None and not cycle.response_complete
