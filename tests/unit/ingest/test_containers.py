"""Pages inside zip and tar files."""

import io
import tarfile
import zipfile

import pytest

from civicsearch.errors import ExtractionError
from civicsearch.ingest.containers import iter_members


def members(path, max_bytes=1000):
    found = iter_members(path, suffixes=(".html",), max_bytes=max_bytes)
    return [(member.name, member.content) for member in found]


def test_zip_names_stay_labels(tmp_path):
    """A name with `../` is read like any other and touches no file; other kinds are passed over."""
    path = tmp_path / "in" / "pages.zip"
    path.parent.mkdir()
    with zipfile.ZipFile(path, "w") as container:
        container.writestr("../a.html", "one")
        container.writestr("b.png", "no")
    assert members(path) == [("../a.html", b"one")]
    assert list(tmp_path.rglob("a.html")) == []


@pytest.mark.parametrize(
    ("name", "mode"), [("p.tar", "w"), ("p.tgz", "w:gz"), ("p.tar.xz", "w:xz")]
)
def test_tar_reads_regular_members_only(tmp_path, name, mode):
    """Links and devices named like pages are passed over."""
    path = tmp_path / name
    with tarfile.open(path, mode) as container:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE):
            info = tarfile.TarInfo("x.html")
            info.type, info.linkname = kind, "/etc/passwd"
            container.addfile(info)
        info = tarfile.TarInfo("a.html")
        info.size = 3
        container.addfile(info, io.BytesIO(b"one"))
    assert members(path) == [("a.html", b"one")]


def test_long_member_is_cut_one_byte_above_the_limit(tmp_path):
    """The caller sees that it is too long, without its length in memory."""
    path = tmp_path / "p.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as container:
        container.writestr("a.html", b"a" * 100_000)
    assert len(members(path, max_bytes=10)[0][1]) == 11


@pytest.mark.parametrize("name", ["p.zip", "p.tar", "p.tar.gz"])
def test_broken_container_is_one_clean_error(tmp_path, name):
    """Whatever the libraries raise arrives as an ExtractionError."""
    path = tmp_path / name
    path.write_bytes(b"no container")
    with pytest.raises(ExtractionError, match="not a valid"):
        members(path)


def test_gzip_header_that_ends_early_is_a_clean_error(tmp_path):
    """The tar library raises a TypeError of it."""
    path = tmp_path / "p.tar.gz"
    path.write_bytes(b"\x1f\x8b\x08\x04" + bytes(6))
    with pytest.raises(ExtractionError, match="not a valid tar file"):
        members(path)


def test_bomb_is_refused(tmp_path):
    """A small file that unpacks to hundreds of megabytes is given up."""
    path = tmp_path / "p.tar.bz2"
    with tarfile.open(path, "w:bz2") as container:
        info = tarfile.TarInfo("a.html")
        info.size = 120 * 1024 * 1024
        container.addfile(info, io.BytesIO(bytes(info.size)))
    with pytest.raises(ExtractionError, match="far more"):
        members(path)


def test_a_member_that_cannot_be_read_is_named_and_the_others_are_read(tmp_path):
    """Encrypted, or packed in a way that nobody here knows; it was called no valid zip file."""
    path = tmp_path / "p.zip"
    with zipfile.ZipFile(path, "w") as container:
        for name in ("1.html", "2.html", "3.html"):
            container.writestr(name, name)
    data = bytearray(path.read_bytes())
    _, second, third = _entries(data)
    data[second + 8] |= 1  # encrypted
    data[third + 10] = 97  # WavPack
    path.write_bytes(data)
    found = list(iter_members(path, suffixes=(".html",), max_bytes=1000))
    assert [(member.content, member.problem) for member in found] == [
        (b"1.html", ""),
        (b"", "encrypted"),
        (b"", "packed in a way that cannot be unpacked here"),
    ]


def _entries(data):
    """Return where the entries of the directory of a zip file begin."""
    return [at for at in range(len(data)) if data[at : at + 4] == b"PK\x01\x02"]
