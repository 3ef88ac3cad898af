"""Runs the application on a port of this machine until it is told to stop."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import socket
from typing import TYPE_CHECKING, Any

import uvicorn

from civicsearch.archive import Archive
from civicsearch.errors import InvalidOptionError
from civicsearch.web.app import create_app
from civicsearch.web.logbook import Logbook
from civicsearch.web.protocol import MAX_HEADER_BYTES, GuardedProtocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from starlette.types import ASGIApp

__all__ = ["serve"]

BACKLOG = 512
"""Connections that the system keeps waiting until they are taken."""
IDLE_S = 15
"""After how many seconds without a request a connection is closed."""
GRACE_S = 5
"""How long answers under way may take when the server is told to stop."""
_NO_RESOURCES = {errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM}


def serve(  # noqa: PLR0913 - one for each thing an operator can choose
    index: Path,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    root_path: str = "",
    allow_origins: Iterable[str] = (),
    abbreviations: Path | None = None,
    ready: Callable[[str], None] | None = None,
) -> None:
    """Answer requests from the archive at `index` until an interrupt or a termination signal.

    Commits of other processes are seen at once.

    Args:
        index: The folder of the archive.
        host: The name or address to listen on; the default is reached from this machine only.
        port: The port, or 0 for any that is free.
        root_path: The path of the host below which a proxy has the site; see `create_app`.
        allow_origins: Origins of other sites whose scripts may read the JSON.
        abbreviations: A file of abbreviations; see `Archive.open`.
        ready: Called with the address of the page as soon as it can be opened.

    Raises:
        AbbreviationsError: That file cannot be read.
        ArchiveError: There is no archive, or it cannot be read; nothing was served then.
        InvalidOptionError: Nothing can listen on this host and port; or the path is none, or an
            origin.
    """
    with (
        Archive.open(index, abbreviations=abbreviations) as archive,
        _listen(host, port) as listener,
    ):
        app = create_app(archive, root_path=root_path, allow_origins=allow_origins)
        server = Server(_config(app))
        if ready is not None:
            ready(_address(listener))
        with contextlib.suppress(KeyboardInterrupt):  # the usual way to stop it
            server.run(sockets=[listener])


class Server(uvicorn.Server):
    """That of uvicorn, quiet where no connection can be taken.

    Without file handles asyncio tries again every second, up to a backlog of times, and logs each
    of them with a traceback: a megabyte a second.
    """

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to take connections."""
        asyncio.get_running_loop().set_exception_handler(_loop_handler(Logbook()))
        await super().startup(sockets=sockets)


def _loop_handler(
    logbook: Logbook,
) -> Callable[[asyncio.AbstractEventLoop, dict[str, Any]], None]:
    def handle(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        if isinstance(error, OSError) and error.errno in _NO_RESOURCES:
            logbook.tell(
                f"No connection can be taken: {error.strerror}. It is tried again every second; "
                "a higher limit of open files (ulimit -n) keeps it from happening."
            )
        else:
            loop.default_exception_handler(context)

    return handle


def _config(app: ASGIApp) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        http=GuardedProtocol,
        ws="none",
        loop="asyncio",
        lifespan="off",
        log_config=None,  # logging is set up by whoever runs the process
        log_level="error",  # a line for each request that is no HTTP would be a visitor's to write
        access_log=False,  # queries are the visitors' own
        server_header=False,
        proxy_headers=False,
        backlog=BACKLOG,
        timeout_keep_alive=IDLE_S,
        timeout_graceful_shutdown=GRACE_S,
        h11_max_incomplete_event_size=MAX_HEADER_BYTES,
    )


def _listen(host: str, port: int) -> socket.socket:
    """Return a socket that accepts connections."""
    if not 0 <= port <= 65_535:
        raise InvalidOptionError(option="port", value=port, expected="from 0 to 65535")
    if host.startswith("[") and host.endswith("]"):  # as IPv6 stands in an address
        host = host[1:-1]
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, kind, protocol, _, address = found[0]
    except (socket.gaierror, UnicodeError):  # UnicodeError: a label too long for a host name
        expected = "a name or an address of this machine, such as 127.0.0.1"
        raise InvalidOptionError(option="host", value=host, expected=expected) from None
    listener = socket.socket(family, kind, protocol)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(BACKLOG)
    except OSError as error:
        listener.close()
        raise _refusal(error, host, port) from error
    return listener


def _refusal(error: OSError, host: str, port: int) -> InvalidOptionError:
    if error.errno == errno.EADDRINUSE:
        expected = f"a free port; something else listens on port {port} of {host}"
        return InvalidOptionError(option="port", value=port, expected=expected)
    if error.errno in {errno.EACCES, errno.EPERM}:
        expected = "a port that you may listen on; those under 1024 need special rights"
        return InvalidOptionError(option="port", value=port, expected=expected)
    expected = f"an address of this machine ({error.strerror})"
    return InvalidOptionError(option="host", value=host, expected=expected)


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
