"""`civicsearch profile`: what the selectors of a profile give on saved pages."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from civicsearch.cli.exit_codes import ExitCode
from civicsearch.cli.formats import to_json
from civicsearch.cli.options import json_option, option
from civicsearch.cli.rendering import Terminal, put, say
from civicsearch.document import Page
from civicsearch.errors import ExtractionError

if TYPE_CHECKING:
    from civicsearch.ingest.profiles.trying import Trial

__all__ = ["command"]

HELP = """Try the profiles of sites on saved pages.

\b
Examples:
  civicsearch profile profiles.toml page.html
  civicsearch profile profiles.toml saved/*.html --json
  civicsearch profile profiles.toml page.html --site tinh.example

PROFILES is a TOML file of CSS selectors by site, as docs/profiles.md describes.
Of each FILE (HTML, also .html.gz or .mhtml) this prints how many elements each
selector chose, what they gave, and what the generic rules give without it.
Nothing is stored.

Exit status: 0 every selector gave something; 1 some gave nothing, or a page
has no profile; 2 the profiles or a page cannot be read.
"""


@click.command(name="profile", help=HELP, short_help="Try site profiles on saved pages.")
@click.argument("profiles", metavar="PROFILES", type=click.Path(path_type=Path))
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path())
@json_option("profile")
@option("profile", "--site", metavar="HOST", help="The site of pages that do not name theirs.")
def command(profiles: Path, files: tuple[str, ...], as_json: bool, site: str | None) -> int:
    """Try every selector on every page and print what came of it."""
    from civicsearch.ingest.profiles.profile import load_profiles
    from civicsearch.ingest.profiles.trying import idle_removals, try_profiles

    loaded = load_profiles(profiles)
    url = f"https://{site}/" if site else None
    trials = {file: try_profiles(loaded, _read(file, url)) for file in files}
    idle = idle_removals(trials.values())
    if as_json:
        pages = [{"file": file, **_to_dict(trial)} for file, trial in trials.items()]
        put(to_json({"pages": pages, "idle_removals": idle}))
    else:
        _show(trials, idle)
    is_good = all(trial.is_good for trial in trials.values()) and not idle
    return ExitCode.DONE if is_good else ExitCode.NOTHING_FOUND


def _read(file: str, url: str | None) -> Page:
    from civicsearch.ingest.sources import open_page

    try:
        page = open_page(Path(file))
    except ExtractionError as error:
        raise ExtractionError(error.reason, url=file) from error
    return Page(content=page.content, url=page.url or url, content_type=page.content_type)


def _show(trials: dict[str, Trial], idle: list[str]) -> None:
    from civicsearch.cli.trials import render_trial

    terminal = Terminal.of(sys.stdout)
    put("\n\n".join(render_trial(file, trial, terminal) for file, trial in trials.items()))
    for selector in idle:
        say(f"On none of these pages there is anything to remove for {selector}")


def _to_dict(trial: Trial) -> dict[str, Any]:
    return {
        "site": trial.host,
        "problem": trial.problem,
        "selectors": [
            {
                "field": tried.field,
                "selector": tried.selector,
                "matched": tried.matched,
                "value": tried.value,
                "generic": tried.generic,
            }
            for tried in trial.selectors
        ],
    }
