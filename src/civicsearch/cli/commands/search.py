"""`civicsearch search`: ranked answers with snippets, for eyes or for other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

import click
from click.core import ParameterSource

from civicsearch.archive import Archive
from civicsearch.cli.exit_codes import ExitCode
from civicsearch.cli.filters import Filtered, check_days, filter_options
from civicsearch.cli.options import abbreviations_option, index_option, option
from civicsearch.cli.output import FORMATS, print_results
from civicsearch.cli.rendering import say
from civicsearch.query.plain import OPERATOR_WORDS
from civicsearch.schema import FACETS
from civicsearch.search.request import Sort
from civicsearch.search.snippets import MAX_PASSAGES

if TYPE_CHECKING:
    from pathlib import Path

    from civicsearch.search.results import Results

__all__ = ["SearchCommand", "command"]

HELP = """Find articles, best first; accents typed bind, accents left out are free.

\b
Examples:
  civicsearch search dan van kheo             finds "dân vận khéo" too
  civicsearch search '"dân vận khéo"'         the words side by side
  civicsearch search cầu -bão 'title:hội*'    not "bão"; a title with "hội..."
  civicsearch search mưa lũ --from 2020 --to 06/10/2025 --sort newest
  civicsearch search lễ hội --source 'Báo Sông Lam' --facet year
  civicsearch search họp --format csv --limit 1000 > hits.csv
  civicsearch search sạt lở đường --passages 3    more of each article

Abbreviations of state bodies are also read as what they mean, and the other
way round (UBND = Ủy ban nhân dân), but not inside quotes.

In the query: "..." side by side, AND OR NOT ( ), -word without it, word* the
beginning of a word, kho*o nh?n patterns, word~ or word~2 misspelled, "a b"~5
or a NEAR/5 b near each other, word^2 counts more, field:word in one field
(title, lead, body, caption, author, source, section, tag, language),
published:2020, published:[2020 TO 2021-06], published:>=2020 by day,
num:[1000 TO 2000] by numbers in the text, about:2015 about:Q2/2020 by times
that it speaks of.

Exit status: 0 found, 1 nothing found, 2 error.
"""

_SHORT_BEGINNING = 4
_SHORT_PART = 2
_MOST_ASKED = 8
_AROUND = '()+"“”„«»,;.:!?…'
# What people type out of habit, and what it is called here.
_HABITS = {"--json": "--format json", "--csv": "--format csv", "--jsonl": "--format jsonl"}


class SearchCommand(click.Command):
    """A command whose arguments may begin with a dash: `-word` excludes a word."""

    ignore_unknown_options = True

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Refuse an unknown `--option`; whatever begins with a single dash is query."""
        known = {name: found for found in self.get_params(ctx) for name in found.opts}
        rest = iter(args)
        for argument in rest:
            name, equals, _ = argument.partition("=")
            if argument == "--":
                break
            if not argument.startswith("--"):
                continue
            if name not in known:
                raise _unknown_option(name, known, ctx)
            found = known[name]
            if not equals and isinstance(found, click.Option) and not found.is_flag:
                next(rest, None)  # its value may look like an option
        return super().parse_args(ctx, args)


class Asked(Filtered):
    """The options that `Archive.search` takes as they are."""

    limit: int
    offset: int
    cursor: str | None
    sort: str
    facets: tuple[str, ...]
    strict: bool


@click.command(
    name="search",
    cls=SearchCommand,
    help=HELP,
    short_help="Find articles, best first.",
)
@click.argument("words", metavar="QUERY...", nargs=-1, required=True)
@option("search", "--limit", metavar="N", type=int, default=10, show_default=True,
        help="Hits to print, up to 1000.")  # fmt: skip
@option("search", "--offset", metavar="N", type=int, default=0, show_default=True,
        help="Hits to pass over first.")  # fmt: skip
@option("search", "--cursor", metavar="TEXT",
        help="Go on after the page whose JSON had this cursor; not with --offset.")  # fmt: skip
@option("search", "--sort", type=click.Choice([str(sort) for sort in Sort]),
        default=str(Sort.RELEVANCE), show_default=True, help="The order of hits.")  # fmt: skip
@option("search", "--recent", is_flag=True,
        help="Newer articles count more: --sort recent.")  # fmt: skip
@filter_options("search")
@option("search", "--facet", "facets", type=click.Choice(FACETS), multiple=True,
        help="Count the matches by this; may be repeated.")  # fmt: skip
@option("search", "--format", "output", type=click.Choice(FORMATS),
        default="text", show_default=True, help="How to print hits.")  # fmt: skip
@option("search", "--passages", metavar="N", type=click.IntRange(1, MAX_PASSAGES), default=1,
        show_default=True, help="Passages to show of an article, up to 10.")  # fmt: skip
@option("search", "--explain", is_flag=True, help="Show how each score came about.")
@option("search", "--strict", is_flag=True,
        help="Refuse a query that is not fully understood.")  # fmt: skip
