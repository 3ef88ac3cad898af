"""`civicsearch search` from words to what is printed."""

import csv
import io
import json

import pytest

from civicsearch import Archive, Document, Results, TotalHits


def test_text_in_a_pipe_is_plain_and_unwrapped(call, index):
    """Hits go to standard output without colour; how many there are goes to standard error."""
    found = call("search", "dan", "van", "kheo")
    assert found.status == 0
    assert found.out == (
        "1.  Dân vận khéo ở Phiêng Sậy\n"
        "    Báo Lam Khê · 2020-08-06 · khe-1\n"
        "    https://lamkhe.example/dan-van\n"
        "    Phong trào dân vận khéo lan tới mười thôn.\n"
    )
    assert found.err.startswith("1 of 1 match, ")
    assert "\x1b" not in found.out


def test_nothing_found_is_status_one_with_a_way_on(call, index):
    """Standard output stays empty; the sentence says what to try."""
    found = call("search", "zzzz zz")
    assert (found.status, found.out) == (1, "")
    assert found.err == (
        "Nothing found for 'zzzz zz'. No article has 'zzzz' or 'zz'. Try other words.\n"
    )


def test_nothing_found_with_filters_blames_the_filters(call, index):
    """Where a filter may be the reason, it is named."""
    found = call("search", "dân", "--to", "1990")
    assert found.status == 1
    assert "Without --to there may be more." in found.err


def test_empty_archive_says_how_to_fill_it(call, tmp_path):
    """An archive without documents is no riddle."""
    Archive.create(tmp_path / "index").close()
    found = call("search", "dân")
    assert found.status == 1
    assert found.err == "The archive is empty. Fill it with `civicsearch ingest PATH`.\n"


def test_page_after_the_last_is_status_one(call, index):
    """A loop over pages ends by the status."""
    found = call("search", "dân", "--offset", 50)
    assert (found.status, found.out) == (1, "")
    assert "No more hits: there are only 2 matches." in found.err


def test_second_page_counts_on(call, index):
    """Ranks go on where the first page ended."""
    found = call("search", "dân", "--offset", 1, "--limit", 1)
    assert found.out.startswith("2.  ")
    assert found.err.startswith("2-2 of 2 matches, ")


def test_a_search_goes_on_with_the_cursor_of_its_json(call, index):
    """Ranks count on; after the last hit the cursor is null."""
    asked = ("search", "dân", "--limit", 1, "--format", "json")
    first = json.loads(call(*asked).out)
    second = json.loads(call(*asked, "--cursor", first["cursor"]).out)
    assert [hit["rank"] for hit in first["hits"] + second["hits"]] == [1, 2]
    assert first["hits"][0]["document_id"] != second["hits"][0]["document_id"]
    assert second["cursor"] is None
    found = call("search", "dân", "--cursor", first["cursor"])
    assert found.out.startswith("2.  ")
    assert found.err.startswith("2-2 of 2 matches, ")


def test_a_cursor_of_another_search_is_an_error(call, index):
    """The message says what is wrong with it."""
    cursor = json.loads(call("search", "dân", "--limit", 1, "--format", "json").out)["cursor"]
    found = call("search", "vận", "--cursor", cursor)
    assert (found.status, found.out) == (2, "")
    assert (
        "it must be of the same search; this one is of another query, sort or filter." in found.err
    )
    found = call("search", "dân", "--offset", 1, "--cursor", cursor)
    assert (
        found.err
        == "civicsearch: offset cannot be 1; it must be 0, or left out, beside a cursor.\n"
    )


def test_missing_archive_is_an_error_with_advice(call):
    """No index yet: one sentence, status 2."""
    found = call("search", "dân")
    assert found.status == 2
    assert found.err == (
        "civicsearch: No archive at 'index'. Build one with `civicsearch ingest corpus`.\n"
    )


