"""What every engine promises, whatever it is made of."""

import datetime as dt
import threading
import unicodedata

import pytest

from civicsearch.document import Caption, Origin
from civicsearch.errors import ArchiveLockedError
from civicsearch.query import parse_query
from civicsearch.search import Filters, SearchRequest, Sort
from civicsearch.search.engine import TotalHits
from fakes.builders import a_day, a_document


def search(engine, text, **values):
    return engine.searcher().search(SearchRequest(query=parse_query(text), **values))


# --- commits ---


def test_the_revision_changes_with_every_commit_and_only_then(engine, fill):
    seen = [engine.searcher()]
    for change in ({}, {"title": "Dân"}):
        fill(a_document(document_id="1", **change))
        seen += [engine.searcher(), engine.searcher()]
    fill(delete=["1"])
    seen.append(engine.searcher())
    revisions = [searcher.revision for searcher in seen]
    assert revisions[1] == revisions[2]
    assert len(set(revisions)) == 4


# --- documents ---


def test_an_empty_archive_finds_nothing(engine):
    found = search(engine, "dân", facets=("source",))
    assert (found.total, found.matches) == (TotalHits(value=0), ())
    assert dict(found.facets) == {"source": ()}
    assert engine.searcher().count() == 0
    assert engine.searcher().document("x") is None
    assert engine.searcher().find_origin("/x") is None
    assert engine.searcher().explain(SearchRequest(query=parse_query("dân")), "x") is None


def test_a_document_comes_back_as_it_went_in(engine, fill):
    document = a_document(
        title="Đầu đề",
        body="Một.\n\nHai.",
        authors=("Hà Thị Mẩy",),
        published=dt.datetime(2024, 5, 14, 8, tzinfo=dt.timezone(dt.timedelta(hours=7))),
        captions=(Caption(text="Ảnh: A", credit="A"),),
        origins=(Origin(path="/a", sha256="0f"),),
    )
    fill(document)
    assert engine.searcher().document(document.document_id) == document


@pytest.mark.parametrize(
    "values",
    [{"views": 0}, {"url": ""}, {"body": "\ud800 \x00"}, {"tags": ("", "a", "a")}, {"lead": "\n"}],
)
def test_a_document_comes_back_whole(engine, fill, values):
    """An empty value is not the same as none."""
    document = a_document(**values)
    fill(document)
    assert engine.searcher().document(document.document_id) == document


@pytest.mark.parametrize("name", ["\udcff", "", "a/../b", "đ" * 5000, "\x00"])
def test_any_text_can_be_an_id(engine, fill, name):
    fill(a_document(document_id=name, title="dân"), a_document(document_id=name + "x"))
    assert engine.searcher().document(name).title == "dân"
    assert [match.document_id for match in search(engine, "dân").matches] == [name]


def test_adding_the_same_id_replaces_the_document(engine, fill, find):
    fill(a_document(document_id="1", title="cũ"))
    fill(a_document(document_id="1", title="mới"))
    assert engine.searcher().count() == 1
    assert (find("mới"), find("cũ")) == (["1"], [])


def test_of_two_versions_in_one_batch_the_last_one_counts(engine, fill, find):
    fill(a_document(document_id="1", title="cũ"), a_document(document_id="1", title="mới"))
    assert engine.searcher().count() == 1
    assert (find("mới"), find("cũ")) == (["1"], [])


def test_a_deleted_document_is_gone(engine, fill, find):
    fill(a_document(document_id="1", title="dân"), a_document(document_id="2", title="dân"))
    fill(delete=["1"])
    assert find("dân") == ["2"]
    assert engine.searcher().count() == 1
    assert engine.searcher().document("1") is None


def test_deleting_what_is_not_there_does_nothing(engine, fill):
    fill(a_document(document_id="1"))
    fill(delete=["2"])
    assert engine.searcher().count() == 1


def test_nothing_is_found_before_the_commit_and_nothing_kept_without_it(engine):
    writer = engine.writer()
    writer.add(a_document(title="dân"))
    assert search(engine, "dân").total.value == 0
    writer.close()
    assert engine.searcher().count() == 0


