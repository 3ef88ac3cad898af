"""A door for programs that speak Whoosh: an archive, read as a `whoosh.index.FileIndex`.

Whoosh's own searcher, queries, collectors, facets, highlighter and spelling work on it. Whoosh is
imported here and nowhere else; nothing else of the project imports this folder.
"""

from civicsearch.engines.local.whoosh.index import ArchiveIndex, open_whoosh_index

__all__ = ["ArchiveIndex", "open_whoosh_index"]