def test_single_dash_excludes(call, index):
    """`-word` reaches the query although it looks like an option."""
    found = call("search", "dân", "vận", "-khéo", "--format", "jsonl")
    assert [json.loads(line)["document_id"] for line in found.out.splitlines()] == ["khe-2"]


def test_single_dash_first(call, index):
    """An exclusion may stand first, and before options."""
    found = call("search", "-khéo", "dân", "--limit", "5", "--format", "jsonl")
    assert [json.loads(line)["document_id"] for line in found.out.splitlines()] == ["khe-2"]


def test_two_dashes_end_the_options(call, index):
    """What stands after `--` is query, whatever it looks like."""
    found = call("search", "--format=json", "--", "dân", "--limit")
    assert json.loads(found.out)["query"] == "dân --limit"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("--limt", "--limit"), ("--json", "--format json"), ("--sorted=newest", "--sort")],
)
def test_unknown_option_is_an_error_with_a_suggestion(call, index, typed, meant):
    """A mistyped option is not searched for."""
    found = call("search", "dân", typed)
    assert found.status == 2
    assert found.err.splitlines() == [
        f"civicsearch: There is no option '{typed.partition('=')[0]}'. Did you mean {meant}?",
        "Try 'civicsearch search --help'.",
    ]


def test_unknown_option_unlike_any_says_how_to_search_for_it(call, index):
    """No suggestion is better than a far one."""
    assert "To search for it, write -- before the query." in call("search", "--qqqq").err


def test_option_value_may_look_like_an_option(call, index):
    """The value of an option is not looked at."""
    found = call("search", "dân", "--source", "--x")
    assert found.status == 1


def test_json_is_the_shape_of_the_endpoint(call, index):
    """One object, the results as the library gives them."""
    found = call("search", "dan", "van", "--format", "json", "--facet", "year", "--limit", 1)
    values = json.loads(found.out)
    assert found.err == ""
    assert values["query"] == "dan van"
    assert values["total"] == {"value": 2, "exact": True}
    assert [hit["rank"] for hit in values["hits"]] == [1]
    assert set(values["hits"][0]) == {
        "rank", "document_id", "score", "title", "title_highlights", "url", "source", "published",
        "snippet",
    }  # fmt: skip
    assert values["facets"]["year"]


def test_json_of_nothing_found_is_still_json(call, index):
    """A program reads an empty answer, not an empty text."""
    found = call("search", "zzzz", "--format", "json")
    assert found.status == 1
    assert json.loads(found.out)["hits"] == []


def test_jsonl_has_a_hit_a_line(call, index):
    """Every line stands for itself."""
    found = call("search", "dan", "van", "--format", "jsonl")
    assert [json.loads(line)["rank"] for line in found.out.splitlines()] == [1, 2]


def test_csv_has_a_header_and_the_contracts_columns(call, index):
    """A spreadsheet reads it as it is."""
    found = call("search", "khéo", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(found.out)))
    assert list(rows[0]) == [
        "rank", "document_id", "score", "title", "url", "source", "published", "snippet",
    ]  # fmt: skip
    assert rows[0]["document_id"] == "khe-1"
    assert rows[0]["published"] == "2020-08-06"


def test_csv_of_nothing_found_is_the_header(call, index):
    """The columns are there even without rows."""
    assert call("search", "zzzz", "--format", "csv").out.startswith("rank,document_id,")


def test_facets_follow_the_hits(call, index):
    """Counts are data: they stand on standard output, after the hits."""
    found = call("search", "dân", "--facet", "source", "--limit", 0)
    assert found.status == 0
    assert found.out.splitlines()[0] == "source"
    assert "2  Báo Lam Khê" in found.out


@pytest.mark.parametrize("output", ["csv", "jsonl"])
def test_facets_need_a_format_that_has_room(call, index, output):
    """A count has no place in a list of hits."""
    found = call("search", "dân", "--facet", "year", "--format", output)
    assert found.status == 2
    assert f"--facet needs --format text or json, not {output}." in found.err


