import ctypes

import pytest

from civicsearch.engines.local import freed_memory
from civicsearch.engines.local.freed_memory import give_back_freed


@pytest.fixture(autouse=True)
def _asked_anew():
    freed_memory._malloc_trim.cache_clear()
    yield
    freed_memory._malloc_trim.cache_clear()


class Library:
    def __init__(self, name):
        assert name is None  # that of the process
        self.asked = []
        self.malloc_trim = self.asked.append


def test_the_c_library_is_asked_to_keep_nothing(monkeypatch):
    library = Library(None)
    monkeypatch.setattr(ctypes, "CDLL", lambda name: library)
    give_back_freed()
    give_back_freed()
    assert library.asked == [0, 0]


@pytest.mark.parametrize("error", [AttributeError, OSError, TypeError])
def test_another_c_library_is_left_alone(monkeypatch, error):
    def refuse(name):
        raise error

    monkeypatch.setattr(ctypes, "CDLL", refuse)
    give_back_freed()


def test_it_does_not_disturb_what_is_in_use():
    kept = [bytes([n % 251]) * 1000 for n in range(2000)]
    give_back_freed()
    assert all(piece == bytes([n % 251]) * 1000 for n, piece in enumerate(kept))
