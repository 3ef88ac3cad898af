"""Which elements are called the story's body."""

from __future__ import annotations

from lxml import html

from civicsearch.ingest.layout.bodies import Bodies, is_in_body

PAGE = """
<div id=page>
<div id=top>Lam Hill</div>
<article id=story><p id=first>The moot has met.</p></article>
<div id=remarks>Well done</div>
</div>
"""


def bodies_of(markup: str, *, prose: float) -> tuple[Bodies, dict[str, int]]:
    """Return the bodies where each element holds as much prose, and the numbers by id."""
    elements = list(html.fragment_fromstring(markup).iter())
    numbers = {element: number for number, element in enumerate(elements)}
    parents = [numbers.get(element.getparent(), -1) for element in elements]
    ends = [number + sum(1 for _ in element.iter()) for number, element in enumerate(elements)]
    names = {element.get("id"): number for number, element in enumerate(elements)}
    return Bodies(elements, parents, ends, [prose] * len(elements)), names


def test_what_is_in_a_body_is_held_and_the_body_itself_is_not():
    bodies, names = bodies_of(PAGE, prose=500.0)
    assert [name for name, number in names.items() if bodies.hold(number)] == ["first"]


def test_what_neither_holds_a_full_body_nor_is_in_it_is_beside():
    bodies, names = bodies_of(PAGE, prose=500.0)
    beside = [name for name, number in names.items() if bodies.are_beside(number)]
    assert beside == ["top", "remarks"]
    teasers, names = bodies_of(PAGE, prose=300.0)
    assert not any(map(teasers.are_beside, names.values()))


def test_the_main_part_of_a_page_counts_as_full():
    bodies, names = bodies_of(PAGE.replace("article", "main"), prose=500.0)
    assert bodies.are_beside(names["top"])
    assert not bodies.hold(names["first"])


def test_a_short_story_is_above_what_follows_it():
    bodies, names = bodies_of(PAGE, prose=150.0)
    assert bodies.are_above(names["remarks"])
    assert not bodies.are_above(names["top"])


def test_an_element_is_in_a_body_by_tag_name_or_property():
    for opening in ("<article>", "<div class='entry-content'>", "<div itemprop='articleBody'>"):
        tree = html.document_fromstring(f"{opening}<p>The moot has met.</p>")
        assert is_in_body(next(tree.iter("p")))
    assert not is_in_body(next(html.document_fromstring("<div><p>x</p></div>").iter("p")))