def test_a_writer_goes_on_after_a_commit(engine, find):
    writer = engine.writer()
    writer.add(a_document(document_id="1", title="dân"))
    writer.commit()
    writer.add(a_document(document_id="2", title="dân"))
    writer.commit()
    writer.close()
    assert sorted(find("dân")) == ["1", "2"]


def test_optimizing_commits_and_changes_no_answer(engine, fill, find):
    for name in "abc":
        fill(a_document(document_id=name, title=f"dân {name}"))
    fill(delete=["a"])
    before = search(engine, "dân").matches
    writer = engine.writer()
    writer.optimize()
    assert search(engine, "dân").matches == before
    writer.add(a_document(document_id="d", title="dân"))
    writer.optimize()
    writer.close()
    assert sorted(find("dân")) == ["b", "c", "d"]


def test_an_engine_in_order_has_no_damaged_files(engine, fill):
    assert engine.damaged_files() == []
    fill(a_document(title="dân"))
    assert engine.damaged_files() == []


def test_there_is_one_writer_at_a_time(engine):
    writer = engine.writer()
    with pytest.raises(ArchiveLockedError):
        engine.writer()
    writer.close()
    engine.writer().close()


def test_closing_a_writer_twice_is_harmless(engine):
    writer = engine.writer()
    writer.close()
    writer.close()
    engine.writer().close()


def test_a_searcher_is_a_snapshot(engine, fill):
    fill(a_document(title="dân"))
    before = engine.searcher()
    fill(a_document(title="dân"))
    request = SearchRequest(query=parse_query("dân"))
    assert before.search(request).total.value == 1
    assert engine.searcher().search(request).total.value == 2


def test_origins_are_known_again(engine, fill):
    origins = (Origin(path="/a b", sha256="0a"), Origin(path="/ă", sha256="0b"))
    fill(a_document(document_id="1", origins=origins))
    searcher = engine.searcher()
    assert searcher.find_origin("/a b") == ("1", "0a")
    assert searcher.find_origin("/ă") == ("1", "0b")
    assert searcher.find_origin("/a") is None
    fill(a_document(document_id="1"))
    assert engine.searcher().find_origin("/a b") is None


# --- matching ---


@pytest.fixture
def filled(fill):
    fill(
        a_document(document_id="exact", title="Dân vận khéo", body="Cấp ủy quan tâm."),
        a_document(document_id="bare", title="Dan van kheo", body="Cap uy quan tam."),
        a_document(document_id="other", title="Dẫn văn khèo", body="Đường dài."),
    )
    fill(a_document(document_id="apart", title="Vận động", body="Dân bàn. Rất khéo."))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("dân vận khéo", {"exact", "bare", "apart"}),
        ("dan van kheo", {"exact", "bare", "other", "apart"}),
        ('"dân vận"', {"exact", "bare"}),
        ('"dan van"', {"exact", "bare", "other"}),
        ("dẫn", {"other", "bare"}),
        ("cấp uỷ", {"exact", "bare"}),
        ("duong", {"other"}),
        ("kh*", {"exact", "bare", "other", "apart"}),
        ("khé*", {"exact", "bare", "apart"}),
        ("title:vận", {"exact", "bare", "apart"}),
        ("body:vận", set()),
        ("dân -vận", set()),
        ("dân AND bàn", {"apart"}),
        ("bàn OR dài", {"apart", "other"}),
        ("NOT dân", {"other"}),
        ("*", {"exact", "bare", "other", "apart"}),
        ("title:(dân OR động)", {"exact", "bare", "apart"}),
        ('title:"dân vận" -bare -"cấp ủy"', set()),
        ("zzz", set()),
        ("dân zzz yyy xxx", set()),
        ("dân vận zzz yyy", {"exact", "bare", "apart"}),
        ("văn bàn OR dài", {"other"}),
    ],
)
def test_which_documents_a_query_finds(filled, find, text, expected):
    assert set(find(text)) == expected


@pytest.mark.parametrize("text", ["dân vận khéo", '"dân vận"', "khé*", "cấp ủy"])
def test_exact_ranks_above_folded(filled, find, text):
    found = find(text)
    assert found.index("exact") < found.index("bare")


def test_a_query_without_accents_ranks_what_is_written_so_above_the_rest(filled, find):
    assert find("dan van kheo")[0] == "bare"


