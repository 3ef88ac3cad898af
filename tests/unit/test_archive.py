import datetime as dt
import shutil

import numpy as np
import pytest

from civicsearch import Archive, Document, Expansion, extract, load_profiles
from civicsearch.errors import (
    ArchiveClosedError,
    DocumentNotFoundError,
    ExtractionError,
    InvalidOptionError,
    QuerySyntaxError,
    UnknownFieldError,
)
from fakes.builders import a_day, a_document


@pytest.fixture
def archive():
    with Archive.in_memory() as made:
        made.add(
            [
                a_document(
                    document_id="1",
                    title="Dân vận khéo ở Phiêng Sậy",
                    body="Xã có 1.700 lượt người tham gia.",
                    published=a_day("2020-08-06"),
                    source="Báo Sông Lam",
                    url="https://bao.example/1",
                    language="vi",
                ),
                a_document(document_id="2", title="Cầu treo", body="Dân góp công.", language="vi"),
            ]
        )
        yield made


def test_a_hit_tells_what_the_contract_promises(archive):
    (hit,) = archive.search("dan van kheo").hits
    assert (hit.rank, hit.document_id, hit.title) == (1, "1", "Dân vận khéo ở Phiêng Sậy")
    assert (hit.url, hit.source) == ("https://bao.example/1", "Báo Sông Lam")
    assert hit.published == dt.date(2020, 8, 6)
    assert hit.score > 0
    assert hit.snippet.text == "Xã có 1.700 lượt người tham gia."
    assert [hit.title[s:e] for s, e in hit.title_highlights] == ["Dân", "vận", "khéo"]
    assert "Dân vận khéo" in repr(hit)


def test_results_have_the_shape_of_the_json_contract(archive):
    values = archive.search("1700", facets=["source"]).to_dict()
    assert values.pop("elapsed_ms") >= 0
    assert values["hits"][0].pop("score") > 0
    assert values == {
        "query": "1700",
        "total": {"value": 1, "exact": True},
        "hits": [
            {
                "rank": 1,
                "document_id": "1",
                "title": "Dân vận khéo ở Phiêng Sậy",
                "title_highlights": [],
                "url": "https://bao.example/1",
                "source": "Báo Sông Lam",
                "published": "2020-08-06",
                "snippet": {
                    "text": "Xã có 1.700 lượt người tham gia.",
                    "highlights": [[6, 11]],
                },
            }
        ],
        "cursor": None,
        "facets": {"source": [{"value": "Báo Sông Lam", "count": 1}]},
        "suggestions": [],
        "notices": [],
        "expansions": [],
    }


def test_the_revision_is_that_of_what_is_answered(tmp_path):
    own = tmp_path / "own.toml"
    own.write_text('[vi]\nNL = "Nà Lường"\n', encoding="utf-8")
    with Archive.create(tmp_path / "one") as one, Archive.create(tmp_path / "two") as two:
        one.add(Document(document_id="1", title="Dân"))
        two.add(Document(document_id="1", title="Xã"))
        assert one.revision != two.revision
        shutil.copytree(tmp_path / "one", tmp_path / "copy")
        with Archive.open(tmp_path / "copy") as copy:
            assert copy.revision == one.revision
        with Archive.open(tmp_path / "one", abbreviations=own) as differing:
            assert differing.revision != one.revision
    with pytest.raises(ArchiveClosedError):
        _ = one.revision


def test_a_search_goes_on_with_its_cursor(archive):
    first = archive.search("dân", limit=1)
    second = archive.search("dân", limit=1, cursor=first.cursor)
    assert [(hit.rank, hit.document_id) for hit in first.hits + second.hits] == [(1, "1"), (2, "2")]
    assert second.total.value == 2
    assert second.cursor is None
    (hit,) = second.hits
    assert hit.explain().value == pytest.approx(hit.score)


def test_no_cursor_without_hits(archive):
    assert archive.search("dân", limit=0).cursor is None
    assert archive.search("zzz").cursor is None


