"""What a Vietnamese archive must find, however it was typed: with every engine.

Six articles and the questions that engines not made for Vietnamese answer wrongly: a `đ` that does
not fold, two letters that become one, two standards of tone placement, decomposed letters, grouped
numbers, and exact words that rank no higher than folded ones.
"""

import unicodedata

import pytest

from civicsearch import Archive, Document

TEXTS = {
    "railway": "Tuyến đường sắt qua huyện.",
    "sun": "Phố Dương Đình, hàng duong xanh.",
    "work": "Vấn đề dân vận ở xã Phiêng Say, vận động bà con.",
    "culture": "Văn hóa và đê điều.",
    "old": "Các cấp uỷ đảng.",
    "new": "Thị ủy và cấp ủy.",
    "parted": unicodedata.normalize("NFD", "Nghị quyết về đường thủy."),
    "grouped": "Có 1.700 lượt người.",
    "rule": "Quy hoạch chợ, quí vị đến xem.",
    "small": "Ở xã An Khê, cán bộ tố cáo án.",
}


@pytest.fixture
def find(engine, fill):
    fill(*(Document(document_id=name, body=text) for name, text in TEXTS.items()))
    archive = Archive(engine)

    def find(text):
        return {hit.document_id: hit for hit in archive.search(text, limit=100).hits}

    return find


def marked(hit):
    return [hit.snippet.text[start:end] for start, end in hit.snippet.highlights]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("duong sat", {"railway"}),
        ("đường", {"railway", "parted"}),
        (unicodedata.normalize("NFD", "đường"), {"railway", "parted"}),
        ("ĐƯỜNG", {"railway", "parted"}),
        ("van de", {"work", "culture"}),
        ("vấn đề", {"work"}),
        ("cấp ủy", {"old", "new"}),
        ("cấp uỷ", {"old", "new"}),
        ("cap uy", {"old", "new"}),
        ("văn hoá", {"culture"}),
        ("nghị quyết đường", {"parted"}),
        ("1700", {"grouped"}),
        ("1.700", {"grouped"}),
        ("ở", {"work", "small"}),
        ("an khê", {"small"}),
        ("án", {"small"}),
    ],
)
def test_what_is_asked_for_is_found_and_nothing_else(find, text, expected):
    assert find(text).keys() == expected


def test_an_exact_word_ranks_above_one_that_only_folds_alike(find):
    """`duong` is what `sun` has, letter by letter."""
    assert next(iter(find("duong"))) == "sun"
    assert {"railway", "parted"} < find("duong").keys()


def test_both_standards_of_tone_placement_are_exact(find):
    """None of the two is told from the other by `explain`."""
    for text in ("cấp ủy", "cấp uỷ"):
        for hit in find(text).values():
            said = [part.description for part in hit.explain().parts]
            assert not [words for words in said if "fold" in words or "base" in words]


def test_only_what_matches_is_marked(find):
    """Not the stray `vận` of `vận động`, and of `van de` the words that stand together."""
    assert marked(find('"dân vận"')["work"]) == ["dân vận"]
    assert marked(find("vấn đề")["work"]) == ["Vấn", "đề"]
    assert marked(find("án")["small"]) == ["án"]
    (found,) = marked(find("1700")["grouped"])
    assert found == "1.700"


def test_metadata_do_not_tell_how_an_article_was_typed(engine, fill):
    """Neither of them: what a site's program fills in may bear accents all the same."""
    text = {"title": "Cau treo moi", "body": "Xa khanh thanh cau treo sang nay."}
    for number, own in enumerate(
        (
            {"source": "Báo Sông Lam"},
            {"section": "Đời sống xã hội"},
            {"tags": ("Cầu đường", "Nông thôn mới")},
            {"authors": ("Trần Thị Đào",)},
        )
    ):
        fill(Document(document_id=f"{number}", **text, **own))
    archive = Archive(engine)
    for query in ("cầu treo", '"cầu treo"', "title:cầu"):
        results = archive.search(query)
        assert len(results.hits) == 4, query
        assert all(hit.title_highlights for hit in results.hits), query


def test_qui_is_quy(find):
    """The one word with `i` for `y` that has no accent is the same word, and lacks an accent."""
    assert list(find("qui hoạch")) == ["rule"]
    assert marked(find("qui")["rule"]) == ["Quy", "quí"]


@pytest.mark.parametrize("pattern", ["?uý", "*uý", "?úy", "?uí"])
def test_the_end_of_a_pattern_is_also_read_behind_q(find, pattern):
    """`quý` has its accent on the `y` in either standard, where `túy` has it on the `u`."""
    assert marked(find(pattern)["rule"]) == ["quí"]
