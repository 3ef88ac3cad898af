"""Is what a program hands over of the type that is asked for?

A wrong type gets one error, which names the argument and what it takes, before anything is done.
"""

from __future__ import annotations

import datetime as dt
import operator
import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, SupportsIndex, TypeGuard, TypeVar

from civicsearch.errors import InvalidOptionError, SourceNotFoundError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "as_choice",
    "as_day",
    "as_flag",
    "as_function",
    "as_names",
    "as_number",
    "as_path",
    "as_paths",
    "as_text",
    "iter_several",
]

Item = TypeVar("Item")
Function = TypeVar("Function")


def as_text(option: str, value: object) -> str:
    """Return a text."""
    if not isinstance(value, str):
        raise InvalidOptionError(option=option, value=value, expected="a text")
    return value


def as_number(
    option: str, value: object, *, least: int | None = None, most: int | None = None
) -> int:
    """Return a whole number, be it one of Python or of NumPy, that is in range."""
    # Most are just that, and to ask whether a value can be made one takes 6 us.
    if type(value) is not int and (isinstance(value, bool) or not isinstance(value, SupportsIndex)):
        raise InvalidOptionError(option=option, value=value, expected="a whole number")
    number = operator.index(value)  # `True` is no 1
    if (least is not None and number < least) or (most is not None and number > most):
        expected = f"{least} or more" if most is None else f"from {least} to {most}"
        raise InvalidOptionError(option=option, value=number, expected=expected)
    return number


def as_day(option: str, value: object) -> dt.date | None:
    """Return a day, or None for none; of a moment its day."""
    if value is not None and not isinstance(value, dt.date):
        expected = "a date, such as datetime.date(2020, 8, 6), or None"
        raise InvalidOptionError(option=option, value=value, expected=expected)
    return value.date() if isinstance(value, dt.datetime) else value


def as_flag(option: str, value: object) -> bool:
    """Return True or False, be it of Python or of NumPy, or 1 or 0; no text: "no" is not False."""
    if value is True or value is False:  # nearly all are, and the rest of the question takes 6 us
        return value
    if not isinstance(value, SupportsIndex) and type(value).__name__ not in {"bool", "bool_"}:
        raise InvalidOptionError(option=option, value=value, expected="True or False")
    return bool(value)


def as_function(option: str, value: Function | None) -> Function | None:
    """Return what can be called, or None."""
    if value is not None and not callable(value):
        raise InvalidOptionError(option=option, value=value, expected="a function, or None")
    return value


def as_path(option: str, value: object) -> Path:
    """Return the path of a file or folder.

    An empty text is refused, which a `Path` would take for the folder of the process, and what no
    file can be called, for which the system has no error of its own.
    """
    if not isinstance(value, str | os.PathLike) or isinstance(os.fspath(value), bytes):
        raise InvalidOptionError(option=option, value=value, expected="a path: a text or a Path")
    if not _is_possible_path(os.fspath(value)):
        expected = "a path that is not empty, of characters that a file name may have"
        raise InvalidOptionError(option=option, value=value, expected=expected)
    return Path(value)


def _is_possible_path(text: str) -> bool:
    try:
        return text != "" and b"\0" not in os.fsencode(text)
    except UnicodeEncodeError:
        return False


def as_paths(option: str, value: object) -> list[Path]:
    """Return the paths of files and folders, or of the one that is given.

    Raises:
        SourceNotFoundError: One is an empty text, which a `Path` would take for this folder.
    """
    found = list(value) if _is_several(value, os.PathLike) else [value]
    if any(isinstance(path, str) and not path.strip() for path in found):
        raise SourceNotFoundError(path="", reason="the path is empty")
    return [as_path(option, path) for path in found]


def as_choice(option: str, value: object, choices: Iterable[str]) -> str:
    """Return one of several texts."""
    known = tuple(choices)
    if not isinstance(value, str) or value not in known:
        expected = f"one of {', '.join(known)}"
        raise InvalidOptionError(option=option, value=value, expected=expected)
    return value


def as_names(option: str, value: object) -> tuple[str, ...]:
    """Return names; a text is one name, not its letters.

    >>> as_names("sources", "Báo Sông Lam")
    ('Báo Sông Lam',)
    """
    return tuple(iter_several(option, value, str, expected="a text, or several"))


def iter_several(option: str, value: object, kind: type[Item], *, expected: str) -> Iterator[Item]:
    """Yield the items of `value`, or `value` where it is an item itself; all are of one kind."""
    for item in value if _is_several(value, kind) else (value,):
        if not isinstance(item, kind):
            raise InvalidOptionError(option=option, value=item, expected=expected)
        yield item


def _is_several(value: object, kind: type) -> TypeGuard[Iterable[object]]:
    return isinstance(value, Iterable) and not isinstance(value, str | bytes | kind)
