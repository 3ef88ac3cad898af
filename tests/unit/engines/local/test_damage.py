import pytest

from civicsearch.engines.local.damage import DamageReporter, check_files
from civicsearch.engines.local.manifest import SEGMENTS_NAME
from civicsearch.engines.local.sections import file_checksum
from civicsearch.errors import ArchiveAccessError, ArchiveCorruptError, QuerySyntaxError


def raised(error, folder, damaged=()):
    with DamageReporter(folder, lambda: list(damaged)):
        raise error


@pytest.mark.parametrize("error", [IndexError(), KeyError("a"), UnicodeError(), MemoryError()])
def test_anything_raised_over_a_damaged_file_names_that_file(tmp_path, error):
    with pytest.raises(ArchiveCorruptError, match=r"000001\.seg was changed"):
        raised(error, tmp_path, ["segments/000001.seg"])


def test_where_every_file_is_whole_the_fault_is_ours(tmp_path):
    with pytest.raises(IndexError, match="ours"):
        raised(IndexError("ours"), tmp_path)


def test_our_own_errors_pass(tmp_path):
    with pytest.raises(QuerySyntaxError):
        raised(QuerySyntaxError("text", text="x", position=0), tmp_path, ["a"])


def test_a_file_that_is_gone_is_named(tmp_path):
    with pytest.raises(ArchiveCorruptError, match=r"segments/a\.seg is gone"):
        raised(FileNotFoundError(2, "", str(tmp_path / "segments" / "a.seg")), tmp_path)
    with pytest.raises(ArchiveCorruptError, match="one of its files is gone"):
        raised(FileNotFoundError(), tmp_path)


def test_what_the_system_refuses_is_no_damage(tmp_path):
    with pytest.raises(ArchiveAccessError, match="Permission denied"):
        raised(PermissionError(13, "Permission denied"), tmp_path, ["segments/a.seg"])


def test_files_are_held_against_their_checksums(tmp_path):
    path = tmp_path / SEGMENTS_NAME / "a.seg"
    path.parent.mkdir()
    path.write_bytes(b"whole")
    written = file_checksum(path)
    check_files(tmp_path, [("a.seg", written)])
    path.write_bytes(b"hole!")
    with pytest.raises(ArchiveCorruptError, match=r"segments/a\.seg was changed"):
        check_files(tmp_path, [("a.seg", written)])
