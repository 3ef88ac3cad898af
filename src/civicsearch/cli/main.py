"""The group `civicsearch`: which commands there are, each loaded only when it is asked for."""

from __future__ import annotations

import importlib
import sys
from typing import TYPE_CHECKING, Any

import click

from civicsearch import __version__
from civicsearch.cli.guard import ClosedPipe, run_guarded
from civicsearch.cli.options import DEFAULT_INDEX, ENVIRONMENT_PREFIX, IndexFolder
from civicsearch.cli.rendering import Terminal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

__all__ = ["COMMANDS", "cli", "run"]

COMMANDS = (
    "ingest", "search", "show", "related", "why", "suggest", "extract", "profile", "delete",
    "stats", "serve", "check", "optimize", "backup", "restore", "cite",
)  # fmt: skip
"""In the order in which a newcomer needs them."""

_OTHER_NAMES = {"why-not": "why"}

HELP = """Search an archive of civic news articles, with or without accents.

\b
Examples:
  civicsearch ingest corpus              read saved pages into ./index
  civicsearch search dan van kheo        find "dân vận khéo" and kin
  civicsearch search '"dân vận khéo"' --from 2020 --sort newest
  civicsearch show 615913767f2e7228      read one article
  civicsearch serve                      the same in a browser
"""

EPILOG = """Exit status: 0 found or done, 1 nothing found, 2 error, 130 interrupted.
Data goes to standard output, messages to standard error.

Every option can be set by a variable: CIVICSEARCH_<COMMAND>_<OPTION>, such as
CIVICSEARCH_INGEST_JOBS=4; the index by CIVICSEARCH_INDEX. NO_COLOR and
FORCE_COLOR are respected.
"""


class LazyGroup(click.Group):
    """A group whose commands are modules, imported one by one: a search loads no web server."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click gives it
        """Return the names of all commands."""
        return list(COMMANDS)

    def get_command(
        self,
        ctx: click.Context,  # noqa: ARG002 - click gives it
        cmd_name: str,
    ) -> click.Command | None:
        """Return a command by its name, or None."""
        cmd_name = _OTHER_NAMES.get(cmd_name, cmd_name)
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"civicsearch.cli.commands.{cmd_name}")
        command: click.Command = module.command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that `args` begin with, or say which one may be meant."""
        name = args[0]
        if name not in {*COMMANDS, *_OTHER_NAMES} and not name.startswith("-"):
            import difflib

            close = difflib.get_close_matches(name.lower(), COMMANDS, n=1, cutoff=0.5)
            advice = f"Did you mean {close[0]}?" if close else f"There are {', '.join(COMMANDS)}."
            message = f"There is no command {name!r}. {advice}"
            raise click.UsageError(message, ctx)
        return super().resolve_command(ctx, args)

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,  # noqa: ANN401 - as click has it
    ) -> click.Context:
        """Read the options; `--help` and `--version` print here, to who may have gone away."""
        try:
            return super().make_context(info_name, args, parent, **extra)
        except BrokenPipeError as error:
            raise ClosedPipe from error

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; a reader that went away is no error."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:
            raise ClosedPipe from error


@click.group(
    cls=LazyGroup,
    name="civicsearch",
    help=HELP,
    epilog=EPILOG,
    invoke_without_command=True,
    subcommand_metavar="COMMAND [ARGS]...",  # click has brackets here in some versions only
    context_settings={"auto_envvar_prefix": ENVIRONMENT_PREFIX},
)
@click.option(
    "--index",
    metavar="DIR",
    type=IndexFolder(),
    default=DEFAULT_INDEX,
    show_default=True,
    help="Folder of the index; also after the command.",
)
# Not from the environment: CIVICSEARCH_VERSION=0.1.0, as container images set it, is no flag.
@click.version_option(
    __version__,
    message="%(prog)s %(version)s",
    allow_from_autoenv=False,
    help="Print the version and end.",
)
@click.pass_context
def cli(ctx: click.Context, index: Path) -> None:  # noqa: ARG001 - commands read it from `ctx`
    """Print the help where no command is given."""
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its status; it never raises.

    Args:
        arguments: Without the program's name; None takes those of the process.
    """
    return run_guarded(
        lambda: cli.main(
            args=None if arguments is None else list(arguments),
            prog_name="civicsearch",  # the same in `python -m civicsearch`
            standalone_mode=False,
            terminal_width=_help_columns(),
        )
    )


def _help_columns() -> int | None:
    """Return how wide a help text may be on a narrow terminal; None leaves it to click.

    click never goes under 50 columns.
    """
    width = Terminal.of(sys.stdout).width
    return width if width is not None and width < 52 else None