def test_a_relaxed_search_goes_on_relaxed(archive):
    """Though a document that holds all words has come in between."""
    first = archive.search("dân zzz yyy xxx", limit=1)
    assert "some of them" in first.notices[0]
    archive.add(a_document(document_id="3", title="dân zzz yyy xxx"))
    second = archive.search("dân zzz yyy xxx", limit=5, cursor=first.cursor)
    assert "2" in [hit.document_id for hit in second.hits]
    assert second.notices == first.notices


def test_a_search_that_goes_on_is_not_relaxed_where_no_match_is_left(archive):
    archive.add([a_document(document_id=name, title="khéo treo") for name in "34"])
    first = archive.search("khéo treo", limit=1)
    archive.delete(["3", "4"])
    second = archive.search("khéo treo", cursor=first.cursor)
    assert (second.hits, second.notices, second.total.value) == ((), (), 0)


def test_a_cursor_is_for_one_search_and_no_offset(archive):
    cursor = archive.search("dân", limit=1).cursor
    with pytest.raises(InvalidOptionError, match="this one is of another query, sort or filter"):
        archive.search("dân", sort="newest", cursor=cursor)
    with pytest.raises(InvalidOptionError, match="offset cannot be 1; it must be 0, or left out"):
        archive.search("dân", offset=1, cursor=cursor)
    with pytest.raises(InvalidOptionError, match="cursor cannot be ''; it must be the cursor of"):
        archive.search("dân", cursor="")


def test_ranks_go_on_over_pages(archive):
    (hit,) = archive.search("dân", limit=1, offset=1).hits
    assert hit.rank == 2


def test_a_hit_explains_its_score(archive):
    (hit,) = archive.search("vận").hits
    explanation = hit.explain()
    assert explanation.value == pytest.approx(hit.score)
    assert explanation.parts[0].description == "vận"


def test_where_the_words_together_find_nothing_some_of_them_do_with_a_notice(archive):
    results = archive.search("cầu vận")
    assert {hit.document_id for hit in results.hits} == {"1", "2"}
    assert results.notices == ("No document has enough of these words; these have some of them.",)


def test_nothing_found_at_all_has_no_notice(archive):
    results = archive.search("zzz yyy")
    assert (results.total.value, results.hits, results.notices) == (0, (), ())


def test_explicit_conditions_are_never_relaxed(archive):
    assert archive.search("+cầu +vận").total.value == 0
    assert archive.search("cầu AND vận").total.value == 0


def test_what_is_not_understood_is_passed_over_with_a_notice(archive):
    results = archive.search('"dân vận')
    assert results.total.value == 1
    assert results.notices == ("In the query, at character 1: the quote is not closed.",)


def test_a_strict_search_raises_instead(archive):
    with pytest.raises(QuerySyntaxError):
        archive.search('"dân vận', strict=True)
    with pytest.raises(UnknownFieldError):
        archive.search("foo:bar", strict=True)


@pytest.mark.parametrize("text", ["", "   ", "...", "()"])
def test_an_empty_query_is_an_error(archive, text):
    with pytest.raises(QuerySyntaxError):
        archive.search(text)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"limit": -1}, "limit cannot be -1; it must be from 0 to 1000"),
        ({"limit": 1001}, "limit cannot be 1001"),
        ({"offset": -1}, "offset cannot be -1"),
        ({"offset": 100_000}, "offset cannot be 100000"),
        ({"sort": "best"}, "sort cannot be 'best'; it must be one of relevance, recent, newest"),
    ],
)
def test_an_option_out_of_range_is_refused(archive, options, message):
    with pytest.raises(InvalidOptionError, match=message):
        archive.search("dân", **options)


