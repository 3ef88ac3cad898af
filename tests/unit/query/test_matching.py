import pytest

from civicsearch.analysis import Analyzer
from civicsearch.query.matching import Tier, iter_occurrences
from fakes.builders import phrase, prefix, term


def tiers(leaf, text):
    """Return the tiers of the matches in a document of `text` alone."""
    tokens = Analyzer().field_tokens({"body": text})["body"]
    return [found.tier for found in iter_occurrences(leaf, tokens)]


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
