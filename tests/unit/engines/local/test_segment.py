import dataclasses

import numpy as np
import pytest

from civicsearch.document import Origin
from civicsearch.engines.local.sections import WrittenFile
from civicsearch.engines.local.segment import Segment
from fakes.builders import a_document
from fakes.segments import a_segment


@pytest.fixture
def segment(tmp_path):
    origins = (Origin(path="/a", sha256="0f"),)
    documents = [a_document(document_id=name, title="dân", origins=origins) for name in "abcdefghi"]
    return a_segment(tmp_path, documents)


def deleting(segment, folder, numbers, size_bytes=None):
    """Open the segment again with a list of deleted documents beside it."""
    packed = np.packbits(np.isin(np.arange(segment.size), numbers)).tobytes()[:size_bytes]
    entry = dataclasses.replace(
        segment.entry,
        deleted=len(numbers),
        deletions=WrittenFile(len(packed), 0),
        deletions_generation=2,
    )
    (folder / "000001.2.del").write_bytes(packed)
    return Segment(folder, entry)


def test_what_is_deleted_is_not_found_by_its_id(segment, tmp_path):
    assert (segment.number_of("b"), segment.deleted) == (1, None)
    again = deleting(segment, tmp_path, [1, 8])
    assert np.flatnonzero(again.deleted).tolist() == [1, 8]
    assert [again.number_of(name) for name in "abi"] == [0, None, None]


def test_documents_read_from_a_file_are_those_not_deleted(segment, tmp_path):
    assert segment.numbers_with_origin("/a") == list(range(9))
    assert deleting(segment, tmp_path, [0, 8]).numbers_with_origin("/a") == list(range(1, 8))
    assert segment.numbers_with_origin("/b") == []


def test_a_list_of_deleted_documents_of_another_length_is_damage(segment, tmp_path):
    with pytest.raises(ValueError, match=r"000001\.2\.del is not the file it was"):
        deleting(segment, tmp_path, [1], size_bytes=1)


@pytest.mark.parametrize("change", [{"documents": 8}, {"file": WrittenFile(5, 0)}])
def test_a_file_that_is_not_what_the_manifest_says_is_damage(segment, tmp_path, change):
    with pytest.raises(ValueError, match=r"000001\.seg is not the file it was"):
        Segment(tmp_path, dataclasses.replace(segment.entry, **change))