A_DAY = r"it must be a date, such as datetime.date\(2020, 8, 6\), or None"


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda a: a.search(None), "^text cannot be None; it must be a text.$"),
        (lambda a: a.search("dân", limit=1.5), "^limit cannot be 1.5; it must be a whole number.$"),
        (lambda a: a.search("dân", offset=None), "offset cannot be None; it must be a whole"),
        (lambda a: a.search("dân", cursor=5), "cursor cannot be 5; it must be a text"),
        (lambda a: a.search("dân", sort=5), "sort cannot be 5; it must be one of relevance"),
        (lambda a: a.search("dân", published_from="2020"), f"published_from cannot be .*{A_DAY}"),
        (lambda a: a.search("dân", published_to=2020), f"published_to cannot be 2020; {A_DAY}"),
        (lambda a: a.search("dân", sources=[5]), "sources cannot be 5; it must be a text, or sev"),
        (lambda a: a.search("dân", facets=None), "facets cannot be None; it must be a text, or"),
        (lambda a: a.suggest(None), "text cannot be None"),
        (lambda a: a.suggest("d", limit="1"), "limit cannot be '1'; it must be a whole number"),
        (lambda a: a.document(5), "document_id cannot be 5; it must be a text"),
        (lambda a: a.related(None), "document_id cannot be None"),
        (lambda a: a.why("dân", 5), "document_id cannot be 5"),
        (lambda a: a.why(5, "1"), "text cannot be 5"),
        (lambda a: a.delete(["1", 5]), "document_ids cannot be 5; it must be a text, or several"),
        (lambda a: a.add("cầu"), "documents cannot be 'cầu'; it must be a Document, or several"),
        (lambda a: a.add([a_document(document_id="3"), None]), "documents cannot be None"),
        (
            lambda a: a.add([a_document(document_id="3"), a_document(authors="An Bình")]),
            "authors of document .* cannot be 'An Bình'; it must be several texts",
        ),
        (lambda a: a.ingest(5), "paths cannot be 5; it must be a path: a text or a Path"),
        (lambda a: a.ingest("x", jobs="2"), "jobs cannot be '2'; it must be a whole number"),
        (lambda _: Archive.open(None), "path cannot be None; it must be a path"),
        (
            lambda _: Archive.create("x", memory_mb="1"),
            "memory_mb cannot be '1'; it must be a whol",
        ),
        (lambda a: a.search(b"x" * 999), r"text cannot be b'x{97}…; it must be a text"),
        (lambda a: a.search("dân", limit=True), "limit cannot be True; it must be a whole number"),
        (lambda a: a.search("dân", offset=False), "offset cannot be False; it must be a whole"),
        (lambda a: a.search("dân", expand="no"), "expand cannot be 'no'; it must be True or False"),
        (lambda a: a.search("dân", strict=None), "strict cannot be None; it must be True or False"),
        (lambda a: a.why("dân", "1", expand="0"), "expand cannot be '0'; it must be True or False"),
        (lambda a: a.ingest("x", again="no"), "again cannot be 'no'; it must be True or False"),
        (lambda a: a.ingest("x", profiles=5), "profiles cannot be 5; it must be the path of a"),
        (lambda a: a.ingest("x", progress=5), "progress cannot be 5; it must be a function, or No"),
        (lambda a: a.ingest("x", should_stop=5), "should_stop cannot be 5; it must be a function"),
        (lambda _: Archive.in_memory(abbreviations={}), "abbreviations cannot be {}; it must be a"),
        (lambda _: Archive.open(b"x"), "path cannot be b'x'; it must be a path"),
        (lambda _: Archive.open("a\0b"), r"path cannot be 'a\\x00b'; it must be a path that is"),
        (lambda _: Archive.open("\ud800"), "path cannot be .* of characters that a file name may"),
        (lambda _: Archive.create(""), "path cannot be ''; it must be a path that is not empty"),
        (lambda a: a.ingest(["a\0b"]), r"paths cannot be 'a\\x00b'; it must be a path that is not"),
        (lambda a: a.ingest("x", profiles="a\0b"), r"path cannot be 'a\\x00b'"),
        (lambda _: extract(None), "content cannot be None; it must be the bytes of a"),
        (lambda _: extract("x", url=5), "url cannot be 5; it must be a text"),
        (lambda _: extract("x", content_type=5), "content_type cannot be 5"),
        (lambda _: extract("x", profiles=5), "profiles cannot be 5; it must be the p"),
        (lambda _: load_profiles(5), "path cannot be 5; it must be a path"),
    ],
)
def test_a_value_of_a_wrong_type_is_refused_by_name(archive, call, message):
    """And nothing is changed."""
    with pytest.raises(InvalidOptionError, match=message):
        call(archive)
    assert len(archive) == 2


