import inspect
import os
import re
from pathlib import Path

import pytest

import civicsearch
from civicsearch import errors


def classes():
    return [
        value
        for value in vars(errors).values()
        if inspect.isclass(value) and issubclass(value, errors.CivicSearchError)
    ]


def test_the_tree_at_the_top_of_the_file_is_the_tree_of_the_classes():
    drawn = {}
    stack = []
    for line in errors.__doc__.splitlines():
        if match := re.match(r"^    ([ │├└─]*)(\w+Error)\b", line):
            depth = len(match[1]) // 4
            stack[depth:] = [match[2]]
            drawn[match[2]] = stack[depth - 1] if depth else "Exception"
    assert drawn == {cls.__name__: cls.__base__.__name__ for cls in classes()}


def test_every_error_has_a_code_of_its_own():
    codes = [cls.code for cls in classes()]
    assert len(set(codes)) == len(codes)


def test_every_error_is_exported():
    names = {cls.__name__ for cls in classes()}
    assert names == set(errors.__all__)
    assert names <= set(civicsearch.__all__)


@pytest.mark.parametrize(
    ("path", "command"),
    [
        ("index", "civicsearch ingest corpus"),
        ("nope", "civicsearch ingest corpus --index nope"),
        (Path("/srv/tin tức"), "civicsearch ingest corpus --index '/srv/tin tức'"),
    ],
)
def test_the_advice_builds_the_archive_that_was_missed(path, command):
    assert (
        str(errors.ArchiveNotFoundError(path))
        == f"No archive at '{path}'. Build one with `{command}`."
    )


def test_a_lock_is_blamed_on_who_has_it():
    told = [
        str(errors.ArchiveLockedError("index", owner=owner))
        for owner in ("", "process 1", f"process {os.getpid()}")
    ]
    assert ["by another process. Wait" in told[0], "by another process (process 1)" in told[1]] == [
        True,
        True,
    ]
    assert told[2] == (
        "The archive at 'index' is being written by this process already. Let that finish first."
    )


@pytest.mark.parametrize(
    "error",
    [
        errors.DocumentNotFoundError("x" * 5000),
        errors.UnknownFieldError("x" * 5000, known=("title",)),
        errors.InvalidOptionError("sort", "x" * 5000, expected="one of them"),
    ],
)
def test_a_message_names_no_more_of_a_value_than_a_line_holds(error):
    """It may be a whole page that was pasted; the attribute has all of it."""
    assert len(str(error)) < 200
    assert "x" * 90 in str(error)
    assert "x" * 5000 in map(str, vars(error).values())
