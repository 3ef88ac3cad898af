import pytest

from civicsearch.analysis import Analyzer
from civicsearch.query import Fuzzy, Near, Number, Wildcard
from civicsearch.query.matching import Tier, iter_occurrences
from fakes.builders import phrase, prefix, term


def tiers(leaf, text):
    """Return the tiers of the matches in a document of `text` alone."""
    return [tier for tier, _, _ in places(leaf, text)]


def places(leaf, text):
    """Return the tier, the first and the last token of the matches."""
    tokens = Analyzer().field_tokens({"body": text})["body"]
    return list(iter_occurrences(leaf, tokens))


def wildcard(exact, folded):
    return Wildcard(exact=exact, folded=folded)


def fuzzy(text, distance):
    word = term(text)
    return Fuzzy(exact=word.exact, folded=word.folded, distance=distance)


def near(text, distance):
    return Near(terms=phrase(text).terms, distance=distance)


@pytest.mark.parametrize(
    ("written", "is_number"),
    [("9" * 18, True), ("9" * 19, False), ("1.700", True), ("17a", False), ("١٧", False)],
)
def test_a_number_is_up_to_eighteen_plain_digits(written, is_number):
    """A longer row is that of an account, or a key."""
    assert bool(tiers(Number(low=1, high=None), written)) is is_number


@pytest.mark.parametrize(
    ("asked", "written", "tier"),
    [
        ("dân", "dân", Tier.EXACT),
        ("uỷ", "ủy", Tier.EXACT),
        ("dan", "dan", Tier.EXACT),
        ("dan", "dân", Tier.FOLDED),
        ("dan", "dẫn", Tier.FOLDED),
        ("dân", "dẫn", None),
        ("dân", "dan", Tier.FOLDED),
        ("duong", "đường", Tier.FOLDED),
        ("duơng", "dương", Tier.FOLDED),
        ("duơng", "đường", Tier.FOLDED),
        ("dương", "đường", None),
        ("đuong", "đường", Tier.FOLDED),
        ("đuong", "dương", None),
        ("van", "dân", None),
        ("strasse", "straße", Tier.EXACT),
        ("lodz", "Łódź", Tier.FOLDED),
        ("Łodz", "Łódź", Tier.FOLDED),
    ],
)
def test_accents_typed_bind_and_accents_missing_are_free(asked, written, tier):
    assert tiers(term(asked), written) == ([] if tier is None else [tier])


def test_a_bare_word_among_accented_ones_is_no_accented_word():
    assert tiers(term("xã"), "đường xa, xã gần") == [Tier.EXACT]
    assert tiers(prefix("xã"), "đường xa, xã gần") == [Tier.EXACT]
    assert tiers(term("xa"), "đường xa, xã gần") == [Tier.EXACT, Tier.FOLDED]


def test_a_word_with_accents_among_bare_ones_is_meant_as_it_stands():
    """A name in a text that was typed without accents."""
    text = "Dân " + "xa gan " * 40
    assert tiers(term("dân"), text) == [Tier.EXACT]
    assert tiers(term("dan"), text) == [Tier.FOLDED]
    for asked in (term("dẫn"), prefix("dẫ"), wildcard("d*ẫn", "d*an"), fuzzy("dẫm", 1)):
        assert tiers(asked, text) == []
    assert tiers(fuzzy("dâm", 1), text) == [Tier.NEAR]


@pytest.mark.parametrize(
    ("asked", "written", "tier"),
    [
        ("ngap", "ngập", Tier.FOLDED),
        ("ngậ", "ngập", Tier.EXACT),
        ("nga", "ngập", Tier.FOLDED),
        ("đ", "đường", Tier.EXACT),
        ("đ", "duong", Tier.FOLDED),
        ("đ", "dùng", None),
        ("d", "đường", Tier.FOLDED),
        ("ngâ", "ngập", None),
    ],
)
def test_a_prefix_binds_the_accents_typed(asked, written, tier):
    assert tiers(prefix(asked), written) == ([] if tier is None else [tier])


@pytest.mark.parametrize(
    ("asked", "written", "expected"),
    [
        ("dân vận", "Ban Dân vận, dân vận", [Tier.EXACT, Tier.EXACT]),
        ("dan van", "dân vận, dân văn", [Tier.FOLDED, Tier.FOLDED]),
        ("dân van", "dân vận, dẫn vận", [Tier.FOLDED]),
        ("dân vận", "vận dân", []),
        ("dân vận", "dân", []),
        ("a a", "a a a", [Tier.EXACT, Tier.EXACT]),
    ],
)
def test_a_phrase_matches_its_words_in_order_with_the_tier_of_the_worst(asked, written, expected):
    assert tiers(phrase(asked), written) == expected


