"""Options that take a day, for click."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    import datetime as dt

__all__ = ["read_first_day", "read_last_day"]


def read_first_day(ctx: click.Context, param: click.Parameter, value: str | None) -> dt.date | None:
    """Return the value of `--from`: the first day that it may name."""
    return None if value is None else _read_day(ctx, param, value, is_last=False)


def read_last_day(ctx: click.Context, param: click.Parameter, value: str | None) -> dt.date | None:
    """Return the value of `--to`: the last day that it may name."""
    return None if value is None else _read_day(ctx, param, value, is_last=True)


def _read_day(ctx: click.Context, param: click.Parameter, value: str, *, is_last: bool) -> dt.date:
    from civicsearch.query.periods import DAY_FORMS, parse_day

    try:
        return parse_day(value, is_last=is_last)
    except ValueError:
        reason = f"{value!r} is no day. Write {DAY_FORMS}."
        raise click.BadParameter(reason, ctx, param) from None
