"""What hits, counts and decisions look like."""

import datetime as dt

from civicsearch import Archive, Document, Explanation
from civicsearch.cli.documents import render_decisions
from civicsearch.cli.hits import explanation_to_dict, render_facets, render_hit
from civicsearch.cli.rendering import Terminal
from civicsearch.ingest.blocks import Decision, Zone

PIPE = Terminal(is_interactive=False, has_color=False, width=None)


def narrow(width):
    return Terminal(is_interactive=True, has_color=False, width=width)


def test_hit_is_wrapped_under_its_number():
    """Every line of a hit stands under its title."""
    with Archive.in_memory() as archive:
        archive.add(
            Document(
                document_id="a1",
                title="Xã Suối Ngàn khánh thành cầu bê tông",
                body="Cầu dài ba mươi hai mét, do nhân dân góp công.",
                published=dt.date(2022, 5, 12),
                source="Báo Lam Khê",
            )
        )
        (hit,) = archive.search("cầu").hits
        assert render_hit(hit, narrow(30)) == (
            "1.  Xã Suối Ngàn khánh thành\n"
            "    cầu bê tông\n"
            "    Báo Lam Khê · 2022-05-12 ·\n"
            "    a1\n"
            "    Cầu dài ba mươi hai mét,\n"
            "    do nhân dân góp công."
        )


def test_hit_without_anything_but_a_body():
    """What is missing leaves no gap."""
    with Archive.in_memory() as archive:
        archive.add(Document(document_id="a1", body="Cầu dài."))
        (hit,) = archive.search("cầu").hits
        assert render_hit(hit, PIPE) == "1.  (no title)\n    a1\n    Cầu dài."


def test_a_day_is_iso_8601_in_any_year():
    """A year has four digits: the C library need not pad `%Y`."""
    with Archive.in_memory() as archive:
        archive.add(Document(document_id="a1", title="Cầu", published=dt.date(960, 1, 2)))
        (hit,) = archive.search("cầu").hits
        assert render_hit(hit, PIPE).startswith("1.  Cầu\n    0960-01-02 · a1")


def test_facets_stop_at_twenty_values():
    """A long tail is for programs."""
    counts = tuple((f"Xã {number}", 100 - number) for number in range(22))
    (block,) = render_facets({"source": counts}, PIPE)
    lines = block.splitlines()
    assert lines[0] == "source"
    assert lines[1] == "     100  Xã 0  ████████████████████"
    assert lines[-1] == "          2 more values; --format json lists all"
    assert len(lines) == 22
    assert list(render_facets({"year": ()}, PIPE)) == ["year\n          no match has one"]


def test_explanation_as_data():
    """A tree stays a tree; no explanation is null."""
    tree = Explanation(
        value=2.0, description="sum", parts=(Explanation(value=2.0, description="cầu"),)
    )
    assert explanation_to_dict(tree) == {
        "value": 2.0,
        "description": "sum",
        "parts": [{"value": 2.0, "description": "cầu", "parts": []}],
    }
    assert explanation_to_dict(None) is None


DECISIONS = (
    Decision(text="Cầu dài ba mươi hai mét, do nhân dân góp.", kept=True, zone=Zone.BODY, rule="r"),
    Decision(text="Tin\x1b liên quan", kept=False, zone=Zone.BOILERPLATE, rule="menu"),
)


def test_decisions_in_a_pipe_are_whole():
    """Nothing is cut where a program reads."""
    assert render_decisions(DECISIONS, PIPE) == (
        "what     zone         rule  text\n"
        "kept     body         r     Cầu dài ba mươi hai mét, do nhân dân góp.\n"
        "dropped  boilerplate  menu  Tin\\x1b liên quan"
    )


def test_decisions_on_a_narrow_terminal_have_the_text_beneath():
    """At 40 columns a table of four has no room."""
    assert render_decisions(DECISIONS, narrow(30)) == (
        "what     zone         rule\n"
        "  text\n"
        "kept     body         r\n"
        "  Cầu dài ba mươi hai mét, do…\n"
        "dropped  boilerplate  menu\n"
        "  Tin\\x1b liên quan"
    )


def test_decisions_on_a_wide_terminal_stay_on_their_line():
    """A block is cut at the edge."""
    lines = render_decisions(DECISIONS, narrow(60)).splitlines()
    assert lines[1] == "kept     body         r     Cầu dài ba mươi hai mét, do nhâ…"
    assert all(len(line) <= 60 for line in lines)
