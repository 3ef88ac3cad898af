import pytest

from civicsearch.query import parse_query
from civicsearch.query.nodes import MEANT_SHARE, Term, Words
from civicsearch.query.words import words_in_runs


def words(text):
    """Words of runs as they were typed, with their factors."""
    typed, _ = words_in_runs(parse_query(text))
    return {word.exact: factor for word, factor in typed.items()}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("dân", {}),  # alone, it has no others round it
        ("dân vận khéo", {"dân": 1.0, "vận": 1.0, "khéo": 1.0}),
        ('"dân vận" khéo*', {}),
        ("dân vận NOT khéo", {"dân": 1.0, "vận": 1.0}),
        ("title:(dân vận)", {}),
        ("(dân vận)^3 OR (dân khéo)", {"dân": 3.0, "vận": 3.0, "khéo": 1.0}),
        ("dân^2 vận", {"dân": 2.0, "vận": 1.0}),
    ],
)
def test_plain_words_typed_with_others_are_told_with_their_boosts(text, expected):
    assert words(text) == expected


def test_a_word_shares_its_factor_with_the_form_that_is_meant():
    bare, accented = Term(exact="cong", folded="cong"), Term(exact="công", folded="cong")
    other = Term(exact="tac", folded="tac")
    run = Words(children=(bare, other), minimum=2, meant=(accented, None))
    typed, scored = words_in_runs(run)
    assert typed == {bare: 1.0, other: 1.0}
    assert scored == {
        other: 1.0,
        bare: pytest.approx(1 - MEANT_SHARE),
        accented: pytest.approx(MEANT_SHARE),
    }
