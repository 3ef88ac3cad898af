"""Full-text search over civic news articles, for text with or without its accents.

`extract` makes a `Document` of one page; an `Archive` keeps documents and searches them.
"""

from civicsearch._version import __version__
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
