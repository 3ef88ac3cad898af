"""Every class of the error tree has a status."""

from civicsearch import errors
from civicsearch.cli.exit_codes import EXIT_CODES, ExitCode, exit_code_of


def test_every_error_is_decided_on():
    """A new class fails here until it has a line in the table."""
    classes = {getattr(errors, name) for name in errors.__all__}
    assert set(EXIT_CODES) == classes


def test_class_of_somebody_else_takes_its_parents_status():
    """An embedding program may derive its own."""

    class OwnError(errors.ArchiveError):
        pass

    assert exit_code_of(OwnError("x", path="p")) is ExitCode.ERROR


def test_statuses_are_the_contracts():
    """0 found, 1 nothing found, 2 error, 130 interrupted, 143 terminated."""
    assert [int(code) for code in ExitCode] == [0, 1, 2, 130, 143]
