"""Raw typing of a Vietnamese keyboard that was switched off."""

import pytest

from civicsearch.suggesting.keystrokes import typed_words


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("coong", "công"), ("tacs", "tác"), ("daan", "dân"), ("vaanj", "vận"),
        ("dduwowngf", "đường"), ("dduowngf", "đường"), ("ddoongf", "đồng"), ("hooij", "hội"),
        ("nghieengs", "nghiếng"), ("quys", "quý"), ("giaos", "giáo"), ("hoaf", "hòa"),
        ("hoangf", "hoàng"), ("uyr", "ủy"), ("nuwowcs", "nước"),
        ("xax", "xã"), ("awn", "ăn"), ("tw", "tư"), ("mieengs", "miếng"), ("gias", "giá"),
        ("d9uo7ng2", "đường"), ("co6ng", "công"), ("ta1c", "tác"), ("tac1", "tác"),
        ("hie6p5", "hiệp"), ("ha8ng", "hăng"), ("nu7o7c1", "nước"), ("d9a3ng", "đảng"),
    ],
)  # fmt: skip
def test_telex_and_vni_are_read(typed, meant):
    """Tones at the end of the word or behind their vowel."""
    assert list(typed_words(typed)) == [meant]


@pytest.mark.parametrize("word", ["cong", "", "a", "2020", "57", "nq", "x" * 40, "6a"])
def test_other_words_stand_for_nothing(word):
    """No sign of raw typing, or none that makes sense."""
    assert list(typed_words(word)) == []
