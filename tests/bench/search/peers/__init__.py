"""One adapter per engine, and the list of them. A peer's library is loaded when it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from bench.search.peers.protocol import Answer, Peer, PeerMissingError

__all__ = ["PEERS", "Answer", "Peer", "PeerMissingError", "make_peer"]

PEERS: dict[str, str] = {
    "civicsearch": "civicsearch_peer:CivicsearchPeer",
    "civicsearch-grown": "civicsearch_peer:GrownCivicsearchPeer",
    "tantivy": "tantivy_peer:counting",
    "tantivy-uncounted": "tantivy_peer:uncounted",
    "tantivy-one-field": "tantivy_peer:one_field",
    "tantivy-own-words": "tantivy_peer:own_words",
    "sqlite-fts5": "sqlite_peer:SqlitePeer",
    "xapian": "xapian_peer:XapianPeer",
    "whoosh": "whoosh_peer:WhooshPeer",
    "bm25s": "bm25s_peer:Bm25sPeer",
}
"""Name of each peer, and where it is made: a module of this folder and a callable in it."""


def make_peer(name: str) -> Peer:
    """Return a peer that is neither built nor opened.

    Raises:
        PeerMissingError: Its library is not installed.
    """
    module, _, attribute = PEERS[name].partition(":")
    try:
        make: Callable[[], Peer] = getattr(import_module(f"{__name__}.{module}"), attribute)
    except ImportError as error:
        raise PeerMissingError(name, str(error)) from error
    return make()
