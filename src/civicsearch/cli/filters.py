"""Options that narrow a search to days and publishers, for every command that searches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict, TypeVar

import click

from civicsearch.cli.dates import read_first_day, read_last_day
from civicsearch.cli.options import option

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

__all__ = ["Filtered", "check_days", "filter_options"]

Command = TypeVar("Command", bound="Callable[..., Any] | click.Command")


class Filtered(TypedDict):
    """The parameters of `filter_options`, which the archive takes as they are."""

    published_from: dt.date | None
    published_to: dt.date | None
    sources: tuple[str, ...]


class _SourceName(click.types.StringParamType):
    """A publisher's name; it may hold blanks, so several in a variable are parted by `;`."""

    envvar_list_splitter = ";"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> str:
        """Return the name; an empty one would be that of articles without a publisher."""
        name: str = super().convert(value, param, ctx)
        if not name.strip():
            self.fail(
                "the name is empty. Leave the option out to search all publishers", param, ctx
            )
        return name


def filter_options(command: str) -> Callable[[Command], Command]:
    """Return `--from`, `--to` and `--source` of a command, as the parameters of `Filtered`."""
    options = (
        option(command, "--from", "published_from", metavar="DATE", callback=read_first_day,
               help="Published on this day or later: 2020, 2020-08, 2020-08-06, 06/08/2020."),
        option(command, "--to", "published_to", metavar="DATE", callback=read_last_day,
               help="Published on this day or before; --to 2020 is the whole year."),
        option(command, "--source", "sources", metavar="NAME", type=_SourceName(), multiple=True,
               help="Only this publisher; may be repeated."),
    )  # fmt: skip

    def add(function: Command) -> Command:
        for each in reversed(options):  # as decorators are: the lowest first
            function = each(function)
        return function

    return add


def check_days(filters: Filtered) -> None:
    """Refuse a first day that comes after the last one."""
    first, last = filters["published_from"], filters["published_to"]
    if first and last and first > last:
        message = f"--from {first} is later than --to {last}."
        raise click.UsageError(message)