def test_one_name_may_be_given_by_itself(archive):
    """It is one name, not its letters."""
    results = archive.search("dân", facets="source", sources="báo sông lam")
    assert results.facets == {"source": (("Báo Sông Lam", 1),)}
    assert archive.why("dân", "1", sources="báo sông lam").matches


def test_numbers_may_be_those_of_numpy(archive):
    assert len(archive.search("dân", limit=np.int64(1)).hits) == 1
    assert archive.search("dân", expand=np.False_, strict=np.True_).total.value == 2


def test_an_unknown_facet_is_refused(archive):
    with pytest.raises(UnknownFieldError, match="no field 'colour'"):
        archive.search("dân", facets=["colour"])


def test_filters_and_order(archive):
    assert archive.search("dân", published_from=a_day("2021-01-01")).total.value == 0
    assert archive.search("dân", sources=["báo sông lam"]).total.value == 1
    assert [h.document_id for h in archive.search("dân", sort="newest").hits] == ["1", "2"]


def test_a_last_day_before_the_first_is_refused_as_by_every_screen(archive):
    """It would find nothing, without a reason; of a moment, the day counts."""
    first, last = a_day("2020-08-07"), a_day("2020-08-06")
    for ask in (
        lambda **days: archive.search("dân", **days),
        lambda **d: archive.why("dân", "1", **d),
    ):
        with pytest.raises(
            InvalidOptionError, match="published_to cannot be '2020-08-06'; it must"
        ):
            ask(published_from=first, published_to=last)
    noon = dt.datetime(2020, 8, 6, 12, tzinfo=dt.UTC)
    assert archive.search("dân", published_from=noon, published_to=last).total.value == 1


def test_a_document_by_its_id(archive):
    assert archive.document("2").title == "Cầu treo"
    with pytest.raises(DocumentNotFoundError, match="No document has the id 'x'"):
        archive.document("x")


def test_an_archive_knows_its_ids_and_is_one_without_documents_too(archive):
    assert "2" in archive
    assert "x" not in archive
    assert 2 not in archive
    archive.delete(["1", "2"])
    assert "2" not in archive
    assert len(archive) == 0
    assert archive


def test_deleting_an_unknown_id_deletes_nothing(archive):
    with pytest.raises(DocumentNotFoundError):
        archive.delete(["1", "x"])
    assert len(archive) == 2
    assert archive.delete(["1", "1"]) == 1
    assert len(archive) == 1


def test_one_document_may_be_added_without_a_list(archive):
    assert archive.add(a_document(document_id="3")) == 1
    assert len(archive) == 3


@pytest.mark.parametrize("engine", ["memory", "local"])
def test_of_a_moment_without_a_zone_the_day_is_kept(tmp_path, engine):
    """It has the place of its day in the order, too, after all moments of that day."""
    noon = dt.datetime(2020, 8, 6, 12, tzinfo=dt.UTC)
    made = Archive.in_memory() if engine == "memory" else Archive.create(tmp_path / "index")
    with made:
        made.add(
            a_document(document_id=name, title="Dân", published=moment, modified=moment)
            for name, moment in (("placeless", dt.datetime(2020, 8, 6, 23)), ("placed", noon))  # noqa: DTZ001
        )
        assert made.document("placeless").published == dt.date(2020, 8, 6)
        assert type(made.document("placeless").modified) is dt.date
        assert made.document("placed").published == noon
        found = made.search("dân", sort="newest").hits
        assert [hit.document_id for hit in found] == ["placed", "placeless"]


def test_the_statistics_count_what_is_there(archive):
    stats = archive.stats()
    assert (stats.documents, stats.undated, stats.size_bytes) == (2, 1, 0)
    assert stats.facets["language"] == (("vi", 2),)
    assert stats.to_dict()["facets"]["year"] == [{"value": "2020", "count": 1}]


@pytest.mark.parametrize("jobs", [0, 65])
def test_a_senseless_number_of_jobs_is_refused(archive, jobs, tmp_path):
    with pytest.raises(InvalidOptionError, match="jobs cannot be"):
        archive.ingest([tmp_path], jobs=jobs)


