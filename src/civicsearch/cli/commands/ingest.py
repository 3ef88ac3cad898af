"""`civicsearch ingest`: pages and documents into the archive."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from civicsearch.archive import DEFAULT_MEMORY_MB, MAX_JOBS, MIN_MEMORY_MB, Archive
from civicsearch.cli.exit_codes import ExitCode
from civicsearch.cli.formats import to_json
from civicsearch.cli.interrupts import noticed_interrupts
from civicsearch.cli.options import index_option, json_option, option, profiles_option
from civicsearch.cli.progress import ProgressLine
from civicsearch.cli.rendering import count_of, put, say
from civicsearch.extraction import load_profiles
from civicsearch.ingest.sources import find_sources

if TYPE_CHECKING:
    from civicsearch.ingest.report import IngestReport

__all__ = ["command"]

_FAILURES_SHOWN = 20

HELP = """Read saved pages into the index, new and changed ones only.

\b
Examples:
  civicsearch ingest corpus
  civicsearch ingest page.html more-pages/ documents.jsonl
  civicsearch ingest corpus --jobs 4 --json > report.json
  civicsearch ingest corpus --profiles profiles.toml

PATH is an HTML file (also .html.gz) or one saved as .mhtml, a file of documents
(.jsonl, one a line with a "title" or "body"), a feed with whole texts (.rss,
.atom, .rdf, or .xml that begins as one), a .zip or .tar file of all these (.tar
also packed as .gz, .bz2 or .xz), a web archive (.warc or .arc, packed or not),
or a folder of them. Within a folder, links that lead out of it are passed over, and
folders whose names begin with a dot. A file that is named itself, with none of these
endings, is read where it looks like HTML, and else refused. What is read once is
passed over the next time; a changed page takes the place of the old one, known by
its address or, without one, by its path. A page that cannot be read, or a path that
is not there, is named and does not stop the rest. Deleting a file does not delete
its document. An article that another address has too is recorded as a copy of the
first. Ctrl-C stores what was read and ends; the same command goes on from there.
Twice, it ends at once. SIGTERM does the same.

Exit status: 0 all read, durable and searchable; 2 some page could not be read
(the rest is searchable) or nothing could be done; 130 interrupted, 143 by
SIGTERM.
"""


@click.command(name="ingest", help=HELP, short_help="Read saved pages into the index.")
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path())
@option(
    "ingest",
    "--jobs",
    metavar="N",
    type=click.IntRange(1, MAX_JOBS),
    default=1,
    show_default=True,
    help="Processes that read pages; try as many as there are cores.",
)
@option(
    "ingest",
    "--memory",
    "memory_mb",
    metavar="MB",
    type=click.IntRange(MIN_MEMORY_MB),
    default=DEFAULT_MEMORY_MB,
    show_default=True,
    help="Memory for documents on their way into the index; more helps large ingests.",
)
@option(
    "ingest",
    "--again",
    is_flag=True,
    help="Read what was read before, too: for other profiles, or after an update.",
)
@profiles_option("ingest")
@json_option("ingest")
@index_option("ingest")
def command(  # noqa: PLR0917 - one for each option
    paths: tuple[str, ...],
    jobs: int,
    memory_mb: int,
    again: bool,
    profiles: Path | None,
    as_json: bool,
    index: Path,
) -> int:
    """Read `paths` into the archive and report."""
    # Both before an empty archive is made for a slip.
    find_sources([Path(path) for path in paths])
    loaded = load_profiles(profiles) if profiles else None
    with Archive.create(index, memory_mb=memory_mb) as archive:
        try:
            with ProgressLine() as progress, noticed_interrupts() as interrupt:
                report = archive.ingest(
                    paths,
                    jobs=jobs,
                    progress=progress,
                    profiles=loaded,
                    should_stop=interrupt.is_asked,
                    again=again,
                )
        except KeyboardInterrupt:
            say(
                "civicsearch: Interrupted. What was committed is kept and searchable; "
                "run the same command again to read the rest."
            )
            return ExitCode.INTERRUPTED
        _summarize(report, index, documents=len(archive))
    if as_json:
        put(to_json(report.to_dict()))
    if report.is_interrupted:
        say(
            "civicsearch: Interrupted. What was read is kept and searchable; "
            "run the same command again to read the rest."
        )
        return interrupt.exit_code or ExitCode.INTERRUPTED
    return ExitCode.ERROR if report.failures else ExitCode.DONE


def _summarize(report: IngestReport, index: Path, *, documents: int) -> None:
    copies = f"{count_of(report.copies, 'copy', 'copies')} of others, " if report.copies else ""
    say(
        f"{report.added:,} added, {report.updated:,} updated, {report.unchanged:,} unchanged, "
        f"{copies}{report.failed:,} failed in {report.elapsed_s:,.1f} s. "
        f"The index '{index}' holds {count_of(documents, 'document')}."
    )
    if report.ignored:
        kinds = ", ".join(f"{count:,} {suffix}" for suffix, count in report.ignored.items())
        say(f"Passed over files that hold neither pages nor documents: {kinds}.")
    if report.links:
        say(
            f"Passed over {count_of(report.links, 'link')} out of a folder, or to nothing. "
            "To read what is there, name it."
        )
    if report.failures:
        _name_failures(report)


def _name_failures(report: IngestReport) -> None:
    say(f"{count_of(report.failed, 'page')} could not be read:")
    for failure in report.failures[:_FAILURES_SHOWN]:
        say(f"{failure.path}: {failure.reason}", indent=2)
    more = report.failed - _FAILURES_SHOWN
    if more > 0:
        say(f"and {more:,} more; --json lists all", indent=2)
    if report.added or report.updated or report.copies or report.unchanged:
        say("Everything else is stored and searchable.")
