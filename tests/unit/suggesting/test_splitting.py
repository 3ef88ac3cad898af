"""Where blanks are missing, by an archive of a few sentences."""

import pytest

from civicsearch.analysis import Analyzer
from civicsearch.suggesting.splitting import with_blanks
from fakes.builders import a_searcher

TEXTS = (
    *["Hội đồng nhân dân xã họp về cầu treo."] * 3,
    *["The flood wall is low. A wall of water."] * 3,
    "Nhân hội này, đồng gạo.",
    "Floodgate.",
)


@pytest.fixture(scope="module")
def vocabulary():
    return a_searcher(TEXTS).vocabulary


@pytest.mark.parametrize(
    ("typed", "parted"),
    [
        ("hoidongnhandan", "hoi dong nhan dan"),
        ("HộiĐồng nhandan!", "Hội Đồng nhan dan!"),
        ("floodwall", "flood wall"),
        ("xa hop", None),  # nothing is missing
        ("floodgate", None),  # it is a word
        ("waterflood", None),  # never side by side
        ("caotreo", None),  # a part is no word
        ("xahop2", None),  # not of letters alone
        ("cau", None),  # short
        ("floodwall" * 5, None),  # long
        ("", None),
    ],
)
def test_blanks_that_are_missing(vocabulary, typed, parted):
    tokens = Analyzer().tokens(typed)
    assert with_blanks(vocabulary, typed, tokens, documents=8) == parted


def test_rare_words_of_a_large_archive_are_no_parts(vocabulary):
    typed = "donggao"
    tokens = Analyzer().tokens(typed)
    assert with_blanks(vocabulary, typed, tokens, documents=999) == "dong gao"
    assert with_blanks(vocabulary, typed, tokens, documents=1000) is None


def test_letters_that_are_several_stay_together(vocabulary):
    """Of what is decomposed, no letter is parted from its accents."""
    typed = "Ho\u0302\u0323iDo\u0302\u0300ng"
    tokens = Analyzer().tokens(typed)
    assert with_blanks(vocabulary, typed, tokens, documents=8) is None
