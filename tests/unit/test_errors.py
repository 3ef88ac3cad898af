import inspect
import re

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