def test_the_title_counts_more_than_the_body(fill, find):
    fill(
        a_document(document_id="body", title="một hai", body="cầu treo"),
        a_document(document_id="title", title="cầu treo", body="một hai"),
    )
    assert find("cầu treo") == ["title", "body"]


def test_words_next_to_each_other_count_more(fill, find):
    """However often they stand apart: neighbouring syllables are a word."""
    fill(
        a_document(document_id="apart", body="giã gạo xong, tóc vàng óng, giả dối, vàng"),
        a_document(document_id="together", body="hôm nay giá vàng tăng mạnh và nhiều chuyện khác"),
    )
    assert find("gia vang") == ["together", "apart"]
    assert find("vang gia")[0] == "apart"


def test_neighbours_are_looked_for_in_the_field_that_is_asked_for(fill, find):
    fill(
        a_document(document_id="body", title="vàng ở giả lai", body="giá vàng tăng"),
        a_document(document_id="title", title="giá vàng ở lai", body="vàng tăng giả"),
    )
    assert find("title:(gia vang)") == ["title", "body"]


def test_only_the_best_by_words_alone_are_looked_at_for_neighbours(fill, find, monkeypatch):
    """The page after the window goes on in the order of words alone."""
    monkeypatch.setattr("civicsearch.ranking.bm25.PAIR_WINDOW", 2)
    monkeypatch.setattr("civicsearch.ranking.bm25.GUESSED_PAIR_WINDOW", 2)
    fill(
        a_document(document_id="1", body="gia vị vàng " * 4),
        a_document(document_id="2", body="gia vị vàng " * 3 + "giá vàng lên"),
        a_document(document_id="3", body="gia vị vàng và bạc trắng đục xanh đỏ tím giá vàng"),
    )
    assert find("gia vang") == ["2", "1", "3"]


def test_the_caption_and_the_author_are_found_by_a_plain_query(fill, find):
    fill(
        a_document(document_id="1", captions=(Caption(text="Cầu treo"),)),
        a_document(document_id="2", authors=("Lò Văn Tấu",)),
    )
    assert find("cầu treo") == ["1"]
    assert find("lo van tau") == ["2"]


def test_source_section_and_tags_are_searched_only_by_name(fill, find):
    fill(a_document(document_id="1", source="Báo A", section="Xã hội", tags=("cầu đường",)))
    assert find("báo OR xã OR cầu") == []
    assert find("source:báo section:xã tag:đường") == ["1"]


def test_a_score_does_not_depend_on_how_documents_were_committed(engine, fill):
    documents = [a_document(document_id=str(n), title="dân " * n, body="vận") for n in range(1, 9)]
    for document in documents:
        fill(document)
    one_by_one = search(engine, "dân vận").matches
    fill(*documents)
    assert search(engine, "dân vận").matches == one_by_one


def test_deleted_documents_do_not_count_in_scores(engine, fill):
    fill(a_document(document_id="1", title="dân"), a_document(document_id="2", title="vận"))
    before = search(engine, "dân").matches
    fill(a_document(document_id="3", title="dân"))
    fill(delete=["3"])
    assert search(engine, "dân").matches == before


def test_there_is_no_explanation_for_what_does_not_match(engine, filled):
    searcher = engine.searcher()
    assert searcher.explain(SearchRequest(query=parse_query("zzz")), "exact") is None
    assert searcher.explain(SearchRequest(query=parse_query("dân")), "missing") is None


def test_an_explanation_names_neighbours(engine, filled):
    request = SearchRequest(query=parse_query("dân vận"))
    parts = engine.searcher().explain(request, "exact").parts
    assert [part.description for part in parts] == [
        "dân", "vận", 'next to each other: "dân vận"',
        "early: dân", "early: vận", "close to others: dân", "close to others: vận",
    ]  # fmt: skip


def test_what_opens_with_the_words_comes_first(fill, find):
    """Of the same words, as often, as far apart."""
    fill(
        a_document(document_id="1", body=f"{'thôn ' * 50} họp bàn làm đường"),
        a_document(document_id="2", body=f"họp bàn làm đường {'thôn ' * 50}"),
    )
    assert find("họp làm") == ["2", "1"]


