"""A flood of attributes goes before it reaches the parser; all else stays as it is."""

import pytest

from civicsearch.ingest.floods import without_floods

FEW = "".join(f' data-n{number}="x > y < z"' for number in range(60))


@pytest.mark.parametrize(
    "tag",
    [
        "<div " + " ".join(f"a{number}=1" for number in range(30_000)),
        "<div " + " ".join(f"a{number}" for number in range(30_000)),
        "<div " + " ".join(f"a{number}='>'" for number in range(30_000)),
        "<div " + "".join(f'a{number}="<b>"\n' for number in range(30_000)),
    ],
)
def test_an_element_with_thousands_of_attributes_keeps_its_name(tag):
    assert without_floods(f"<p>a</p>{tag}>b</div>") == "<p>a</p><div >b</div>"


@pytest.mark.parametrize(
    "text",
    [
        f"<div{FEW}>text</div>" * 20,
        "<div data-page='" + '{"body": "one two three"} ' * 2000 + "'>text</div>",
        "<script>if (a<b.length and " + "and c " * 3000 + ") {}</script>",
        '<p title="' + "words of a title " * 500 + '">text</p>',
        "it's <b>John's</b> " * 5000,
    ],
)
def test_other_pages_stay_as_they_are(text):
    assert without_floods(text) == text


def test_quotes_without_end_cost_no_more_than_others():
    """A quadratic search would take hours here."""
    text = '<a title="<b \'<c x=">' * 200_000
    assert without_floods(text)


@pytest.mark.parametrize("length", [1980, 2000, 2001, 2002, 2999, 3000, 3001, 4500])
@pytest.mark.parametrize("before", [0, 1, 500, 999, 1000, 1001])
def test_a_flood_is_found_wherever_it_stands(before, length):
    """The text is looked at in steps: as many letters as a long tag has, it spans one of them."""
    tag = "<p" + (" a" * length)[: length - 2]
    wanted = "<p " if length > 2001 else tag
    text = f"{'x' * before}<b>{tag}>y</p>"
    assert without_floods(text) == f"{'x' * before}<b>{wanted}>y</p>"
