import dataclasses

import pytest

from civicsearch.analysis.analyzer import UNACCENTED
from civicsearch.document import Caption
from civicsearch.engines.local.segment import Segment
from civicsearch.engines.local.terms import decode_forms, is_family
from fakes.builders import a_document
from fakes.rankings import patched
from fakes.segments import a_buffer, a_segment, an_entry


def exact_forms(segment):
    return {decode_forms(term)[0] for term in segment.dictionary.all() if not is_family(term)}


def written(buffer, folder, name="000001"):
    """Return the segment of what is in a buffer."""
    count = len(buffer)
    return Segment(folder, an_entry(name, buffer.take().write(folder / f"{name}.seg"), count))


def test_lengths_are_weighted_by_zone_and_other_fields_have_none(tmp_path):
    document = a_document(
        title="a b", body="c", captions=(Caption(text="d"),), source="e", tags=("f",)
    )
    assert a_segment(tmp_path, [document]).columns.lengths.tolist() == [2 * (3 + 3 + 1) + 1]


@pytest.mark.parametrize(
    ("words", "is_signed"), [("dan van kheo", True), ("dân van kheo", False), ("1 2 3", True)]
)
def test_words_of_a_document_typed_without_accents_are_signed(tmp_path, words, is_signed):
    segment = a_segment(tmp_path, [a_document(title=words), a_document(title="đường")])
    assert (words.split()[1] + UNACCENTED in exact_forms(segment)) is is_signed


def test_one_word_may_be_signed_in_one_document_and_not_in_another(tmp_path):
    segment = a_segment(tmp_path, [a_document(title="dan"), a_document(title="dan đường")])
    assert exact_forms(segment) == {"dan", "dan" + UNACCENTED, "đường"}


def test_one_accent_in_sixty_six_words_is_an_accent(tmp_path):
    some = [a_document(body="dân " + "van " * count) for count in (65, 66)]
    forms = [exact_forms(a_segment(tmp_path, [d], str(n))) for n, d in enumerate(some)]
    assert ["van" in own for own in forms] == [True, False]


def test_a_buffer_is_full_by_what_it_takes_to_write_it():
    buffer = a_buffer(memory_bytes=2_000)
    assert not buffer.is_full
    buffer.add(a_document(body="dân"))
    assert not buffer.is_full
    buffer.add(a_document(body="vận " * 100))
    assert buffer.is_full


def test_texts_are_cut_as_they_come_not_all_when_the_buffer_is_taken():
    """Cutting takes many times the memory of what is cut at once."""
    buffer = a_buffer()
    with patched({"_CHARS_AT_ONCE": 1000}):
        for _ in range(50):
            buffer.add(a_document(body="dân vận " * 25))
            assert buffer._waiting_chars < 1500


def test_a_buffer_starts_anew_when_it_is_taken(tmp_path):
    buffer = a_buffer()
    for name in ("1", "2"):
        buffer.add(a_document(document_id=name, title="dân"))
        segment = written(buffer, tmp_path, name)
        assert segment.columns.document_ids() == [name]
        assert (len(buffer), exact_forms(segment)) == (0, {"dân"})


def test_what_was_taken_is_not_changed_by_what_is_added_later(tmp_path):
    """Another thread may be writing it."""
    buffer = a_buffer()
    buffer.add(a_document(document_id="1", title="dân"))
    batch = buffer.take()
    buffer.add(a_document(document_id="2", title="vận dân khéo"))
    segment = Segment(tmp_path, an_entry("1", batch.write(tmp_path / "1.seg"), 1))
    assert (batch.document_ids, segment.columns.document_ids()) == (["1"], ["1"])
    assert exact_forms(segment) == {"dân"}
    assert exact_forms(written(buffer, tmp_path)) == {"dân", "vận", "khéo"}


def test_words_known_take_no_more_than_their_share_of_the_memory(tmp_path):
    """Else every document would be a segment of its own from some day on."""
    buffer = a_buffer(memory_bytes=30_000)
    sizes = []
    for number in range(300):
        buffer.add(a_document(body=" ".join(f"từ{number}x{n}" for n in range(9))))
        if buffer.is_full:
            sizes.append(len(buffer))
            buffer.take()
    assert len(sizes) > 10
    assert min(sizes) > 3


def test_a_document_is_in_it_whole_or_not_at_all(tmp_path):
    buffer = a_buffer()
    buffer.add(a_document(document_id="1", title="dân"))
    broken = dataclasses.replace(a_document(title="vận", body="khéo"), captions=(None,))
    with pytest.raises(AttributeError):
        buffer.add(broken)
    buffer.add(a_document(document_id="2", title="đường"))
    segment = written(buffer, tmp_path)
    assert exact_forms(segment) == {"dân", "đường"}
    assert [segment.stored.document(n).document_id for n in range(2)] == ["1", "2"]


def test_what_could_not_be_written_can_be_written_again(tmp_path):
    buffer = a_buffer()
    buffer.add(a_document(document_id="1", title="dân"))
    batch = buffer.take()
    (tmp_path / "taken.seg").write_text("mine")
    with pytest.raises(FileExistsError):
        batch.write(tmp_path / "taken.seg")
    assert (tmp_path / "taken.seg").read_text() == "mine"
    segment = Segment(tmp_path, an_entry("free", batch.write(tmp_path / "free.seg"), 1))
    assert segment.columns.document_ids() == ["1"]
    assert segment.stored.document(0).title == "dân"


def test_nothing_is_left_of_a_file_that_was_not_written_to_its_end(tmp_path, monkeypatch):
    buffer = a_buffer()
    buffer.add(a_document(title="dân"))
    batch = buffer.take()

    def fail(*arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("civicsearch.engines.local.buffer.write_facets", fail)
    with pytest.raises(OSError, match="No space left"):
        batch.write(tmp_path / "1.seg")
    assert list(tmp_path.iterdir()) == []