def test_explain_shows_how_the_score_came_about(call, index):
    """The score stands under the hit, then its parts."""
    found = call("search", "khéo", "--explain")
    (hit,) = json.loads(call("search", "khéo", "--format", "json").out)["hits"]
    assert f"    {hit['score']:.3f}  " in found.out


def test_explain_in_json(call, index):
    """The tree of parts is in the data."""
    found = call("search", "khéo", "--explain", "--format", "json")
    (hit,) = json.loads(found.out)["hits"]
    assert hit["explanation"]["value"] == pytest.approx(hit["score"], abs=1e-5)
    assert call("search", "khéo", "--explain", "--format", "csv").status == 2


def test_dates_are_read_day_first_and_years_whole(call, index):
    """--to 2020 is the last day of 2020; 06/08/2020 is in August."""

    def ids(*options):
        found = call("search", "dân", "--format", "jsonl", *options)
        return {json.loads(line)["document_id"] for line in found.out.splitlines()}

    assert ids("--to", "2020") == {"khe-1"}
    assert ids("--from", "2021") == {"khe-2"}
    assert ids("--from", "06/08/2020", "--to", "2020-08") == {"khe-1"}
    assert ids("--from", "07/08/2020", "--to", "2020-12") == set()


def test_wrong_date_says_what_is_understood(call, index):
    """A date that is none is one clear sentence."""
    found = call("search", "dân", "--from", "31/02/2020")
    assert found.status == 2
    assert "'31/02/2020' is no day. Write 2020, 2020-08, 2020-08-06 or 06/08/2020" in found.err


@pytest.mark.parametrize("name", ["", " "])
@pytest.mark.parametrize("command", [("search", "dân"), ("why", "khe-1", "dân")])
def test_empty_source_is_an_error(call, index, command, name):
    """It is no publisher; articles without one are not what is meant."""
    found = call(*command, "--source", name)
    assert (found.status, found.out) == (2, "")
    assert found.err == (
        "civicsearch: Invalid value for '--source': the name is empty. "
        "Leave the option out to search all publishers.\n"
        f"Try 'civicsearch {command[0]} --help'.\n"
    )


def test_variables_name_several_sources(call, index, monkeypatch):
    """They are parted by semicolons; an empty variable is none."""
    monkeypatch.setenv("CIVICSEARCH_SEARCH_SOURCE", "Báo Lam Khê;Báo Sông Lam")
    assert call("search", "dân").out.count("Báo Lam Khê") == 2
    monkeypatch.setenv("CIVICSEARCH_SEARCH_SOURCE", "")
    assert call("search", "dân").status == 0


@pytest.mark.parametrize("command", [("search", "dân"), ("why", "khe-1", "dân")])
def test_from_after_to_is_an_error(call, index, command):
    """An empty period is a mistake, not an empty answer."""
    found = call(*command, "--from", "2021", "--to", "2020")
    assert found.status == 2
    assert "--from 2021-01-01 is later than --to 2020-12-31." in found.err


def test_newest_first(call, index):
    """--sort orders by publication."""
    found = call("search", "dân", "--sort", "newest", "--format", "jsonl")
    assert [json.loads(line)["document_id"] for line in found.out.splitlines()] == [
        "khe-2",
        "khe-1",
    ]


def test_value_out_of_range_is_the_librarys_sentence(call, index):
    """Limits are the library's; the screen repeats what it says."""
    found = call("search", "dân", "--limit", 5000)
    assert (found.status, found.err) == (
        2,
        "civicsearch: limit cannot be 5000; it must be from 0 to 1000.\n",
    )


def test_notices_are_messages(call, index):
    """What of a query was not understood is told on standard error."""
    found = call("search", "dân", "AND")
    assert found.status == 0
    assert found.err.startswith("In the query, at character 5: ")