PAGE = """<html lang="vi"><head><title>Xã Nà Lường đón cầu mới</title></head><body>
<h1>Xã Nà Lường đón cầu mới</h1><p>Sáng nay, xã Nà Lường khánh thành cây cầu treo dài 120 mét sau
hai năm thi công, nối hai bờ suối vốn chia cắt mỗi mùa mưa lũ.</p><p>Cầu do người dân góp công cùng
nhà nước xây dựng, tổng vốn hơn bốn tỷ đồng, rút ngắn đường tới trường của hơn hai trăm học sinh.</p>
</body></html>"""


@pytest.mark.parametrize("content", [PAGE, PAGE.encode()])
def test_extract_takes_bytes_and_text(content):
    document = extract(content, url="https://xa.example/cau?utm_source=x#top")
    assert document.title == "Xã Nà Lường đón cầu mới"
    assert "cây cầu treo dài 120 mét" in document.text
    assert document.url == "https://xa.example/cau"


def test_a_document_tells_what_the_contract_promises():
    """Each attribute is there, and the zones hold what is not kept together."""
    document = extract(PAGE, url="https://xa.example/cau")
    told = (document.lead, document.authors, document.published, document.section)
    assert told == ("", (), None, "")
    assert (document.source, document.language) == ("xa.example", "vi")
    assert document.zones == {
        "title": (document.title,),
        "lead": (),
        "body": tuple(document.text.split("\n\n")),
        "caption": (),
        "byline": (),
    }
    assert len(document.zones["body"]) == 2


def test_extract_says_why_a_page_has_no_article():
    with pytest.raises(ExtractionError):
        extract(b"\x00\x01\x02\x03" * 100)


def test_abbreviations_are_expanded_and_told_unless_not_wanted():
    with Archive.in_memory() as archive:
        archive.add([Document(document_id="1", body="Ủy ban nhân dân xã họp.")])
        results = archive.search("UBND họp")
        assert [hit.document_id for hit in results.hits] == ["1"]
        assert results.expansions == (Expansion(typed="UBND", read_as=("Ủy ban nhân dân",)),)
        snippet = results.hits[0].snippet
        assert [snippet.text[a:b] for a, b in snippet.highlights] == ["Ủy ban nhân dân", "họp"]
        unexpanded = archive.search("UBND", expand=False)
        assert (unexpanded.hits, unexpanded.expansions) == ((), ())


def test_a_strict_search_expands_too():
    with Archive.in_memory() as archive:
        archive.add([Document(document_id="1", body="Ủy ban nhân dân xã họp.")])
        assert archive.search("UBND AND họp", strict=True).expansions
        with pytest.raises(QuerySyntaxError):
            archive.search("UBND AND", strict=True)


def test_a_stray_word_of_a_long_form_is_not_marked():
    """`nhân vật` and `dân quân` are no `ủy ban nhân dân`."""
    with Archive.in_memory() as archive:
        body = "Nhân vật trong ban nhạc dân quân được ủy ban nhân dân mời."
        archive.add([Document(document_id="1", body=body)])
        snippet = archive.search("UBND").hits[0].snippet
        assert [snippet.text[a:b] for a, b in snippet.highlights] == ["ủy ban nhân dân"]


def test_a_relaxed_search_still_expands():
    with Archive.in_memory() as archive:
        archive.add([Document(document_id="1", body="Ủy ban nhân dân xã họp.")])
        results = archive.search("UBND zzz")
        assert [hit.document_id for hit in results.hits] == ["1"]
        assert results.expansions
        assert results.notices


def test_an_archive_reads_abbreviations_of_one_s_own(tmp_path):
    own = tmp_path / "own.toml"
    own.write_text('NL = "Nà Lường"', "utf-8")
    for open_archive in (Archive.create, Archive.open):
        with open_archive(tmp_path / "index", abbreviations=own) as archive:
            archive.add([Document(document_id="1", body="Nà Lường họp.")])
            assert archive.search("NL").total.value == 1
