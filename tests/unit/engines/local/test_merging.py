import random
from concurrent.futures import CancelledError
from threading import Event

import pytest

from civicsearch.engines.local.codebook import PLAIN
from civicsearch.engines.local.engine import LocalEngine
from civicsearch.engines.local.manifest import SegmentEntry
from civicsearch.engines.local.merging import (
    MERGE_FACTOR,
    all_to_merge,
    merge_segments,
    segments_to_merge,
)
from civicsearch.engines.local.sections import SectionFile, WrittenFile
from civicsearch.engines.local.segment import Segment
from civicsearch.schema import DEFAULT_SCHEMA
from civicsearch.search import SearchRequest
from fakes.builders import a_document, term
from fakes.rankings import patched
from fakes.segments import LAYOUT, a_segment, an_entry, merged, without


def entries(*sizes, deleted=None, size_bytes=1000):
    """Return entries of segments with so many documents, some of them deleted."""
    return [
        SegmentEntry(
            name=f"{place:06}",
            documents=size,
            deleted=(deleted or {}).get(place, 0),
            file=WrittenFile(size_bytes, 0),
        )
        for place, size in enumerate(sizes)
    ]


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        ([], []),
        ([10], []),
        ([10] * (MERGE_FACTOR - 1), []),
        ([10] * MERGE_FACTOR, [0, 1, 2, 3, 4, 5]),
        ([1, 999, 10, 5_999, 3_000, 1_000], [0, 1, 2, 3, 4, 5]),
        ([10] * 5 + [6_000], []),
        ([6_000, *[10] * 6], [1, 2, 3, 4, 5, 6]),
        ([6_100] * 6, [0, 1, 2, 3, 4, 5]),
        ([100_000, 6_100, 6_100, 40_000, 10, 10], []),
    ],
)
def test_segments_of_about_one_size_are_merged(sizes, expected):
    assert segments_to_merge(entries(*sizes)) == expected


def test_smaller_segments_come_along_with_larger_ones_and_larger_ones_stay():
    assert segments_to_merge(entries(10, *[7_000] * 6, 10)) == list(range(8))
    assert segments_to_merge(entries(7_000, *[10] * 6, 7_000)) == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize("seed", range(5))
def test_merging_goes_on_until_few_segments_are_left(seed):
    """However they come: each merge leaves fewer, and in the end each size is rare."""
    sizes = random.Random(seed).choices([1, 10, 800, 6_500, 50_000], k=60)  # noqa: S311 - no secret
    left = entries(*sizes)
    while places := segments_to_merge(left):
        assert len(places) > 1
        assert places == sorted(set(places))
        merged = sum(left[place].live for place in places)
        left = [entry for place, entry in enumerate(left) if place not in places]
        left += entries(merged)
    assert sum(entry.live for entry in left) == sum(sizes)
    assert len(left) < 4 * MERGE_FACTOR


@pytest.mark.parametrize(("deleted", "expected"), [(40, []), (41, [1]), (100, [1])])
def test_a_segment_of_which_much_is_deleted_is_written_anew(deleted, expected):
    assert segments_to_merge(entries(100, 100, deleted={1: deleted})) == expected


def test_what_is_deleted_does_not_count_as_size():
    found = segments_to_merge(entries(*[10] * 5, 8_000, deleted={5: 3_000}))
    assert found == [0, 1, 2, 3, 4, 5]


def test_large_segments_stay_as_they_are():
    assert segments_to_merge(entries(*[10**7] * 6, size_bytes=1 << 30)) == []


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (entries(), []),
        (entries(10), []),
        (entries(10, deleted={0: 1}), [0]),
        (entries(10, 10**6), [0, 1]),
        (entries(1, 2, 3, size_bytes=2 << 30), [0, 1]),
        (entries(1, 2, size_bytes=4 << 30), []),
    ],
)
def test_all_are_made_one_as_far_as_one_can_hold_them(found, expected):
    assert all_to_merge(found) == expected


def test_a_merge_leaves_out_what_is_deleted_and_the_words_that_only_it_had(tmp_path):
    one = without(a_segment(tmp_path, [a_document(title="dân"), a_document(title="cũ")], "1"), {1})
    two = a_segment(tmp_path, [a_document(document_id="x", title="dân vận")], "2")
    file = merge_segments([one, two], tmp_path / "3.seg", LAYOUT)
    merged = Segment(tmp_path, an_entry("3", file, 2))
    assert [term[1:] for term in merged.dictionary.all()] == [
        b"dan\x1fd\xc3\xa2n",
        b"van\x1fv\xe1\xba\xadn",
    ]
    assert merged.number_of("x") == 1
    assert merged.stored.document(1).title == "dân vận"


