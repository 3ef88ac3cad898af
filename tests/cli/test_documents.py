"""`civicsearch show`, `delete`, `stats` and `serve`."""

import datetime as dt
import json
import sys
import types

import pytest

from civicsearch import Archive, ArchiveStats, Document
from civicsearch.cli.documents import render_document
from civicsearch.cli.rendering import Terminal

PIPE = Terminal(is_interactive=False, has_color=False, width=None)

SHOWN = """\
Dân vận khéo ở Phiêng Sậy

Báo Lam Khê · 2020-08-06 · Tòng Minh · Xã hội · vi · 1,901 views · khe-1
https://lamkhe.example/dan-van

Thôn vùng cao có đường mới.

Bà con hiến đất mở đường.

Phong trào dân vận khéo lan tới mười thôn.

Captions
- Đường mới. Ảnh: Lò Thị Én

Notes
- Dropped an error text above the title.
"""


def test_show_prints_the_article(call, index):
    """Title, facts, lead, body, captions, notes."""
    assert call("show", "khe-1").out == SHOWN


def test_show_prints_the_moment_with_its_zone(call, index):
    """Half past seven where it was published."""
    assert "Báo Lam Khê · 2021-03-01 07:30 UTC+07:00 · vi · khe-2" in call("show", "khe-2").out


def test_a_moment_is_iso_8601_in_any_year():
    """A year has four digits, and seconds are left out."""
    moment = dt.datetime(960, 1, 2, 7, 30, 59, tzinfo=dt.UTC)
    document = Document(document_id="a1", title="Cầu", published=moment)
    assert render_document(document, PIPE).startswith("Cầu\n\n0960-01-02 07:30 UTC · a1")


def test_show_json(call, index):
    """The stored document."""
    assert json.loads(call("show", "khe-1", "--json").out)["id"] == "khe-1"


def test_show_unknown_id(call, index):
    """A wrong id is a mistake: status 2."""
    done = call("show", "nope")
    assert (done.status, done.out) == (2, "")
    assert done.err == (
        "civicsearch: No document has the id 'nope'. Ids are printed by `civicsearch search`.\n"
    )


def test_delete_says_how_many(call, index):
    """What is deleted is not found any more."""
    done = call("delete", "khe-1", "khe-2")
    assert (done.status, done.out, done.err) == (0, "", "Deleted 2 documents.\n")
    assert call("search", "dân").status == 1


def test_delete_with_an_unknown_id_deletes_nothing(call, index):
    """All or none."""
    assert call("delete", "khe-1", "nope").status == 2
    assert call("show", "khe-1").status == 0


def test_stats_of_a_single_year(call, index):
    """It is named once."""
    call("delete", "khe-1")
    assert call("stats").out.splitlines()[0] == "2 documents from 2021, 1 without a date"


def test_stats(call, index):
    """How much, from when, from whom."""
    done = call("stats")
    assert done.status == 0
    first, size, *rest = done.out.splitlines()
    assert first == "3 documents from 2020 to 2021, 1 without a date"
    assert size.endswith(" in 'index'")
    assert rest[:4] == [
        "",
        "Years",
        "        1  2020  ████████████████████████",
        "        1  2021  ████████████████████████",
    ]
    assert "        1  Město Horní Lípa  ████████████" in rest


def test_stats_json(call, index):
    """The same as data."""
    values = json.loads(call("stats", "--json").out)
    assert (values["documents"], values["undated"]) == (3, 1)


def test_stats_of_an_empty_archive(call, tmp_path):
    """No table of nothing."""
    Archive.create(tmp_path / "index").close()
    out = call("stats").out
    assert out.startswith("0 documents\n")
    assert len(out.splitlines()) == 2


@pytest.mark.parametrize(
    ("size_bytes", "shown"),
    [(0, "0 bytes"), (999, "999 bytes"), (25_460, "25.5 kB"), (3_200_000_000, "3.2 GB")],
)
def test_stats_say_sizes_as_people_do(call, index, monkeypatch, size_bytes, shown):
    """Powers of a thousand, one decimal."""
    stats = ArchiveStats(documents=1, undated=0, size_bytes=size_bytes, facets={})
    monkeypatch.setattr(Archive, "stats", lambda archive: stats)
    assert call("stats").out == f"1 document\n{shown} in 'index'\n"


def test_stats_fit_a_narrow_terminal(call, index, monkeypatch):
    """Names are cut, bars are short, no line is wider than the screen."""
    counts = tuple((f"Trang thông tin điện tử xã Suối Ngàn {n}", 30 - n) for n in range(12))
    stats = ArchiveStats(documents=12, undated=0, size_bytes=1, facets={"source": counts})
    monkeypatch.setattr(Archive, "stats", lambda archive: stats)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setenv("NO_COLOR", "1")
    lines = call("stats").out.splitlines()
    assert "Sources (the first 10 of 12)" in lines
    assert "       30  Trang thông tin đ…  ████████" in lines
    assert all(len(line) <= 40 for line in lines)


@pytest.fixture
def served(monkeypatch):
    """A server that only remembers what it was asked."""
    calls = []

    def serve(index, *, host, port, root_path, allow_origins, abbreviations, ready):
        others = filter(None, [root_path, allow_origins, abbreviations])
        calls.append((str(index), host, port, *others))
        ready(f"http://{host}:{port}/")

    module = types.ModuleType("civicsearch.web.server")
    module.serve = serve
    monkeypatch.setitem(sys.modules, "civicsearch.web.server", module)
    return calls


def test_serve_listens_on_this_machine_only(call, index, served):
    """The default is safe, and the address is told when it can be opened."""
    done = call("serve")
    assert served == [("index", "127.0.0.1", 8000)]
    assert (done.status, done.out) == (0, "")
    assert done.err == "Serving 'index' at http://127.0.0.1:8000/ (Ctrl-C stops it).\n"


def test_serve_takes_abbreviations(call, index, served, tmp_path):
    """They are read with the archive, by the server."""
    call("serve", "--abbreviations", str(tmp_path / "own.toml"))
    assert served == [("index", "127.0.0.1", 8000, tmp_path / "own.toml")]


def test_serve_is_told_of_a_proxy_and_of_other_sites(call, index, served, monkeypatch):
    """By options or by variables, where blanks part several origins."""
    call("serve", "--root-path", "/tim-kiem", "--allow-origin", "*")
    monkeypatch.setenv("CIVICSEARCH_SERVE_ROOT_PATH", "/tin")
    monkeypatch.setenv("CIVICSEARCH_SERVE_ALLOW_ORIGIN", "https://a.example https://b.example")
    call("serve")
    assert [call[3:] for call in served] == [
        ("/tim-kiem", ("*",)),
        ("/tin", ("https://a.example", "https://b.example")),
    ]


def test_serve_to_others_warns(call, index, served):
    """Who opens it to the network is told so."""
    done = call("serve", "--host", "0.0.0.0", "--port", "80")  # noqa: S104 - nothing listens
    assert served == [("index", "0.0.0.0", 80)]  # noqa: S104
    assert done.err.startswith("Whoever can reach this machine can search the index")


def test_serve_at_an_address_that_is_none_does_not_warn(call, index):
    """Nobody can reach what does not listen."""
    done = call("serve", "--host", "no such host", "--port", "0")
    assert done.status == 2
    assert done.err.startswith("civicsearch: host cannot be 'no such host'; it must be a name or")


def test_serve_without_an_archive(call):
    """The same sentence as everywhere, before anything listens."""
    done = call("serve")
    assert done.status == 2
    assert done.err.startswith("civicsearch: No archive at 'index'.")
