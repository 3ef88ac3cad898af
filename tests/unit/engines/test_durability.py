"""What was acknowledged is kept, whatever fails, whoever is killed, wherever the power goes."""

import shutil
import sys

import pytest

from faults.breaking import break_off, check_left, power_cuts
from faults.disk import Killed, io_error, no_space
from faults.stories import STORIES

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the harness speaks POSIX")


@pytest.fixture(autouse=True)
def unhurried(monkeypatch):
    """What is fsynced is written down by `Disk`; that the machine really waits tests nothing."""
    monkeypatch.setattr("os.fsync", lambda descriptor: None)


@pytest.fixture(params=STORIES)
def story(request):
    return STORIES[request.param]


def test_killed_at_any_step_nothing_acknowledged_is_lost(story, tmp_path):
    outcomes = 0
    for outcome in break_off(story, tmp_path, Killed):
        outcomes += 1
        check_left(outcome.folder, outcome.account)
    assert outcomes > 5


@pytest.mark.parametrize(("error", "is_sticky"), [(no_space, False), (io_error, True)])
def test_what_the_system_refuses_at_any_step_is_not_acknowledged(story, error, is_sticky, tmp_path):
    for outcome in break_off(story, tmp_path, error, is_sticky=is_sticky):
        state = check_left(outcome.folder, outcome.account)
        if outcome.error is not None and not outcome.has_published:
            assert state == outcome.account.kept, outcome.failed


def test_a_power_cut_at_any_moment_leaves_all_that_was_acknowledged(story, tmp_path):
    for outcome in power_cuts(story, tmp_path):
        check_left(outcome.folder, outcome.account)
        shutil.rmtree(outcome.folder.parent)