def test_what_holds_the_words_close_to_each_other_comes_first(fill, find):
    fill(
        a_document(document_id="1", body="họp ở một thôn xa nói về đường"),
        a_document(document_id="2", body="họp ở đường một thôn xa nói về"),
    )
    assert find("đường họp") == ["2", "1"]


# --- order, pages, filters, facets ---


@pytest.fixture
def dated(fill):
    fill(
        a_document(document_id="a", title="dân", published=a_day("2020-08-06"), source="Báo A"),
        a_document(document_id="b", title="dân", published=a_day("2021-01-01"), source="Báo Á"),
        a_document(document_id="c", title="dân", source="Báo B", tags=("x", "y", "x")),
        a_document(
            document_id="d",
            title="dân dân",
            published=dt.datetime(2020, 8, 6, 23, 30, tzinfo=dt.timezone(dt.timedelta(hours=7))),
            source="Báo A",
        ),
    )


def test_ties_are_broken_by_date_then_by_id(fill, find):
    fill(*(a_document(document_id=name, title="dân") for name in "cab"))
    fill(a_document(document_id="z", title="dân", published=a_day("2020-01-01")))
    assert find("dân") == ["z", "a", "b", "c"]


def test_newest_and_oldest_with_undated_documents_last(dated, find):
    assert find("dân", sort=Sort.NEWEST) == ["b", "d", "a", "c"]
    assert find("dân", sort=Sort.OLDEST) == ["a", "d", "b", "c"]


def test_pages_follow_each_other(dated, find):
    whole = find("dân")
    assert find("dân", limit=2) + find("dân", limit=2, offset=2) == whole
    assert find("dân", limit=2, offset=4) == []


def test_the_total_does_not_depend_on_the_page(engine, dated):
    assert search(engine, "dân", limit=1, offset=1).total == TotalHits(value=4)
    assert search(engine, "dân", limit=0).total == TotalHits(value=4)


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2020-08-06", "2020-08-06", {"a", "d"}),
        ("2020-08-07", None, {"b"}),
        (None, "2020-12-31", {"a", "d"}),
        ("1900-01-01", None, {"a", "b", "d"}),
        ("2022-01-01", None, set()),
    ],
)
def test_a_date_filter_takes_in_both_of_its_days(dated, find, first, last, expected):
    filters = Filters(
        published_from=a_day(first) if first else None, published_to=a_day(last) if last else None
    )
    assert set(find("dân", filters=filters)) == expected


def test_a_source_filter_ignores_case_and_accents(dated, find):
    assert set(find("dân", filters=Filters(sources=("bao a",)))) == {"a", "b", "d"}
    assert set(find("dân", filters=Filters(sources=("BÁO B", "x")))) == {"c"}


def test_facets_count_all_matches_most_frequent_first(engine, dated):
    found = search(engine, "dân", limit=1, facets=("source", "year", "tag", "author"))
    assert dict(found.facets) == {
        "source": (("Báo A", 2), ("Báo B", 1), ("Báo Á", 1)),
        "year": (("2020", 2), ("2021", 1)),
        "tag": (("x", 1), ("y", 1)),
        "author": (),
    }


def test_facets_count_both_unicode_forms_as_one(engine, fill):
    """Who adds documents may have them composed or not."""
    for number, form in enumerate(("NFC", "NFD")):
        name = unicodedata.normalize(form, "Báo Lá Đề")
        fill(a_document(document_id=f"{number}", title="Họp", source=name, tags=(name,)))
    found = search(engine, "họp", facets=("source", "tag"))
    assert dict(found.facets) == {"source": (("Báo Lá Đề", 2),), "tag": (("Báo Lá Đề", 2),)}


def test_facets_count_only_what_the_filters_let_through(engine, dated):
    filters = Filters(sources=("Báo B",))
    assert dict(search(engine, "dân", facets=("year",), filters=filters).facets) == {"year": ()}


def test_threads_may_share_a_searcher(engine, filled):
    searcher = engine.searcher()
    request = SearchRequest(query=parse_query('"dan van" OR duong'))
    expected = searcher.search(request)
    wrong = []

    def work():
        answers = [searcher.search(request) for _ in range(30)]
        wrong.extend(answer for answer in answers if answer != expected)
        if searcher.document("exact") is None:
            wrong.append("exact")

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert wrong == []
