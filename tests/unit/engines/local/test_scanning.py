import numpy as np
import pytest

from civicsearch.document import Caption
from civicsearch.engines.local.layout import FieldLayout
from civicsearch.engines.local.scanning import Forms, Scan
from civicsearch.query.nodes import Near
from civicsearch.schema import DEFAULT_SCHEMA
from fakes.builders import a_document, phrase, prefix, term
from fakes.rankings import patched
from fakes.segments import LAYOUT, a_scan, a_snapshot

TITLE, BODY = 0, 2
TAG = LAYOUT.groups[DEFAULT_SCHEMA.names.index("tag")]


@pytest.fixture
def snapshot(tmp_path):
    """Three documents in two segments."""
    return a_snapshot(
        tmp_path,
        [a_document(title="dân vận", body="dân dan đường"), a_document(body="vận dân. Dân vận")],
        [a_document(title="dẫn", tags=("dân",), body="khéo dân vận khéo")],
    )


def look_for(snapshot, *typed, documents=(0, 1, 2), row=()):
    return a_scan(snapshot, documents, [(term(word), 0) for word in typed], row)


def test_words_are_counted_by_tier_in_halves_weighted_by_zone(snapshot):
    """A title counts three times, so six halves."""
    scan = look_for(snapshot, "dân", "dan")
    assert scan.all_words.tolist() == [
        [[8, 4, 2], [0, 0, 0], [0, 0, 0]],
        [[2, 0, 0], [8, 4, 8], [0, 0, 0]],
    ]


def test_words_are_counted_in_one_field_alone(snapshot):
    scan = look_for(snapshot, "dân", "vận")
    assert scan.words_in(TITLE)[:, 0].tolist() == [[6, 0, 0], [6, 0, 0]]
    assert scan.words_in(BODY)[:, 0].tolist() == [[2, 4, 2], [0, 4, 2]]


def test_only_documents_that_are_asked_for_are_read(snapshot):
    assert look_for(snapshot, "dân", documents=[2]).all_words.tolist() == [[[2], [0], [0]]]
    assert look_for(snapshot, "dân", documents=[0, 2]).all_words[0, 0].tolist() == [8, 2]
    assert look_for(snapshot, "dân", documents=[]).all_words.shape == (1, 3, 0)


def test_a_word_that_is_nowhere_is_found_nowhere(snapshot):
    scan = look_for(snapshot, "zzz", "dân")
    assert scan.all_words[0].tolist() == [[0] * 3] * 3
    assert scan.phrases([[0, 1], [1, 0]], None).tolist() == [[[0] * 3] * 3] * 2


def test_a_word_in_a_field_that_is_no_zone_is_found_there_alone(snapshot):
    scan = a_scan(snapshot, [0, 1, 2], [(term("dân"), TAG), (term("dân"), 0)])
    assert scan.all_words[:, 0].tolist() == [[0, 0, 2], [8, 4, 2]]


def test_words_that_share_a_form_each_count_it_by_their_own_tier(snapshot):
    words = [(term("dân"), 0), (prefix("da"), 0), (term("dan"), 0)]
    counted = a_scan(snapshot, [0, 1, 2], words).all_words
    assert counted[:, 0].tolist() == [[8, 4, 2], [2, 0, 0], [2, 0, 0]]
    assert counted[:, 1].tolist() == [[0, 0, 0], [8, 4, 8], [8, 4, 8]]


def test_a_phrase_is_found_by_its_worst_word(snapshot):
    scan = look_for(snapshot, "dân", "vận", "dan")
    assert scan.phrases([[0, 1], [2, 1], [0, 2]], None)[:, :2].tolist() == [
        [[6, 2, 2], [0, 0, 0]],
        [[0, 0, 0], [6, 2, 2]],
        [[2, 0, 0], [0, 2, 0]],
    ]


def test_a_phrase_may_be_asked_for_in_one_field(snapshot):
    scan = look_for(snapshot, "dân", "vận")
    assert scan.phrases([[0, 1]], TITLE)[0, 0].tolist() == [6, 0, 0]
    assert scan.phrases([[0, 1]], BODY)[0, 0].tolist() == [0, 2, 2]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("khéo dân vận khéo", [0, 0, 2]),
        ("vận dân dân vận", [0, 2, 0]),
        ("khéo dân khéo", [0, 0, 0]),
        ("dân dân", [0, 2, 0]),
        ("dân dân dân", [0, 0, 0]),
        ("khéo dân vận khéo dân", [0, 0, 0]),
    ],
)
def test_a_phrase_of_any_width_is_found_alone_and_among_others(snapshot, typed, expected):
    words = list(dict.fromkeys(typed.split()))
    numbers = [words.index(word) for word in typed.split()]
    for row in ((), numbers):
        found = look_for(snapshot, *words, row=row).phrases([numbers], None)
        assert found[0].tolist() == [expected, [0] * 3, [0] * 3]