@pytest.mark.parametrize(
    ("exact", "folded", "written", "tier"),
    [
        ("ngh*ng", "ngh*ng", "nghiêng", Tier.EXACT),
        ("ngh*êng", "ngh*eng", "nghiêng", Tier.EXACT),
        ("ngh?êng", "ngh?eng", "nghiêng", Tier.EXACT),
        ("ngh?eng", "ngh?eng", "nghiêng", Tier.FOLDED),
        ("ngh?ng", "ngh?ng", "nghiêng", None),
        ("n*iêng", "n*ieng", "nghieng", Tier.FOLDED),
        ("n*iêng", "n*ieng", "nghiẽng", None),
        ("*vận", "*van", "vận", Tier.EXACT),
        ("*vận", "*van", "vẫn", None),
        ("đ*ơng", "d*ong", "đường", None),
        ("đ*ong", "d*ong", "đường", Tier.FOLDED),
        ("d*ong", "d*ong", "đường", Tier.FOLDED),
        ("đ*ong", "d*ong", "dương", None),
        ("?uơng", "?uong", "đường", Tier.FOLDED),
        ("du?ng", "du?ng", "đường", Tier.FOLDED),
        ("*", "*", "vận", Tier.EXACT),
        ("v?", "v?", "vận", None),
    ],
)
def test_a_pattern_binds_the_accents_typed(exact, folded, written, tier):
    assert tiers(wildcard(exact, folded), written) == ([] if tier is None else [tier])


def test_the_mark_of_unaccented_documents_is_no_letter():
    assert tiers(wildcard("kh?", "kh?"), "kho khoo") == [Tier.EXACT]
    assert tiers(wildcard("*o", "*o"), "kho khoa") == [Tier.EXACT]


def test_a_bare_word_among_accented_ones_fits_no_accented_pattern():
    assert tiers(wildcard("xư?g", "xu?g"), "đường xung, xưng") == [Tier.EXACT]
    assert tiers(wildcard("x*ã", "x*a"), "đường xuxa, xuxã") == [Tier.EXACT]


@pytest.mark.parametrize(
    ("asked", "distance", "written", "tier"),
    [
        ("khéo", 1, "khéo", Tier.EXACT),
        ("kheo", 1, "khéo", Tier.FOLDED),
        ("khéo", 1, "kheo", Tier.FOLDED),
        ("khéo", 1, "khẻo", Tier.NEAR),
        ("khéo", 1, "kéo", Tier.NEAR),
        ("khéo", 1, "kẻo", None),
        ("khéo", 2, "kẻo", Tier.NEAR),
        ("kheo", 1, "kẻo", Tier.NEAR),
        ("kheo", 1, "khoe", Tier.NEAR),
        ("kheo", 1, "gheo", None),
        ("kheo", 2, "gheo", None),
        ("đường", 1, "dường", Tier.NEAR),
        ("đường", 1, "duon", Tier.NEAR),
        ("nghieng", 2, "nghiên", Tier.NEAR),
        ("nghieng", 2, "nghĩa", None),
        ("nghieng", 2, "ngheing", Tier.NEAR),
    ],
)
def test_a_fuzzy_word_forgives_slips_but_not_in_the_first_letter(asked, distance, written, tier):
    assert tiers(fuzzy(asked, distance), written) == ([] if tier is None else [tier])


@pytest.mark.parametrize(
    ("asked", "distance", "written", "expected"),
    [
        ("dân vận", 0, "vận dân", [(Tier.EXACT, 0, 1)]),
        ("dân vận", 1, "dân ta vận", [(Tier.EXACT, 0, 2)]),
        ("dân vận", 1, "dân ta đã vận", []),
        ("dân vận", 2, "dân dân ta vận", [(Tier.EXACT, 1, 3)]),
        ("dân vận", 5, "dân vận dân", [(Tier.EXACT, 0, 1), (Tier.EXACT, 1, 2)]),
        ("dân vận", 5, "dân ta vận đá dân", [(Tier.EXACT, 0, 2), (Tier.EXACT, 2, 4)]),
        ("dân vận", 0, "dân ta vận đá dân vận", [(Tier.EXACT, 4, 5)]),
        ("dân vận khéo", 2, "khéo làm dân khéo vận", [(Tier.EXACT, 2, 4)]),
        ("dân dân", 3, "dân", []),
        ("dân dân", 3, "dân vận dân", [(Tier.EXACT, 0, 2)]),
        ("dan vận", 3, "đường dân vận", [(Tier.FOLDED, 1, 2)]),
        ("dân vận", 3, "vận nhà", []),
    ],
)
def test_near_words_are_found_in_the_smallest_windows(asked, distance, written, expected):
    assert places(near(asked, distance), written) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("đường dân dẫn", [(Tier.FOLDED, 1, 2)]),
        ("đường dân dan", [(Tier.EXACT, 1, 2)]),
        ("đường dan dân", [(Tier.EXACT, 1, 2)]),
        ("đường dân ở dân", [(Tier.FOLDED, 1, 3)]),
        ("đường dan dan", []),
    ],
)
def test_every_near_word_needs_a_place_of_its_own(written, expected):
    """The word `dan` finds `dân` too, which the word `dân` may need."""
    assert places(near("dan dân", 3), written) == expected
