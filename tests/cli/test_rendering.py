"""Text on its way to a terminal: safe, wrapped, painted."""

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicsearch.analysis.tokens import Span
from civicsearch.cli.formats import protect_cell, to_json_line
from civicsearch.cli.rendering import (
    Piece,
    Style,
    Terminal,
    clip,
    count_of,
    draw_bar,
    mark,
    safe,
    wrap,
)

PLAIN = Terminal(is_interactive=False, has_color=False, width=None)
DANGEROUS = {chr(code) for code in (*range(32), *range(127, 160))} | set(
    "\u061c\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
)


class Screen(io.StringIO):
    def isatty(self):
        return True


def narrow(width, *, has_color=False):
    return Terminal(is_interactive=True, has_color=has_color, width=width)


@given(st.text(alphabet=st.characters()))
def test_safe_text_holds_nothing_dangerous(text):
    """Law: no control character survives, and what is safe stays as it is."""
    made_safe = safe(text)
    assert not DANGEROUS & set(made_safe)
    assert safe(made_safe) == made_safe
    made_safe.encode()


def test_blanks_are_blanks_and_the_rest_is_visible():
    """A line feed parts words; an escape is shown."""
    assert safe("a\nb\tc\x1b[0m\x9b\u202e\udcff") == "a b c\\x1b[0m\\x9b\\u202e\\udcff"


@given(st.text(alphabet="ab ạ漢\u0301 ", max_size=60), st.integers(1, 20))
def test_wrapping_loses_no_letter(text, width):
    """Law: the lines hold all that is not blank, in order."""
    lines = [text[start:end] for start, end in wrap(text, width)]
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(line == line.strip() and line for line in lines)


def test_wrapping_counts_columns_not_characters():
    """Han takes two columns, a combining mark none; an address is never cut."""
    assert PLAIN.lay_out([Piece("漢字漢字")]) == "漢字漢字"
    assert narrow(20).lay_out([Piece("漢" * 12)]) == "漢" * 10 + "\n" + "漢" * 2
    assert narrow(20).lay_out([Piece("e\u0301" * 20)]) == "e\u0301" * 20
    address = "https://lamkhe.example/a/long/address"
    assert narrow(20).lay_out([Piece(f"see {address}")]) == f"see\n{address}"


def test_colour_goes_on_after_a_break():
    """A match over two lines is painted on both; margins are not."""
    text = "aaaa bbbbbbbbbbbb cccccccccccc dddd"
    shown = narrow(20, has_color=True).lay_out(mark(text, [Span(5, 30)]), indent=4, hanging="1.")
    assert shown == (
        "1.  aaaa\n    \x1b[1;31mbbbbbbbbbbbb\x1b[0m\n    \x1b[1;31mcccccccccccc\x1b[0m\n    dddd"
    )


def test_nothing_is_laid_out_as_an_empty_line():
    """An empty paragraph has no trailing blanks."""
    assert PLAIN.lay_out([Piece("")], indent=4) == ""


def test_marks_are_escaped_piece_by_piece():
    """An escape made visible before a match does not move the mark."""
    shown = narrow(80, has_color=True).lay_out(mark("\x1b khéo", [Span(2, 6)]))
    assert shown == "\\x1b \x1b[1;31mkhéo\x1b[0m"


@pytest.mark.parametrize(
    ("environ", "at_terminal", "in_pipe"),
    [
        ({}, True, False),
        ({"NO_COLOR": "1"}, False, False),
        ({"NO_COLOR": ""}, True, False),
        ({"TERM": "dumb"}, False, False),
        ({"FORCE_COLOR": "1"}, True, True),
        ({"FORCE_COLOR": "0"}, True, False),
        ({"FORCE_COLOR": "1", "TERM": "dumb"}, True, True),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False, False),
    ],
)
def test_who_gets_colour(environ, at_terminal, in_pipe):
    """NO_COLOR wins, then FORCE_COLOR, then what the stream is."""
    assert Terminal.of(Screen(), environ).has_color is at_terminal
    assert Terminal.of(io.StringIO(), environ).has_color is in_pipe


def test_width_of_a_terminal():
    """COLUMNS is believed within reason; a pipe has no width; a closed stream is a pipe."""
    assert Terminal.of(Screen(), {"COLUMNS": "40"}).width == 40
    assert Terminal.of(Screen(), {"COLUMNS": "3"}).width == 20
    assert Terminal.of(Screen(), {"COLUMNS": "wide"}).width == 80
    assert Terminal.of(io.StringIO(), {"COLUMNS": "40"}).width is None
    assert Terminal.of(None, {}).width is None


def test_clip():
    """What is cut says so, within the width."""
    assert clip("dân vận", 7) == "dân vận"
    assert clip("dân vận khéo", 8) == "dân vận…"
    assert clip("dân vận khéo", None) == "dân vận khéo"


def test_counts_and_bars(monkeypatch):
    """Small parts of sentences; a screen without Unicode gets number signs."""
    assert [count_of(n, "page") for n in (0, 1, 2000)] == ["0 pages", "1 page", "2,000 pages"]
    assert [draw_bar(share, 4) for share in (-1, 0, 0.5, 0.53, 1, 2)] == [
        "", "", "██", "██▏", "████", "████",
    ]  # fmt: skip
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(io.BytesIO(), encoding="ascii"))
    assert draw_bar(0.5, 4) == "##"


def test_style_without_colour_is_plain():
    """No codes where none are welcome."""
    assert PLAIN.paint("x", Style.BOLD) == "x"
    assert narrow(20, has_color=True).paint("", Style.BOLD) == ""


@given(st.text(alphabet=st.characters(), max_size=40))
def test_json_reads_back_and_is_safe(text):
    """Law: what is escaped for the terminal is the same text for a program."""
    line = to_json_line({"text": text})
    assert json.loads(line) == {"text": text}
    assert not DANGEROUS & set(line)


@given(st.text(alphabet=st.characters(), max_size=20))
def test_no_cell_is_a_formula(text):
    """Law: no cell begins with what a spreadsheet calculates."""
    cell = protect_cell(text)
    assert not cell or cell[0] not in "=+-@\t\r＝＋－＠"


def test_cells_that_are_no_text():
    """Numbers stay numbers; nothing is an empty cell."""
    assert protect_cell(-1.5) == -1.5
    assert protect_cell(None) == ""
    assert protect_cell("  -1") == "'  -1"


@pytest.mark.parametrize("before", [" ", "\xa0", "\n", "\u200b", "\ufeff ", "\xad\u2060"])
def test_nothing_unseen_hides_a_formula(before):
    """Some programs drop blanks and what has no width before they look for the sign."""
    assert protect_cell(f"{before}=1+1").startswith("'")
    assert not protect_cell(f"{before}1=1").startswith("'")
