import random

import numpy as np
import pytest

from civicsearch.engines.local.chunk_table import MAX_BYTES, ChunkTable, packed_bytes


def halves(*strings):
    sizes = np.array(list(map(len, strings)), np.int64)
    data = np.frombuffer(b"".join(strings) + bytes(MAX_BYTES), np.uint8)
    return packed_bytes(data, sizes.cumsum() - sizes, sizes)


def found_in(table, *strings):
    return table.find(*halves(*strings)).tolist()


def numbers(first, last):
    return np.arange(first, last, dtype=np.int32)


def strings(count, seed=1):
    chance = random.Random(seed)  # noqa: S311 - test data, no secrets
    made = set()
    while len(made) < count:
        made.add(bytes(chance.choices(range(1, 256), k=chance.randint(1, MAX_BYTES))))
    return sorted(made)


def test_strings_are_told_apart_by_every_byte_and_by_their_length():
    alike = [b"a", b"aa", b"a" * 7, b"a" * 8, b"a" * 9, b"a" * 15, b"a" * 16, b"a" * 15 + b"b"]
    table = ChunkTable()
    table.add(*halves(*alike), numbers(0, len(alike)))
    assert found_in(table, *reversed(alike)) == list(range(len(alike)))[::-1]
    assert found_in(table, b"b", b"aaa", b"a" * 8 + b"b") == [-1] * 3


@pytest.mark.parametrize("seed", range(3))
def test_strings_are_found_however_many_there_are(seed):
    known = strings(20_000, seed)
    table, first = ChunkTable(), 0
    for size in (1, 7, 4000, 5000, 2000):
        some = known[first : first + size]
        assert found_in(table, *some) == [-1] * size
        table.add(*halves(*some), numbers(first, first + size))
        first += size
        assert found_in(table, *known[:first]) == list(range(first))
    assert set(found_in(table, *known[first:])) == {-1}


def test_strings_that_all_want_one_slot_are_found():
    known = strings(50)
    table = ChunkTable()
    table._odd = [np.uint64(0)] * 2  # as if chance had it
    table.add(*halves(*known), numbers(0, 50))
    assert found_in(table, *known) == list(range(50))
    assert found_in(table, b"none of them") == [-1]


def test_slots_are_drawn_for_each_table():
    """Else pages could be written whose words all want one."""
    assert len({tuple(ChunkTable()._odd) for _ in range(5)}) == 5


def test_no_strings_are_found_and_added():
    table = ChunkTable()
    table.add(*halves(), numbers(0, 0))
    assert found_in(table) == []
