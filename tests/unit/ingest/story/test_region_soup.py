"""The soup of a region: what is shown is in it, whatever surrounds it is not."""

from bs4.element import NavigableString, Tag
from lxml import etree

from civicsearch.ingest.story.region_soup import soup_of, take_apart


def soup(markup):
    root = etree.fromstring(markup, etree.HTMLParser(huge_tree=True))
    return soup_of(root.find("body")[0])


def test_the_soup_has_the_elements_of_the_tree_in_order():
    made = soup("<div><h2>Mill</h2><p>The <b>old</b> mill</p><p>is open</p></div>")
    assert [tag.name for tag in made.find_all(True)] == ["div", "h2", "p", "b", "p"]
    assert made.get_text("|") == "Mill|The |old| mill|is open"
    assert made.find("b").previous_sibling == "The "
    assert made.find("h2").next_sibling.name == "p"


def test_scripts_comments_and_the_paths_of_drawings_are_left_out():
    made = soup("<div>a<script>x</script>b<!-- y -->c<svg><path d='M0'/></svg></div>")
    assert [str(child) for child in made.div.contents if isinstance(child, NavigableString)] == [
        "abc"
    ]
    assert made.find("svg").contents == []


def test_attributes_that_nobody_asks_for_are_left_out():
    made = soup("<div class='a b' data-x='1' onclick='y()'>text</div>")
    assert dict(made.div.attrs) == {"class": "a b"}


def test_blanks_are_kept_between_words_and_dropped_between_blocks():
    made = soup("<div>\n<p>one</p>\n<p><b>two</b> <i>three</i></p>\n</div>")
    assert made.get_text() == "onetwo three"


def test_many_line_breaks_say_no_more_than_two():
    made = soup(f"<div>one{'<br> ' * 5000}two</div>")
    assert len(made.find_all("br")) == 2
    assert made.get_text() == "one two"


def test_text_below_a_bottomless_nest_is_kept():
    """Only the mark-up is passed over there."""
    made = soup(f"<div>{'<span>' * 2000}deep{'</span>' * 2000} end</div>")
    assert made.get_text() == "deep end"
    assert len(made.find_all("span")) < 300


def test_a_region_of_millions_of_tags_is_cut():
    made = soup(f"<div>{'<p>x</p>' * 50_000}</div>")
    assert sum(isinstance(tag, Tag) for tag in made.descendants) <= 20_001


def test_elements_know_their_neighbours():
    made = soup("<div><p>one <b>two</b></p>three<i>four</i></div>")
    paragraph, text, italic = made.div.contents
    assert (paragraph.next_sibling, italic.previous_sibling) == (text, text)
    assert paragraph.parent is italic.parent is made.div
    assert italic.next_sibling is paragraph.previous_sibling is None
    names = [getattr(node, "name", None) or str(node) for node in made.descendants]
    assert names == ["div", "p", "one ", "b", "two", "three", "i", "four"]


def test_a_soup_that_is_taken_apart_holds_itself_no_longer():
    """The garbage collector has nothing left to find."""
    made = soup("<div><p>one <b>two</b></p>three</div>")
    div, bold = made.div, made.b
    take_apart(made)
    assert vars(div) == vars(bold) == {}
