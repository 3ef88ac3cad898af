"""`civicsearch serve`: the search page and its JSON endpoint on this machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from civicsearch.cli.options import abbreviations_option, index_option, option
from civicsearch.cli.rendering import say

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["command"]

_LOOPBACK = ("127.0.0.1", "localhost", "::1")

HELP = """Serve the index as a web page and a JSON endpoint, until Ctrl-C.

\b
Examples:
  civicsearch serve                       then open http://127.0.0.1:8000/
  civicsearch serve --port 8080
  civicsearch serve --root-path /tim-kiem     behind a proxy, below that path
  curl 'http://127.0.0.1:8000/api/search?q=dan+van+kheo'

Only this machine can reach it unless --host says otherwise; there is no
password.

Exit status: 0 stopped by Ctrl-C, 2 error; 143 by SIGTERM. Answers under way are
given first.
"""


@click.command(name="serve", help=HELP, short_help="Serve the index as a web page.")
@option(
    "serve",
    "--host",
    metavar="ADDRESS",
    default="127.0.0.1",
    show_default=True,
    help="Address to listen on.",
)
@option(
    "serve",
    "--port",
    metavar="N",
    type=int,
    default=8000,
    show_default=True,
    help="Port to listen on; 0 takes any free one.",
)
@option(
    "serve",
    "--root-path",
    metavar="PATH",
    default="",
    help="Path of the site below which a proxy has the pages, such as /tim-kiem.",
)
@option(
    "serve",
    "--allow-origin",
    "allow_origins",
    metavar="ORIGIN",
    multiple=True,
    help="Let scripts of another site read the JSON: https://example.org, or * for all; "
    "may be repeated.",
)
@abbreviations_option("serve")
@index_option("serve")
def command(
    host: str,
    port: int,
    root_path: str,
    allow_origins: tuple[str, ...],
    index: Path,
    abbreviations: Path | None,
) -> None:
    """Serve the archive until interrupted."""
    # Loaded only now: a bad option is told without waiting for a web server.
    from civicsearch.web.server import serve

    serve(
        index,
        host=host,
        port=port,
        root_path=root_path,
        allow_origins=allow_origins,
        abbreviations=abbreviations,
        ready=lambda address: _announce(index, host, address),
    )


def _announce(index: Path, host: str, address: str) -> None:
    if host.strip("[]") not in _LOOPBACK:
        say("Whoever can reach this machine can search the index; there is no password.")
    say(f"Serving '{index}' at {address} (Ctrl-C stops it).")
