import numpy as np
import pytest

from civicsearch.engines.local.sections import (
    SectionFile,
    SectionFileWriter,
    WrittenFile,
    file_checksum,
)
from fakes.segments import a_file


def some_arrays(file):
    file.add("numbers", np.arange(5, dtype=np.uint16))
    file.add("none", np.empty(0, np.float32))
    file.add_bytes("text", b"abc")
    return {"documents": 5}


@pytest.fixture
def path(tmp_path):
    a_file(tmp_path, some_arrays)
    return tmp_path / "some.seg"


def test_arrays_begin_where_their_numbers_may_be_read_at_once(path):
    file = SectionFile(path)
    assert [file.array(name).ctypes.data % 8 for name in ("numbers", "text")] == [0, 0]


def test_an_empty_section_is_an_empty_array(path):
    found = SectionFile(path).array("none")
    assert (len(found), found.dtype) == (0, np.float32)


def test_nothing_can_be_written_to_a_file_that_is_open(path):
    with pytest.raises(ValueError, match="read-only"):
        SectionFile(path).array("numbers")[0] = 1


def test_a_file_stays_readable_when_it_is_deleted(path):
    file = SectionFile(path)
    path.unlink()
    assert file.array("numbers").tolist() == [0, 1, 2, 3, 4]


def test_a_span_says_where_bytes_lie(path):
    content, start = SectionFile(path).span("text")
    assert content[start : start + 3] == b"abc"


def test_what_is_written_is_told_with_its_checksum(tmp_path):
    file = SectionFileWriter(tmp_path / "a")
    file.add_bytes("text", b"abc")
    written = file.finish({})
    file.close()
    assert file_checksum(tmp_path / "a") == written
    assert written.size_bytes == (tmp_path / "a").stat().st_size


def test_the_checksum_changes_with_any_byte(path):
    before, content = file_checksum(path), bytearray(path.read_bytes())
    content[20] ^= 1
    path.write_bytes(content)
    assert file_checksum(path) == WrittenFile(before.size_bytes, file_checksum(path).checksum)
    assert file_checksum(path) != before


@pytest.mark.parametrize("kept", [0, 1, 7, 8, 20, 31, 32, 60, -1])
def test_a_truncated_file_is_refused(path, kept):
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(ValueError, match=r"."):
        SectionFile(path)


@pytest.mark.parametrize(
    "content", [b"PK\x03\x04" + b"x" * 60, b"CIVSEC1\n" + b"x" * 60, b"CIVSEC2\n" + b"\0" * 60]
)
def test_a_foreign_file_is_refused_by_name(path, content):
    path.write_bytes(content)
    with pytest.raises(ValueError, match=r"some\.seg is not"):
        SectionFile(path)


def test_a_file_with_something_behind_it_is_refused(path):
    path.write_bytes(path.read_bytes() + b"more")
    with pytest.raises(ValueError, match="is not whole"):
        SectionFile(path)


def test_a_file_that_is_there_is_not_written_over(path):
    file = SectionFileWriter(path)
    file.add_bytes("text", b"other")
    with pytest.raises(FileExistsError):
        file.finish({})
    file.close()
    assert SectionFile(path).bytes("text") == b"abc"


def test_what_is_not_finished_leaves_nothing_behind(tmp_path, monkeypatch):
    """Not even a file without a name: warnings are errors here."""
    monkeypatch.setattr("civicsearch.engines.local.sections._SPOOL_BYTES", 4)
    file = SectionFileWriter(tmp_path / "a")
    file.add_bytes("text", b"long enough")
    file.add_bytes("text", b"and longer")
    file.close()
    assert list(tmp_path.iterdir()) == []