def test_no_phrase_reaches_from_one_text_into_the_next(tmp_path):
    """Neither from field to field, nor from document to document or segment to segment."""
    snapshot = a_snapshot(
        tmp_path,
        [
            a_document(title="dân", lead="vận", body="", captions=(Caption(text="vận"),)),
            a_document(body="dân"),
        ],
        [a_document(title="vận")],
    )
    for row in ((), (0, 1)):
        scan = look_for(snapshot, "dân", "vận", row=row)
        assert scan.phrases([[0, 1]], None).tolist() == [[[0] * 3] * 3]


def test_words_near_each_other_are_counted_by_window(snapshot):
    near = Near(terms=phrase("vận dân").terms, distance=0)
    scan = look_for(snapshot, "vận", "dân")
    assert scan.near(near, [0, 1], None)[0].tolist() == [[6, 4, 2], [0] * 3, [0] * 3]
    assert scan.near(near, [0, 1], BODY)[0, 0].tolist() == [0, 4, 2]


def test_rare_terms_that_share_one_number_are_told_apart(tmp_path):
    """Also where what is asked for has it, and another word of the text that nobody asked for."""
    with patched({"FAR": 2}):
        snapshot = a_snapshot(tmp_path, [a_document(body="xã xã dân khéo vận dân khéo")])
        for row in ((), (0, 1)):
            scan = look_for(snapshot, "dân", "khéo", documents=[0], row=row)
            assert scan.phrases([[0, 1]], None)[0, 0].tolist() == [4]
            scan = look_for(snapshot, "dân", "vận", documents=[0], row=row)
            assert scan.phrases([[0, 1]], None)[0, 0].tolist() == [0]


def test_more_words_than_a_byte_can_number_are_looked_for(tmp_path):
    """Their tiers come in one byte each; with 43 words, the last class is above 127."""
    for count in (43, 90, 300):
        typed = [f"w{number}" for number in range(count)]
        folder = tmp_path / f"{count}"
        folder.mkdir()
        snapshot = a_snapshot(folder, [a_document(body=" ".join(typed))])
        scan = look_for(snapshot, *typed, documents=[0])
        assert scan.all_words[:, 0].tolist() == [[2]] * count
        assert scan.phrases([list(range(count))], None)[0, 0].tolist() == [2]


def test_the_order_of_terms_is_of_no_matter(snapshot):
    """A family of forms that is joined from several ranges may come in any order."""
    (word,) = [{0: forms} for forms in [forms_of_dan(snapshot)]]
    backwards = {0: Forms(word[0].terms[::-1], word[0].tiers[::-1])}
    found = [
        Scan(snapshot, FieldLayout.of(DEFAULT_SCHEMA), np.array([0, 1]), [own]).all_words.tolist()
        for own in (word, backwards)
    ]
    assert found[0] == found[1] == [[[2, 0], [8, 4], [0, 0]]]


def forms_of_dan(snapshot):
    dictionary = snapshot.places[0].segment.dictionary
    lies = dictionary.word(0, "dan")
    terms = [
        n
        for n in range(lies.start, lies.end)
        if dictionary.term(n).endswith((b"\x1f", "dân".encode()))
    ]
    tiers = [0 if dictionary.term(n).endswith(b"\x1f") else 1 for n in terms]
    return Forms(np.array(terms), np.array(tiers, np.int8))


@pytest.mark.parametrize("sliced", [0, 1000])
def test_one_field_is_read_alone(snapshot, sliced):
    """Word by word where it is short; the last one ends with its document."""
    with patched({"_SLICED_WORDS": sliced}):
        for field in range(len(DEFAULT_SCHEMA.names)):
            alone = a_scan(snapshot, (0, 1, 2), [(term("dân"), 0)], field=field)
            every = look_for(snapshot, "dân")
            assert alone.words_in(field).tolist() == every.words_in(field).tolist()
            assert alone.all_words.tolist() == every.words_in(field).tolist()
            assert alone.read_words < every.read_words
