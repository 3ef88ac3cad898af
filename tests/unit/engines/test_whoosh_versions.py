"""Which Whoosh the tests of the door run with: two packages bear the same import name."""

import os
from importlib.metadata import distribution, packages_distributions
from pathlib import Path

import whoosh

EXPECTED = os.environ.get("CIVICSEARCH_TEST_WHOOSH", "whoosh")
"""The package on PyPI; `script/test-whoosh3` names another."""


def test_the_whoosh_that_is_asked_for_is_the_only_one_installed():
    assert [name.lower() for name in packages_distributions()["whoosh"]] == [EXPECTED]


def test_the_whoosh_that_is_imported_is_of_the_package_asked_for():
    installed = Path(distribution(EXPECTED).locate_file("whoosh/__init__.py"))
    assert Path(whoosh.__file__).samefile(installed)