def test_suggestions_are_offered(call, index, monkeypatch):
    """Where the library knows a better query, it is printed."""
    results = Results(
        query="danh", total=TotalHits(value=0), hits=(), suggestions=("dân vận", "dành")
    )
    monkeypatch.setattr(Archive, "search", lambda *args, **kwargs: results)
    found = call("search", "danh")
    assert found.err == "Nothing found for 'danh'. Did you mean: dân vận; dành?\n"


def test_strict_refuses_what_is_not_understood(call, index):
    """Scripts want an error, not a guess."""
    found = call("search", "--strict", "dân AND")
    assert found.status == 2
    assert found.err.startswith("civicsearch: The query cannot be read at character ")


@pytest.mark.parametrize("query", ["", "  ", "-khéo\x1b[31m", "((((", '"' * 50, "\ud800", "*"])
def test_odd_queries_end_with_a_status_and_no_traceback(call, index, query):
    """Nothing typed breaks the screen."""
    found = call("search", query)
    assert found.status in {0, 1, 2}
    assert "unexpected" not in found.err
    assert "\x1b" not in found.out + found.err


def test_hostile_page_cannot_act_on_the_terminal(call, tmp_path):
    """Control characters and turns of direction are made visible, in every format."""
    with Archive.create(tmp_path / "index") as archive:
        archive.add(
            Document(
                document_id="h\u202e",
                title="=cmd|' /C calc'!A0 \x1b]0;owned\x07",
                body="tin \u202egiả\u202c mạo \x9b31m \u2028 xấu",
                source="@SUM(1)\x08",
            )
        )
    for output in ("text", "json", "jsonl", "csv"):
        found = call("search", "xấu", "--format", output)
        assert found.status == 0
        assert not set("\x1b\x07\x08\x9b\u202e\u202c\u2028") & set(found.out + found.err)
    (row,) = csv.DictReader(io.StringIO(found.out))
    assert row["title"].startswith("'=cmd")
    assert row["source"].startswith("'@SUM")


