import dataclasses
import json

import pytest

from civicsearch.engines.local.manifest import (
    MANIFEST_NAME,
    Manifest,
    SegmentEntry,
    claim_folder,
)
from civicsearch.engines.local.sections import WrittenFile
from civicsearch.errors import (
    ArchiveAccessError,
    ArchiveCorruptError,
    ArchiveForeignError,
    ArchiveNotFoundError,
    ArchiveVersionError,
)
from civicsearch.schema import DEFAULT_SCHEMA, Schema

PLAIN = SegmentEntry(name="000001", documents=5, deleted=0, file=WrittenFile(100, 7))
WITH_DELETIONS = SegmentEntry(
    name="000002",
    documents=9,
    deleted=2,
    file=WrittenFile(200, 8),
    deletions=WrittenFile(2, 9),
    deletions_generation=3,
)


def a_manifest(*entries):
    new = Manifest.new(DEFAULT_SCHEMA)
    return dataclasses.replace(new, generation=4, next_segment=3, segments=entries)


def load(folder):
    return Manifest.load(folder, schema=DEFAULT_SCHEMA)


def change(folder, **values):
    path = folder / MANIFEST_NAME
    path.write_text(json.dumps(json.loads(path.read_text()) | values))


def test_a_manifest_comes_back_as_it_was_saved(tmp_path):
    manifest = a_manifest(PLAIN, WITH_DELETIONS)
    manifest.save(tmp_path)
    assert load(tmp_path) == manifest
    assert [path.name for path in tmp_path.iterdir()] == [MANIFEST_NAME]


def test_a_manifest_knows_its_documents_and_files():
    manifest = a_manifest(PLAIN, WITH_DELETIONS)
    assert manifest.documents == 12
    assert manifest.files() == {
        "000001.seg": WrittenFile(100, 7),
        "000002.seg": WrittenFile(200, 8),
        "000002.3.del": WrittenFile(2, 9),
    }


@pytest.mark.parametrize("name", ["../000001", "a/b", "/etc/passwd", "x/"])
def test_a_name_that_leads_out_of_the_folder_is_damage(tmp_path, name):
    a_manifest(dataclasses.replace(PLAIN, name=name)).save(tmp_path)
    with pytest.raises(ArchiveCorruptError):
        load(tmp_path)


@pytest.mark.parametrize(
    "values",
    [{"generation": 5}, {"segments": []}, {"checksum": 0}, {"checksum": None}, {"more": 1}],
)
def test_a_value_that_was_changed_is_damage(tmp_path, values):
    a_manifest(PLAIN).save(tmp_path)
    change(tmp_path, **values)
    with pytest.raises(ArchiveCorruptError):
        load(tmp_path)


def test_every_byte_that_is_changed_is_noticed(tmp_path):
    """As damage, as another version, or as no manifest of ours; never as a traceback."""
    a_manifest(PLAIN, WITH_DELETIONS).save(tmp_path)
    path = tmp_path / MANIFEST_NAME
    content = path.read_bytes()
    whole = load(tmp_path)
    for place in range(len(content)):
        changed = bytearray(content)
        changed[place] ^= 1
        path.write_bytes(changed)
        try:
            found = load(tmp_path)
        except (ArchiveCorruptError, ArchiveForeignError, ArchiveVersionError):
            continue
        assert found == whole  # the blank between two values was another


@pytest.mark.parametrize(
    "manifest",
    [
        dataclasses.replace(a_manifest(), schema="other"),
        dataclasses.replace(a_manifest(), analyzer="other"),
        dataclasses.replace(a_manifest(), format_version=1),
    ],
)
def test_another_version_is_refused_with_what_to_do(tmp_path, manifest):
    manifest.save(tmp_path)
    with pytest.raises(ArchiveVersionError, match="build it again"):
        load(tmp_path)


def test_an_archive_with_other_fields_is_another_version(tmp_path):
    a_manifest().save(tmp_path)
    with pytest.raises(ArchiveVersionError):
        Manifest.load(tmp_path, schema=Schema(fields=DEFAULT_SCHEMA.fields[:2]))


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b"\xff\xfe", b'{"a": 1}', b"[" * 100_000])
def test_what_is_no_manifest_of_ours_is_somebody_elses(tmp_path, content):
    (tmp_path / MANIFEST_NAME).write_bytes(content)
    with pytest.raises(ArchiveForeignError):
        load(tmp_path)


def test_a_manifest_that_is_a_folder_is_not_ours_to_judge(tmp_path):
    (tmp_path / MANIFEST_NAME).mkdir()
    with pytest.raises(ArchiveAccessError):
        load(tmp_path)


def test_a_folder_is_claimed_once(tmp_path):
    folder = tmp_path / "deep" / "index"
    with pytest.raises(ArchiveNotFoundError):
        load(folder)
    first = claim_folder(folder, schema=DEFAULT_SCHEMA)
    assert (first.generation, first.documents) == (0, 0)
    assert claim_folder(folder, schema=DEFAULT_SCHEMA) == first


def test_what_an_interrupted_first_commit_left_does_not_make_a_folder_foreign(tmp_path):
    (tmp_path / "manifest.json.123.tmp").write_text("{")
    assert claim_folder(tmp_path, schema=DEFAULT_SCHEMA).generation == 0


def test_a_place_where_no_folder_can_be_is_told(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises((ArchiveForeignError, ArchiveAccessError)):
        claim_folder(tmp_path / "file" / "index", schema=DEFAULT_SCHEMA)
