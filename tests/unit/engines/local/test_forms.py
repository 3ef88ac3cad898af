import pytest

from civicsearch.engines.local.forms import forms_of
from civicsearch.engines.local.terms import decode_forms
from civicsearch.query.nodes import Fuzzy, Wildcard
from fakes.builders import a_document, prefix, term
from fakes.rankings import patched
from fakes.segments import a_segment


@pytest.fixture(scope="module")
def segment(tmp_path_factory):
    """One with texts with accents and, signed, texts without."""
    texts = ["dân dan đan dẫn dang đường đương duong xã vận", "dan duong dang xa", "d đ"]
    documents = [a_document(title=text) for text in texts]
    documents[0] = a_document(title=texts[0], tags=("dân",))
    return a_segment(tmp_path_factory.mktemp("forms"), documents)


def named(segment, word, group=0):
    """Return the forms of a word by what they are, with their tiers."""
    found = forms_of(segment, word, group)
    if found is None:
        return None
    terms = map(segment.dictionary.term, found.terms.tolist())
    return dict(zip((decode_forms(t)[0] for t in terms), found.tiers.tolist(), strict=True))


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("dân", {"dân": 0, "dan\x1e": 1}),
        ("dan", {"dan": 0, "dan\x1e": 0, "dân": 1, "đan": 1, "dẫn": 1}),
        ("đan", {"đan": 0, "dan\x1e": 1}),
        ("đương", {"đương": 0, "duong\x1e": 1}),
        ("đuơng", {"đương": 1, "đường": 1, "duong\x1e": 1}),
        ("dấn", {"dan\x1e": 1}),
        ("zzz", None),
    ],
)
def test_a_word_stands_for_the_forms_that_its_accents_allow(segment, typed, expected):
    """A vowel half typed leaves the tone free; a family is no form of its own."""
    assert named(segment, term(typed)) == expected


@pytest.mark.parametrize("many", [0, 10**6])
@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("dân", {"dân": 0, "dan\x1e": 1, "dang\x1e": 1}),
        ("đư", {"đường": 0, "đương": 0, "duong\x1e": 1}),
        ("đuơ", {"đương": 1, "duong\x1e": 1}),
        ("đuơn", {"đương": 1, "đường": 1, "duong\x1e": 1}),
        ("dang", {"dang": 0, "dang\x1e": 0}),
        ("đ", {"đ": 0, "đan": 0, "đương": 0, "đường": 0, "dan\x1e": 1, "dang\x1e": 1, "duong\x1e": 1}),
        ("zz", None),
    ],
)  # fmt: skip
def test_a_beginning_stands_for_the_same_forms_whichever_way_they_are_told(
    segment, typed, expected, many
):
    with patched({"_MANY": many}):
        assert named(segment, prefix(typed)) == expected


def test_a_pattern_and_a_word_perhaps_misspelled_have_their_forms(segment):
    assert named(segment, Wildcard(exact="đ*ng", folded="d*ng")) == {
        "đường": 0, "đương": 0, "dang\x1e": 1, "duong\x1e": 1,
    }  # fmt: skip
    assert named(segment, Fuzzy(exact="xả", folded="xa", distance=1)) == {"xa\x1e": 1, "xã": 2}


@pytest.mark.parametrize("many", [0, 10**6])
def test_a_name_with_accents_binds_in_a_text_without(tmp_path, many):
    """It was typed with its accents, so `dẫn` is not what it says."""
    segment = a_segment(tmp_path, [a_document(title="dan", authors=("Đậu Dân",))])
    with patched({"_MANY": many}):
        assert named(segment, term("dẫn")) == {"dan\x1e": 1}
        assert named(segment, term("dân")) == {"dan\x1e": 1, "dân\x1e": 0}
        assert named(segment, prefix("dẫ")) == {"dan\x1e": 1}
        assert named(segment, prefix("đâ")) == {"dan\x1e": 1}
        assert named(segment, prefix("đa")) == {"dan\x1e": 1, "đậu\x1e": 1}
    assert named(segment, Wildcard(exact="*ẫn", folded="*an")) == {"dan\x1e": 1}
    assert named(segment, Fuzzy(exact="dẫm", folded="dam", distance=1)) == {"dan\x1e": 2}
    assert named(segment, Fuzzy(exact="dâm", folded="dam", distance=1)) == {
        "dan\x1e": 2, "dân\x1e": 2,
    }  # fmt: skip


def test_forms_are_looked_for_in_the_group_of_the_field(segment):
    groups = {term[0] for term in segment.dictionary.all()}
    assert len(groups) == 2
    tag = max(groups)
    assert named(segment, term("dan"), tag) == {"dân": 1}
    assert named(segment, term("xã"), tag) is None