def test_force_color_marks_matches(call, index, monkeypatch):
    """Colour in a pipe where it is asked for: bold title, matches in red."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    out = call("search", "khéo").out
    assert "\x1b[1mDân vận \x1b[0m\x1b[1;31mkhéo\x1b[0m" in out
    assert "\x1b[2mBáo Lam Khê · 2020-08-06 · khe-1\x1b[0m" in out


def test_options_come_from_the_environment(call, index, monkeypatch):
    """Every option has a variable of the name that is typed; `;` parts publishers."""
    monkeypatch.setenv("CIVICSEARCH_SEARCH_LIMIT", "1")
    monkeypatch.setenv("CIVICSEARCH_SEARCH_FORMAT", "json")
    monkeypatch.setenv("CIVICSEARCH_SEARCH_FROM", "2020")
    monkeypatch.setenv("CIVICSEARCH_SEARCH_SOURCE", "báo lam khê;Không Có")
    values = json.loads(call("search", "dân").out)
    assert values["total"]["value"] == 2
    assert len(values["hits"]) == 1


@pytest.mark.parametrize(
    "query",
    [
        "kho*o", "nh?n", "word~", "word~2", '"a b"~5', "a NEAR/5 b", "word^2",
        "published:2020", "published:[2020 TO 2021-06]", "published:>=2020",
    ],
)  # fmt: skip
def test_what_the_help_teaches_is_understood(call, index, query):
    """Each sign is in the help, as it is typed, and no strict reading refuses it."""
    help_text = " ".join(call("search", "--help").out.split())
    assert query in help_text
    assert call("search", "--strict", query).status in {0, 1}


def test_a_typed_order_wins_over_one_in_a_variable(call, index, monkeypatch):
    """`--recent` over CIVICSEARCH_SEARCH_SORT, and `--sort` over CIVICSEARCH_SEARCH_RECENT."""

    def order(*arguments):
        found = call("search", "dân", "--format", "json", *arguments)
        return [hit["document_id"] for hit in json.loads(found.out)["hits"]]

    recent, oldest = order("--recent"), order("--sort", "oldest")
    assert recent != oldest
    monkeypatch.setenv("CIVICSEARCH_SEARCH_SORT", "oldest")
    assert (order(), order("--recent")) == (oldest, recent)
    monkeypatch.setenv("CIVICSEARCH_SEARCH_RECENT", "1")
    assert call("search", "dân").status == 2
    assert order("--sort", "oldest") == oldest
    monkeypatch.delenv("CIVICSEARCH_SEARCH_SORT")
    assert (order(), order("--sort", "oldest")) == (recent, oldest)


def test_recent_is_an_order_by_itself(call, index):
    """The same as --sort recent; not beside an order by date."""
    recent = call("search", "dân", "--recent", "--format", "json")
    sorted_so = call("search", "dân", "--sort", "recent", "--format", "json")
    ids = [[hit["document_id"] for hit in json.loads(d.out)["hits"]] for d in (recent, sorted_so)]
    assert ids[0] == ids[1] != []
    done = call("search", "dân", "--recent", "--sort", "newest")
    assert (done.status, done.out) == (2, "")
    assert "leave out --sort newest" in done.err


def test_more_passages_of_an_article(call, index):
    """Below each other in text, in `passages` in JSON, the snippet first."""
    found = call("search", "dân", "--passages", "2", "--format", "json")
    for hit in json.loads(found.out)["hits"]:
        assert hit["passages"][0] == hit["snippet"]
        assert len(hit["passages"]) <= 2
    (hit, *_) = json.loads(call("search", "dân", "--format", "json").out)["hits"]
    assert "passages" not in hit
    assert call("search", "dân", "--passages", "2", "--format", "csv").status == 2
    assert call("search", "dân", "--passages", "11").status == 2


def test_each_passage_has_lines_of_its_own(call, tmp_path):
    body = "\n\n".join(["Xã làm đường.", "Bóng đá " * 50, "Dân bản góp đất làm đường mới."])
    line = json.dumps({"id": "1", "title": "Tin", "body": body})
    (tmp_path / "one.jsonl").write_text(line, "utf-8")
    call("ingest", str(tmp_path / "one.jsonl"), "--index", str(tmp_path / "own"))
    found = call("search", "đường", "--passages", "3", "--index", str(tmp_path / "own"))
    lines = [line.strip() for line in found.out.splitlines()]
    assert lines[-2:] == ["Xã làm đường.", "Dân bản góp đất làm đường mới."]


def test_what_was_not_understood_is_not_corrected(call, index):
    """`num` is no `năm`, and `TO` no `TỔ`; and of many slips a few are told."""
    found = call("search", "num:[2000 TO 1000]")
    assert "Did you mean" not in found.err
    assert call("search", "(" * 400 + "a").err.count("In the query") == 6


@pytest.mark.parametrize(
    ("query", "advice"),
    [
        ("khéoquuxxyzzy", "Try its beginning with a star: khéo*."),
        ("iên", "Other words hold it: *iên*."),
        ("iê", "Other words hold it: *iê*."),
        ("z", "Try another word."),
        ("xyzzyquux", "Try another word."),
        ("num:77777777", "Try another word."),
        ("xyzzy quux", "No article has 'xyzzy' or 'quux'. Try other words."),
        ("dân AND xyzzy", "'dân AND xyzzy'. No article has 'xyzzy'.\n"),
        ('"dân xyzzy"', "No article has 'xyzzy'."),
        ("+dân +xyzzy", "No article has 'xyzzy'."),
        ('"vận dân"', "Try fewer words."),
        ("title:xyzzy -author:quux", "Try fewer words."),
    ],
)
def test_advice_fits_the_query(call, index, query, advice):
    assert advice in call("search", query).err