def test_documents_without_a_codebook_are_packed_anew_however_many(tmp_path):
    """As those of thousands of small commits are."""
    parts = [a_segment(tmp_path, [a_document(body="dân") for _ in range(31)], n) for n in "ab"]
    with patched({"_FEW_DOCUMENTS": 1}):
        texts = merged(tmp_path, parts, "anew").stored.parts
    assert [len({run[2] for run in part.runs()}) for part in texts] == [1, 1]
    assert all(part.codebook(0) != PLAIN for part in texts)


def test_documents_that_few_share_a_codebook_with_are_packed_anew(tmp_path):
    """Else an archive that grew by forty documents a day would have a codebook for each day."""
    days = [[a_document(body=f"ngày {day} " * 30) for _ in range(40)] for day in range(3)]
    parts = [a_segment(tmp_path, day, f"{n}") for n, day in enumerate(days)]
    with patched({"_FEW_DOCUMENTS": 40}):
        kept = merged(tmp_path, parts, "kept")
    with patched({"_FEW_DOCUMENTS": 41}):
        anew = merged(tmp_path, [without(parts[0], {3}), *parts[1:]], "anew")
    for part in (0, 1):
        books = [{run[2] for run in one.stored.parts[part].runs()} for one in (kept, anew)]
        assert list(map(len, books)) == [3, 1]
    assert [kept.stored.document(n).body for n in (0, 119)] == [days[0][0].body, days[2][-1].body]
    bodies = [anew.stored.document(n).body for n in range(119)]
    assert bodies == [document.body for day in days for document in day][1:]


def test_a_merge_that_fails_leaves_the_sources_alone(tmp_path):
    one = a_segment(tmp_path, [a_document(title="dân")], "1")
    (tmp_path / "2.seg").touch()
    with pytest.raises(FileExistsError):
        merge_segments([one], tmp_path / "2.seg", LAYOUT)
    assert one.stored.document(0).title == "dân"


def test_a_merge_that_nobody_wants_any_more_leaves_nothing(tmp_path):
    one, two = (a_segment(tmp_path, [a_document(title=name)], name) for name in "12")
    cancelled = Event()
    cancelled.set()
    with pytest.raises(CancelledError):
        merge_segments([one, two], tmp_path / "3.seg", LAYOUT, cancelled)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["1.seg", "2.seg"]


def test_the_best_stay_the_best_however_often_segments_were_merged(tmp_path):
    """Levels are made of frequencies in a merge, and these of levels: nothing may add up."""
    engine = LocalEngine.create(tmp_path / "index", schema=DEFAULT_SCHEMA)
    batches = (
        {"better": "dân " * 12 + "xã " * 5, "worse": "dân " * 14 + "xã " * 8},
        {"1": "xã"},
        {"2": "xã " * 100},
        {"3": "xã"},
    )
    for batch in batches:
        writer = engine.writer()
        for document_id, body in batch.items():
            writer.add(a_document(document_id=document_id, body=body))
        writer.commit()
        writer.optimize()
        writer.close()
    both, best = (
        engine.searcher().search(SearchRequest(query=term("dân"), limit=limit)).matches
        for limit in (2, 1)
    )
    engine.close()
    assert [match.document_id for match in both] == ["better", "worse"]
    assert [match.document_id for match in best] == ["better"]


def test_what_is_deleted_does_not_count_in_merged_levels(tmp_path):
    """The average length is that of what is left."""
    long, short = a_document(body="xã " * 500), a_document(body="dân vận")
    one = merged(tmp_path, [without(a_segment(tmp_path, [long, short], "1"), {0})])
    anew = a_segment(tmp_path, [short], "2")
    assert one.postings.average_length == anew.postings.average_length == 2.0
    for number in range(anew.dictionary.size):
        own, expected = (s.postings.postings(number) for s in (one, anew))
        assert own[0].tolist() == expected[0].tolist() == [0]
        assert abs(int(own[1][0]) - int(expected[1][0])) <= 2


def test_a_merge_reads_its_sources_in_pieces_and_forgets_them(tmp_path, monkeypatch):
    """Memory would grow to the size of all segments otherwise."""
    forgotten = []

    def forget(file):
        forgotten.append(file)

    monkeypatch.setattr(SectionFile, "forget", forget)
    segments = [a_segment(tmp_path, [a_document(title="dân")], name) for name in "12"]
    merged(tmp_path, segments)
    assert {id(file) for file in forgotten} == {id(segment.file) for segment in segments}
