import pytest

from civicsearch.query.likeness import fits_pattern, is_within_edits, pattern_regex


@pytest.mark.parametrize(
    ("pattern", "word", "fits"),
    [
        ("a*c", "ac", True),
        ("a*c", "abbc", True),
        ("a*c", "abcd", False),
        ("a?c", "abc", True),
        ("a?c", "ac", False),
        ("*a*b*", "xaxbx", True),
        ("*a*b*", "ba", False),
        ("*ab?ab", "abxabyab", True),
        ("a**b", "axxb", True),
        ("a.c*", "abc", False),
        ("", "", True),
        ("*", "", True),
        ("?", "\n", True),
    ],
)
def test_patterns(pattern, word, fits):
    assert (pattern_regex(pattern).fullmatch(word) is not None) is fits
    assert fits_pattern(pattern, word, str.__eq__) is fits


def test_a_pattern_made_to_be_slow_is_answered():
    """With a plain expression of `.*` this one would not end."""
    assert pattern_regex("*a" * 30 + "b").fullmatch("a" * 100) is None


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [
        ("", "", 0),
        ("van", "van", 0),
        ("van", "vạn", 1),
        ("van", "vang", 1),
        ("vang", "ang", 1),
        ("van", "vna", 1),
        ("van", "avn", 1),
        ("van", "", 3),
        ("abcd", "badc", 2),
        ("ca", "abc", 3),
        ("nghieng", "ngihegn", 2),
        ("kitten", "sitting", 3),
    ],
)
def test_the_distance_of_two_words(one, other, distance):
    for most in range(5):
        assert is_within_edits(one, other, most) is (distance <= most)
        assert is_within_edits(other, one, most) is (distance <= most)
