"""Full-text search over civic news articles, for text with or without its accents.

`extract` makes a `Document` of one page; an `Archive` keeps documents and searches them.
"""

from importlib import import_module as _import_module
from typing import TYPE_CHECKING

from civicsearch._version import __version__

if TYPE_CHECKING:
    from civicsearch.archive import Archive
    from civicsearch.document import Caption, Copy, Document, Origin, Page
    from civicsearch.errors import (
        AbbreviationsError,
        ArchiveAccessError,
        ArchiveClosedError,
        ArchiveCorruptError,
        ArchiveError,
        ArchiveForeignError,
        ArchiveLockedError,
        ArchiveNotFoundError,
        ArchiveVersionError,
        BackupError,
        CivicSearchError,
        DocumentNotFoundError,
        EngineError,
        EngineTimeoutError,
        EngineUnavailableError,
        ExtractionError,
        InvalidOptionError,
        ProfileError,
        QuerySyntaxError,
        RequestError,
        SourceNotFoundError,
        UnknownFieldError,
    )
    from civicsearch.extraction import extract, extract_with_report, load_profiles
    from civicsearch.query.expansion import Expansion
    from civicsearch.reports import ArchiveStats, OptimizeReport
    from civicsearch.search.engine import Explanation, TotalHits
    from civicsearch.search.request import Sort
    from civicsearch.search.results import Hit, Results
    from civicsearch.search.snippets import Snippet

__all__ = [
    "AbbreviationsError",
    "Archive",
    "ArchiveAccessError",
    "ArchiveClosedError",
    "ArchiveCorruptError",
    "ArchiveError",
    "ArchiveForeignError",
    "ArchiveLockedError",
    "ArchiveNotFoundError",
    "ArchiveStats",
    "ArchiveVersionError",
    "BackupError",
    "Caption",
    "CivicSearchError",
    "Copy",
    "Document",
    "DocumentNotFoundError",
    "EngineError",
    "EngineTimeoutError",
    "EngineUnavailableError",
    "Expansion",
    "Explanation",
    "ExtractionError",
    "Hit",
    "InvalidOptionError",
    "OptimizeReport",
    "Origin",
    "Page",
    "ProfileError",
    "QuerySyntaxError",
    "RequestError",
    "Results",
    "Snippet",
    "Sort",
    "SourceNotFoundError",
    "TotalHits",
    "UnknownFieldError",
    "__version__",
    "extract",
    "extract_with_report",
    "load_profiles",
]

_HOMES = {
    "archive": ("Archive",),
    "document": ("Caption", "Copy", "Document", "Origin", "Page"),
    "extraction": ("extract", "extract_with_report", "load_profiles"),
    "query.expansion": ("Expansion",),
    "reports": ("ArchiveStats", "OptimizeReport"),
    "search.engine": ("Explanation", "TotalHits"),
    "search.request": ("Sort",),
    "search.results": ("Hit", "Results"),
    "search.snippets": ("Snippet",),
}
"""Which module has which names; the others are errors.

They are loaded when they are first asked for: loading all takes as long as half a command, and ^C
meanwhile, as in a loop of a shell, would end it with a traceback, as nothing of this package could
catch it yet.
"""

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        if name == "errors" or any(home.partition(".")[0] == name for home in _HOMES):
            return _import_module(f"{__name__}.{name}")  # `civicsearch.errors` without its import
        home = next((home for home, names in _HOMES.items() if name in names), "errors")
        if name not in __all__:
            message = f"module {__name__!r} has no attribute {name!r}"
            raise AttributeError(message)
        value = getattr(_import_module(f"{__name__}.{home}"), name)
        globals()[name] = value
        return value

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
