"""Options that commands share, and the rule by which every option has its own variable."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.core import ParameterSource

if TYPE_CHECKING:
    import os
    from collections.abc import Callable

__all__ = [
    "DEFAULT_INDEX",
    "ENVIRONMENT_PREFIX",
    "IndexFolder",
    "abbreviations_option",
    "index_option",
    "json_option",
    "option",
    "profiles_option",
]

DEFAULT_INDEX = Path("index")
ENVIRONMENT_PREFIX = "CIVICSEARCH"

Command = TypeVar("Command", bound="Callable[..., Any] | click.Command")


class IndexFolder(click.Path):
    """The folder of an index. An empty name would be that of the folder that the user is in."""

    def __init__(self) -> None:
        super().__init__(path_type=Path, readable=False)

    def convert(
        self,
        value: str | os.PathLike[str],
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> str | bytes | os.PathLike[str]:
        """Return the path."""
        if value == "":
            self.fail("the name of the folder is empty", param, ctx)
        return super().convert(value, param, ctx)


def option(
    command: str,
    *declarations: str,
    **settings: Any,  # noqa: ANN401 - those of `click.option`, which types them so
) -> Callable[[Command], Command]:
    """Return `click.option` with its variable named after what the user types.

    click names it after our parameter: `--from` cannot be a name in Python, so its variable
    would be `..._PUBLISHED_FROM`.
    """
    words = declarations[0].removeprefix("--").replace("-", "_").upper()
    variable = f"{ENVIRONMENT_PREFIX}_{command.upper()}_{words}"
    return click.option(*declarations, envvar=variable, **settings)


def index_option(command: str) -> Callable[[Command], Command]:
    """Return the option `--index` of a command, which the group has too."""
    return option(
        command,
        "--index",
        "index",
        metavar="DIR",
        type=IndexFolder(),
        callback=_settle_index,
        help="Folder of the index; also before the command.  [default: index]",
    )


def abbreviations_option(command: str) -> Callable[[Command], Command]:
    """Return the option `--abbreviations` of a command that searches."""
    return _file_option(
        command, "--abbreviations", "Abbreviations of your own (TOML), beside the built-in ones."
    )


def json_option(command: str) -> Callable[[Command], Command]:
    """Return the flag `--json` of a command, as the parameter `as_json`."""
    return option(command, "--json", "as_json", is_flag=True, help="Print JSON.")


def profiles_option(command: str) -> Callable[[Command], Command]:
    """Return the option `--profiles` of a command that reads pages."""
    return _file_option(
        command, "--profiles", "TOML file of CSS selectors by site, asked before the generic rules."
    )


def _file_option(command: str, name: str, meaning: str) -> Callable[[Command], Command]:
    return option(command, name, metavar="FILE", type=click.Path(path_type=Path), help=meaning)


def _settle_index(ctx: click.Context, param: click.Parameter, value: Path | None) -> Path:
    """Return the index meant: what is typed wins over variables, and what is nearer over far."""
    group = ctx.parent
    if group is None:
        return value or DEFAULT_INDEX
    far: Path = group.params["index"]
    is_far_typed = group.get_parameter_source("index") is ParameterSource.COMMANDLINE
    is_near_typed = ctx.get_parameter_source(str(param.name)) is ParameterSource.COMMANDLINE
    return far if value is None or (is_far_typed and not is_near_typed) else value