@option("search", "--no-expand", is_flag=True,
        help="Search only for what is typed: no abbreviations written out, no other forms of "
             "words.")  # fmt: skip
@abbreviations_option("search")
@index_option("search")
def command(  # noqa: PLR0917 - one for each option that the archive does not take
    words: tuple[str, ...],
    index: Path,
    output: str,
    passages: int,
    explain: bool,
    no_expand: bool,
    recent: bool,
    abbreviations: Path | None,
    **asked: Unpack[Asked],
) -> int:
    """Search the archive and print what was found."""
    check_days(asked)
    if recent:
        asked["sort"] = _recent(asked["sort"])
    _check_output(output, facets=asked["facets"], is_explained=explain)
    if passages > 1 and output == "csv":
        message = "--passages needs --format text, json or jsonl, not csv."
        raise click.UsageError(message)
    with Archive.open(index, abbreviations=abbreviations) as archive:
        results = archive.search(" ".join(words), expand=not no_expand, **asked)
        if output != "json":  # there they are data
            for notice in results.notices:
                say(notice)
            if results.expansions:
                say(_describe_expansions(results))
        print_results(results, output, is_explained=explain, passages=passages)
        if results.hits or (results.total.value and not asked["limit"]):
            return ExitCode.DONE
        say(_nothing_found(results, asked, archive))
        return ExitCode.NOTHING_FOUND


def _describe_expansions(results: Results) -> str:
    read = "; ".join(f"{typed} = {' / '.join(read_as)}" for typed, read_as in results.expansions)
    return f"Also read as: {read} (--no-expand searches only for what is typed)."


def _unknown_option(
    name: str, known: dict[str, click.Parameter], ctx: click.Context
) -> click.UsageError:
    import difflib

    close = difflib.get_close_matches(name, known, n=1)
    meant = _HABITS.get(name) or (close[0] if close else "")
    advice = f"Did you mean {meant}?" if meant else "To search for it, write -- before the query."
    return click.UsageError(f"There is no option {name!r}. {advice}", ctx)


def _recent(sort: str) -> str:
    """Return the order where `--recent` is set: of two that differ, what is typed wins."""
    context = click.get_current_context()
    is_typed = {
        name: context.get_parameter_source(name) is ParameterSource.COMMANDLINE
        for name in ("recent", "sort")
    }
    if is_typed["sort"] and not is_typed["recent"]:
        return sort
    if sort in {Sort.NEWEST, Sort.OLDEST} and is_typed["sort"] is is_typed["recent"]:
        message = f"--recent is an order by itself; leave out --sort {sort}."
        raise click.UsageError(message)
    return str(Sort.RECENT)


def _check_output(output: str, *, facets: tuple[str, ...], is_explained: bool) -> None:
    if facets and output in {"csv", "jsonl"}:
        message = f"--facet needs --format text or json, not {output}."
        raise click.UsageError(message)
    if is_explained and output == "csv":
        message = "--explain needs --format text, json or jsonl, not csv."
        raise click.UsageError(message)


def _nothing_found(results: Results, asked: Asked, archive: Archive) -> str:
    """Return one or two sentences that help on."""
    if len(archive) == 0:
        return "The archive is empty. Fill it with `civicsearch ingest PATH`."
    if results.total.value:
        return f"No more hits: there are only {results.total.value:,} matches."
    sentence = f"Nothing found for {results.query!r}."
    if results.suggestions:
        return f"{sentence} Did you mean: {'; '.join(results.suggestions)}?"
    options = {"--from": "published_from", "--to": "published_to", "--source": "sources"}
    used = [option for option, name in options.items() if asked[name]]  # type: ignore[literal-required]
    if used:
        return f"{sentence} Without {' and '.join(used)} there may be more."
    return f"{sentence} {_way_on(results.query.split(), archive)}"


def _way_on(words: list[str], archive: Archive) -> str:
    if len(words) > 1:
        return _way_on_of_several(words, archive)
    word = words[0]
    if not word.isalpha():
        return "Try another word."
    # Scripts without blanks, and languages that compound words, have it within longer ones.
    within = f"*{word}*"
    if len(word) >= _SHORT_PART and archive.search(within, limit=1).hits:
        return f"Other words hold it: {within}."
    beginning = f"{word[:_SHORT_BEGINNING]}*"
    if len(word) > _SHORT_BEGINNING and archive.search(beginning, limit=1).hits:
        return f"Try its beginning with a star: {beginning}."
    return "Try another word."


def _way_on_of_several(words: list[str], archive: Archive) -> str:
    """Return what may help where words together find nothing: those that are nowhere are named."""
    plain = dict.fromkeys(word for raw in words if (word := raw.strip(_AROUND)).isalnum())
    asked = [word for word in plain if word not in OPERATOR_WORDS][:_MOST_ASKED]
    missing = [word for word in asked if not archive.search(word, limit=0).total.value]
    if not missing:
        return "Try fewer words."
    found = "No article has " + " or ".join(map(repr, missing))
    return f"{found}. Try other words." if len(missing) == len(words) else f"{found}."
