"""An archive read through Whoosh: stock queries find what looking through all words finds."""

import datetime as dt
import fnmatch
import random
import subprocess
import sys
from dataclasses import replace

import pytest
from whoosh import fields, qparser, query, scoring, sorting
from whoosh.filedb.filestore import RamStorage
from whoosh.index import FileIndex
from whoosh.matching import ReadTooFar
from whoosh.reading import TermNotFound
from whoosh.searching import Searcher

from civicsearch.analysis.analyzer import Analyzer
from civicsearch.archive import Archive
from civicsearch.engines.local.engine import LocalEngine
from civicsearch.engines.local.whoosh import index as whoosh_index
from civicsearch.engines.local.whoosh import open_whoosh_index, terms
from civicsearch.errors import (
    ArchiveCorruptError,
    ArchiveNotFoundError,
    InvalidOptionError,
    RequestError,
)
from civicsearch.schema import DEFAULT_SCHEMA, field_texts
from fakes.builders import a_day, a_document

ZONES = [field.name for field in DEFAULT_SCHEMA.zones]
WORDS = [
    "dân",
    "dẫn",
    "dan",
    "vận",
    "văn",
    "khéo",
    "ủy",
    "uỷ",
    "ban",
    "nhân",
    "Nghĩa",
    "Lộ",
    "hòa",
    "hoà",
    "quận",
    "1.700",
    "57-NQ/TW",
    "đường",
]
PLAIN = ["dan", "van", "kheo", "uy", "ban", "nghia", "lo", "duong"]
EARLY = dt.datetime(2019, 1, 1)  # noqa: DTZ001 - Whoosh's dates have no zone

ONE, MANY, DELETED, MERGED = "one segment", "many segments", "deleted documents", "merged segments"


def some_documents(count=60):
    chosen = random.Random(7)  # noqa: S311 - the same documents each time
    documents = []
    for number in range(count):
        words = PLAIN if number % 6 == 0 else WORDS

        def text(most, words=words):
            return " ".join(chosen.choices(words, k=chosen.randint(0, most)))

        day = dt.date(2018, 1, 1) + dt.timedelta(days=chosen.randint(0, 2000))
        hour = dt.timezone(dt.timedelta(hours=7))
        published = (day, dt.datetime(day.year, day.month, day.day, 23, 30, tzinfo=hour), None)
        documents.append(
            a_document(
                document_id=f"doc-{number:02}",
                title=text(4),
                lead=text(6),
                body=text(30),
                authors=tuple(filter(None, (text(2), text(2)))),
                published=chosen.choice(published),
                source=chosen.choice(["", "Báo Yên Bái", "Ấp Bắc", "báo Sơn La"]),
                section=chosen.choice(["", "Thời sự"]),
                tags=tuple(chosen.sample(["xã hội", "đất đai", "y tế"], chosen.randint(0, 3))),
            )
        )
    return documents


class Corpus:
    """The documents that are in the archive, and their words."""

    def __init__(self, folder, documents):
        self.folder = folder
        self.documents = {document.document_id: document for document in documents}
        self.words = {
            document.document_id: self.words_of(document) for document in self.documents.values()
        }

    @staticmethod
    def words_of(document):
        analyzer = Analyzer()
        texts = field_texts(document)
        words = {name: [t.exact for t in analyzer.tokens(texts[name])] for name in texts}
        folded = []
        for zone in ZONES:
            folded += [token.folded for token in analyzer.tokens(texts[zone])] + [None]
        return {**words, "folded": folded, "document_id": [document.document_id]}

    def where(self, accepts):
        return {name for name, words in self.words.items() if accepts(words)}

    def any_word(self, field, accepts):
        return self.where(lambda words: any(map(accepts, filter(None, words[field]))))

    def has(self, field, word):
        return self.where(lambda words: word in words[field])

    def phrase(self, field, *words):
        def accepts(own):
            text = own[field]
            return any(
                tuple(text[start : start + len(words)]) == words for start in range(len(text))
            )

        return self.where(accepts)

    def between(self, start, end):
        return {
            name
            for name, document in self.documents.items()
            if document.published is not None
            and (start is None or clock(document.published) >= start)
            and (end is None or clock(document.published) <= end)
        }


def clock(published):
    if isinstance(published, dt.datetime):
        return published.replace(tzinfo=None)
    return dt.datetime(published.year, published.month, published.day)  # noqa: DTZ001


def distance(a, b):
    row = range(len(b) + 1)
    for i, x in enumerate(a, 1):
        last, row = row, [i]
        for j, y in enumerate(b, 1):
            row.append(min(last[j] + 1, row[-1] + 1, last[j - 1] + (x != y)))
    return row[-1]


@pytest.fixture(scope="module", params=[ONE, MANY, DELETED, MERGED])
def corpus(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("whoosh") / "index"
    documents = some_documents()
    with Archive.create(folder) as archive:
        step = len(documents) if request.param == ONE else 9
        for start in range(0, len(documents), step):
            archive.add(documents[start : start + step])
        if request.param in (DELETED, MERGED):
            gone = [document.document_id for document in documents[5:50:7]]
            archive.delete(gone)
            documents = [d for d in documents if d.document_id not in gone]
            changed = a_document(document_id="doc-01", title="dân vận", body="đường")
            archive.add(changed)
            documents = [d for d in documents if d.document_id != "doc-01"] + [changed]
    if request.param == MERGED:
        writer = LocalEngine.open(folder, schema=DEFAULT_SCHEMA).writer()
        writer.optimize()
        writer.close()
    assert (len(open_whoosh_index(folder)._segments()) == 1) == (request.param in (ONE, MERGED))
    return Corpus(folder, documents)


@pytest.fixture(scope="module")
def index(corpus):
    return open_whoosh_index(corpus.folder)


@pytest.fixture
def searcher(index):
    with index.searcher() as searcher:
        yield searcher


@pytest.fixture
def small(tmp_path):
    folder = tmp_path / "index"
    with Archive.create(folder) as archive:
        archive.add(
            [
                a_document(document_id="a", title="Dân vận khéo", body="Thị ủy Nghĩa Lộ họp."),
                a_document(document_id="b", title="Đường mới", body="Ủy ban họp về đường."),
                a_document(document_id="c", body="Nghĩa Lộ: thị ủy khen dân vận khéo."),
            ]
        )
    return folder


def ids(results):
    return [hit["document_id"] for hit in results]


def found(searcher, asked):
    hits = ids(searcher.search(asked, limit=None))
    assert len(hits) == len(set(hits))
    return set(hits)


def where(reader, field, word):
    """Return the documents that hold a word, each with the places of the word in its field."""
    return dict(reader.postings(field, word).items_as("positions"))


def a_term(field, word):
    return query.Term(field, word)


# --- what is found ---


@pytest.mark.parametrize("field", ["title", "lead", "body", "author", "source", "tag", "folded"])
def test_a_term_finds_the_documents_that_hold_it_in_that_field(corpus, searcher, field):
    words = {word for words in corpus.words.values() for word in words[field] if word}
    for word in words | {"nowhere"}:
        assert found(searcher, a_term(field, word)) == corpus.has(field, word)


@pytest.mark.parametrize("field", ["title", "lead", "body", "author", "source", "folded"])
def test_a_term_stands_where_the_words_of_the_field_say(corpus, searcher, field):
    reader = searcher.reader()
    numbers = {name: searcher.document_number(document_id=name) for name in corpus.words}
    for word in {word for words in corpus.words.values() for word in words[field] if word}:
        assert where(reader, field, word) == {
            numbers[name]: [place for place, own in enumerate(words[field]) if own == word]
            for name, words in corpus.words.items()
            if word in words[field]
        }


@pytest.mark.parametrize("field", ["title", "caption", "body", "author", "section", "folded"])
def test_the_terms_of_a_field_are_its_words_in_order(corpus, searcher, field):
    words = {word for words in corpus.words.values() for word in words[field] if word}
    assert list(searcher.reader().field_terms(field)) == sorted(words)


def test_boolean_queries_at_any_depth(corpus, searcher):
    a, b, c = a_term("body", "dân"), a_term("title", "vận"), a_term("lead", "ủy")
    has = corpus.has
    in_a, in_b, in_c = has("body", "dân"), has("title", "vận"), has("lead", "ủy")
    everything = set(corpus.documents)
    assert found(searcher, query.And([a, b])) == in_a & in_b
    assert found(searcher, query.Or([a, b, c])) == in_a | in_b | in_c
    assert found(searcher, query.And([a, query.Not(b)])) == in_a - in_b
    assert found(searcher, query.And([query.Or([a, b]), c])) == (in_a | in_b) & in_c
    assert found(searcher, query.Not(query.Or([a, b]))) == everything - in_a - in_b
    assert found(searcher, query.Every()) == everything
    assert found(searcher, query.Every("lead")) == corpus.any_word("lead", bool)


@pytest.mark.parametrize("field", ["title", "body", "author", "folded"])
def test_a_phrase_finds_words_side_by_side_in_one_zone(corpus, searcher, field):
    pairs = {
        pair
        for words in corpus.words.values()
        for pair in zip(words[field], words[field][1:], strict=False)
        if None not in pair
    }
    several = sorted(pairs)[:: max(1, len(pairs) // 20)]
    for pair in [*several, ("dân", "nowhere"), ("lo", "uy")]:
        assert found(searcher, query.Phrase(field, list(pair))) == corpus.phrase(field, *pair)


def test_a_phrase_never_reaches_from_one_zone_into_the_next(tmp_path):
    with Archive.create(tmp_path) as archive:
        archive.add(a_document(document_id="1", title="dân vận", lead="khéo"))
    with open_whoosh_index(tmp_path).searcher() as searcher:
        assert found(searcher, query.Phrase("folded", ["dan", "van"])) == {"1"}
        assert found(searcher, query.Phrase("folded", ["van", "kheo"])) == set()


@pytest.mark.parametrize("field", ["body", "folded"])
@pytest.mark.parametrize("text", ["d", "dâ", "ng", "1", "x"])
def test_a_prefix_finds_the_words_that_begin_so(corpus, searcher, field, text):
    expected = corpus.any_word(field, lambda word: word.startswith(text))
    assert found(searcher, query.Prefix(field, text)) == expected


@pytest.mark.parametrize("pattern", ["d?n", "*n", "h*a", "?", "n*i*"])
def test_a_wildcard_finds_the_words_that_match(corpus, searcher, pattern):
    expected = corpus.any_word("body", lambda word: fnmatch.fnmatchcase(word, pattern))
    assert found(searcher, query.Wildcard("body", pattern)) == expected


@pytest.mark.parametrize(("word", "most"), [("dân", 1), ("khe", 2), ("nghia", 1), ("ban", 2)])
def test_a_fuzzy_term_finds_the_words_that_are_near(corpus, searcher, word, most):
    asked = query.FuzzyTerm("body", word, maxdist=most, prefixlength=0)
    expected = corpus.any_word("body", lambda own: distance(own, word) <= most)
    assert found(searcher, asked) == expected


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (EARLY, EARLY + dt.timedelta(days=500)),
        (EARLY, None),
        (None, EARLY),
        (EARLY, EARLY + dt.timedelta(hours=1)),
        (None, dt.datetime(2030, 1, 1)),  # noqa: DTZ001
    ],
)
def test_a_range_of_dates_finds_what_was_published_then(corpus, searcher, start, end):
    asked = query.DateRange("published", start, end)
    assert found(searcher, asked) == corpus.between(start, end)
    numbers = query.NumericRange("published", asked.start, asked.end)
    assert found(searcher, numbers) == corpus.between(start, end)


def test_a_moment_is_found_by_the_clock_of_its_place(corpus, searcher):
    moments = {clock(d.published) for d in corpus.documents.values() if d.published}
    for moment in sorted(moments)[:10]:
        assert found(searcher, a_term("published", moment)) == corpus.between(moment, moment)


def test_an_id_finds_its_document(corpus, searcher):
    for document_id, document in corpus.documents.items():
        hit = searcher.document(document_id=document_id)
        assert (hit["document_id"], hit["title"]) == (document_id, document.title)
    assert searcher.document(document_id="doc-99") is None
    assert list(searcher.reader().field_terms("document_id")) == sorted(corpus.documents)


def test_counts_leave_deleted_documents_out(corpus, index, searcher):
    assert index.doc_count() == searcher.doc_count() == len(corpus.documents)
    assert {stored["document_id"] for stored in searcher.documents()} == set(corpus.documents)
    assert searcher.doc_frequency("body", "dân") == len(corpus.has("body", "dân"))
    occurrences = sum(words["body"].count("dân") for words in corpus.words.values())
    assert searcher.frequency("body", "dân") == occurrences


def test_fields_are_as_long_as_their_words(corpus, searcher):
    for document_id, words in corpus.words.items():
        number = searcher.document_number(document_id=document_id)
        for field in DEFAULT_SCHEMA.names:
            assert searcher.doc_field_length(number, field) == len(words[field])
        weighted = sum(field.weight * len(words[field.name]) for field in DEFAULT_SCHEMA.zones)
        assert searcher.doc_field_length(number, "folded") == weighted


def test_terms_are_listed_with_what_is_known_of_them(corpus, searcher):
    reader = searcher.reader()
    listed = {term: info.doc_frequency() for term, info in reader if term[0] == "lead"}
    words = {word for words in corpus.words.values() for word in words["lead"]}
    assert listed == {("lead", word.encode()): len(corpus.has("lead", word)) for word in words}
    assert [term for term, _ in reader.iter_from("title", "v") if term[0] == "title"] == [
        ("title", word.encode())
        for word in sorted({w for words in corpus.words.values() for w in words["title"]})
        if word >= "v"
    ]
    assert set(DEFAULT_SCHEMA.names) < set(reader.indexed_field_names())


def test_what_is_not_there_is_not_found(searcher):
    reader = searcher.reader()
    family = b"dan\x1f\x01"  # all written forms together, which only our own dictionary lists
    for term in (
        ("body", b"\xff\xfe"),
        ("body", b"\x01"),
        ("body", family),
        ("folded", family),
        ("published", b""),
        ("published", b"\x03" + bytes(8)),
    ):
        assert term not in reader
        assert reader.doc_frequency(*term) == reader.frequency(*term) == 0
        with pytest.raises(TermNotFound):
            reader.term_info(*term)
    (leaf, _), *_ = reader.leaf_readers()
    with pytest.raises(TermNotFound):
        leaf.postings("body", "nowhere")


def test_reading_all_terms_in_small_pieces_changes_nothing(corpus, monkeypatch):
    whole = open_whoosh_index(corpus.folder).reader()
    pieces = open_whoosh_index(corpus.folder).reader()
    for field in ("title", "body", "folded", "source"):
        lexicon = list(whole.lexicon(field))
        expected = [where(whole, field, term) for term in lexicon]
        with monkeypatch.context() as patched:
            patched.setattr(terms, "_DOCUMENTS_AT_ONCE", 3)
            assert list(pieces.lexicon(field)) == lexicon
            assert [where(pieces, field, term) for term in lexicon] == expected


def test_the_rarest_of_very_many_words_are_found_where_they_stand(tmp_path):
    """The commonest 65,534 terms have a number of their own; all others share one."""
    many = [f"x{number:05}" for number in range(65_534)]
    with Archive.create(tmp_path) as archive:
        archive.add(
            [
                a_document(document_id="1", body=" ".join([*many, "zza", "zzb", "zza"])),
                a_document(document_id="2", body=" ".join([*many[:9], "zzc", "zzd"])),
            ]
        )
    with open_whoosh_index(tmp_path).searcher() as searcher:
        reader = searcher.reader()
        assert where(reader, "body", "zza") == {0: [65_534, 65_536]}
        assert where(reader, "body", "zzb") == {0: [65_535]}
        assert where(reader, "folded", "zzd") == {1: [12]}
        assert where(reader, "body", "x00008") == {0: [8], 1: [8]}
        assert found(searcher, query.Phrase("body", ["zzc", "zzd"])) == {"2"}
        assert found(searcher, query.Prefix("body", "zz")) == {"1", "2"}
        assert list(reader.lexicon("body"))[-4:] == [b"zza", b"zzb", b"zzc", b"zzd"]


# --- in which order ---


def test_the_best_ten_are_the_first_ten_of_all(corpus, searcher):
    """Regression of Whoosh: an OR within an AND lost its score when only the best were asked for."""
    chosen = random.Random(3)  # noqa: S311 - the same queries each time
    words = sorted({word for words in corpus.words.values() for word in words["body"]})
    for _ in range(40):
        a, b, c = (a_term("body", word) for word in chosen.sample(words, 3))
        for asked in (
            query.And([query.Or([a, b]), c]),
            query.Or([query.And([a, b]), c]),
            query.And([query.Or([a, query.Prefix("body", "d")]), c]),
            query.Or([a, query.Prefix("body", "n"), c]),
            query.And([query.Or([a, query.DateRange("published", EARLY, None)]), c]),
            query.Or([query.And([a, b]), query.DateRange("published", EARLY, None)]),
        ):
            every = searcher.search(asked, limit=None)
            best = searcher.search(asked, limit=10)
            assert best.top_n == every.top_n[:10]
            assert len(best) == len(every)


@pytest.mark.parametrize("weighting", [scoring.BM25F(), scoring.TF_IDF(), scoring.Frequency()])
def test_scores_are_those_of_an_index_that_whoosh_wrote(tmp_path, weighting):
    # Short texts: Whoosh rounds lengths from 11 words on.
    documents = [
        replace(document, body=" ".join(document.body.replace("-NQ/TW", "").split()[:10]))
        for document in some_documents()
    ]
    beginning = [token.exact for token in Analyzer().tokens(documents[1].body)[:2]]
    with Archive.create(tmp_path) as archive:
        archive.add(documents)
    ours = open_whoosh_index(tmp_path)
    text = fields.TEXT(analyzer=ours.schema["body"].analyzer)
    schema = fields.Schema(document_id=fields.ID(stored=True), title=text, body=text)
    theirs = RamStorage().create_index(schema)
    writer = theirs.writer()
    for document in documents:
        kept = {name: getattr(document, name) for name in ("document_id", "title", "body")}
        writer.add_document(**kept)
    writer.commit()
    with (
        ours.searcher(weighting=weighting) as own,
        theirs.searcher(weighting=weighting) as stock,
    ):
        for asked in (
            a_term("body", "dân"),
            query.Phrase("body", beginning),
            query.Or([a_term("body", "dân"), a_term("title", "vận"), a_term("body", "khéo")]),
            query.And([a_term("body", "đường"), query.Not(a_term("body", "vận"))]),
        ):
            expected = {h["document_id"]: h.score for h in stock.search(asked, limit=None)}
            scores = {h["document_id"]: h.score for h in own.search(asked, limit=None)}
            assert scores == pytest.approx(expected)
            assert expected


def test_sorting_by_date_puts_undated_documents_last_either_way(corpus, searcher):
    dated = {name: d.published for name, d in corpus.documents.items() if d.published}
    for is_reversed in (False, True):
        facet = sorting.FieldFacet("published", reverse=is_reversed)
        hits = ids(searcher.search(query.Every(), sortedby=facet, limit=None))
        moments = [clock(dated[name]) for name in hits[: len(dated)]]
        assert moments == sorted(moments, reverse=is_reversed)
        assert set(hits) == set(corpus.documents)


@pytest.mark.parametrize("is_reversed", [False, True])
@pytest.mark.parametrize("field", ["source", "document_id"])
def test_sorting_by_a_text(corpus, searcher, field, is_reversed):
    facet = sorting.FieldFacet(field, reverse=is_reversed)
    hits = ids(searcher.search(query.Every(), sortedby=facet, limit=None))
    values = [getattr(corpus.documents[name], field).encode() for name in hits]
    assert values == sorted(values, reverse=is_reversed)


def test_sorting_by_two_fields(corpus, searcher):
    hits = ids(searcher.search(query.Every(), sortedby=["source", "document_id"], limit=None))
    documents = [corpus.documents[name] for name in hits]
    keys = [(document.source.encode(), document.document_id) for document in documents]
    assert keys == sorted(keys)
    assert len(keys) == len(corpus.documents)


def test_grouping_by_a_value_and_by_several(corpus, searcher):
    groups = {
        "source": sorting.FieldFacet("source"),
        "tags": sorting.FieldFacet("tags", allow_overlap=True),
        "published": sorting.FieldFacet("published", reverse=True),
    }
    results = searcher.search(query.Every(), groupedby=groups, maptype=sorting.Count, limit=None)
    documents = corpus.documents.values()
    for value in ("", "Báo Yên Bái", "Ấp Bắc", "báo Sơn La"):
        assert results.groups("source")[value] == sum(d.source == value for d in documents)
    for value in ("xã hội", "đất đai", "y tế"):
        assert results.groups("tags")[value] == sum(value in d.tags for d in documents)
    undated = sum(document.published is None for document in documents)
    assert results.groups("published")[None] == undated
    assert sum(results.groups("published").values()) == len(documents)


def test_grouping_by_the_first_of_several_names(searcher, corpus):
    results = searcher.search(query.Every(), groupedby="authors", limit=None)
    expected = {(d.authors or ("",))[0] for d in corpus.documents.values()}
    assert set(results.groups()) == expected


def test_collapsing_leaves_one_hit_of_each_source_and_all_without(corpus, searcher):
    hits = ids(searcher.search(query.Every(), collapse="source", limit=None))
    sources = [corpus.documents[name].source for name in hits]
    without = [d for d in corpus.documents.values() if not d.source]
    assert sorted(filter(None, sources)) == ["Báo Yên Bái", "báo Sơn La", "Ấp Bắc"]
    assert sources.count("") == len(without) > 1


def test_a_searcher_that_whoosh_made_loses_no_score_of_terms_either(corpus, index):
    chosen = random.Random(3)  # noqa: S311 - the same queries each time
    words = sorted({word for words in corpus.words.values() for word in words["body"]})
    with Searcher(index.reader()) as searcher:
        for _ in range(40):
            a, b, c = (a_term("body", word) for word in chosen.sample(words, 3))
            asked = query.And([query.Or([a, b]), c])
            every = searcher.search(asked, limit=None)
            assert searcher.search(asked, limit=5).top_n == every.top_n[:5]


# --- what can be done with hits ---


def test_the_folder_may_be_a_text(small):
    with open_whoosh_index(str(small)).searcher() as searcher:
        assert found(searcher, a_term("title", "dân")) == {"a"}


def test_query_texts_are_read_with_our_words(small):
    index = open_whoosh_index(small)
    parser = qparser.MultifieldParser(["title", "body"], index.schema)
    folded = qparser.QueryParser("folded", index.schema)
    with index.searcher() as searcher:
        assert found(searcher, parser.parse("DÂN vận")) == {"a", "c"}
        assert found(searcher, parser.parse("title:dân")) == {"a"}
        assert found(searcher, parser.parse('"uỷ ban"')) == {"b"}
        assert found(searcher, parser.parse("uy ban")) == set()
        assert found(searcher, folded.parse("uy ban")) == {"b"}
        assert found(searcher, folded.parse("Đườ*")) == {"b"}
        assert found(searcher, parser.parse("kh*o NOT họp")) == {"c"}


def test_highlights_mark_the_words_in_stored_texts(small):
    index = open_whoosh_index(small)
    with index.searcher() as searcher:
        (hit,) = searcher.search(a_term("title", "dân"))
        assert hit.highlights("title") == '<b class="match term0">Dân</b> vận khéo'
        (hit,) = searcher.search(a_term("folded", "ban"), terms=True)
        marked = hit.highlights("folded", text=hit["body"])
        assert marked == 'Ủy <b class="match term0">ban</b> họp về đường'
        assert hit.matched_terms() == [("folded", b"ban")]


@pytest.mark.parametrize("field", ["body", "folded"])
def test_more_like_this_finds_the_similar_document(small, field):
    with open_whoosh_index(small).searcher() as searcher:
        number = searcher.document_number(document_id="a")
        assert ids(searcher.more_like(number, field, numterms=15))[0] == "c"
        number = searcher.document_number(document_id="c")
        assert ids(searcher.more_like(number, field, numterms=15))[0] == "a"


def test_key_terms_are_words_of_the_document(small):
    with open_whoosh_index(small).searcher() as searcher:
        number = searcher.document_number(document_id="b")
        assert {word for word, _ in searcher.key_terms([number], "body")} <= {
            *("ủy", "ban", "họp", "về", "đường")
        }
        (first, _), *_ = searcher.key_terms([number], "folded")
        assert first == "duong"  # it stands in the title too, which weighs more


def test_a_mistyped_word_is_corrected(corpus, searcher, index):
    assert searcher.suggest("body", "đườn", maxdist=1) == ["đường"]
    assert searcher.suggest("folded", "khwo", maxdist=1) == ["kheo"]
    asked = qparser.QueryParser("body", index.schema).parse("khéoo")
    assert searcher.correct_query(asked, "khéoo").string == "khéo"


def test_stored_fields_hold_the_document(tmp_path):
    document = a_document(
        document_id="1",
        title="Một",
        url="https://example.org/1",
        authors=("A", "B"),
        tags=("x",),
        published=a_day("2020-08-06"),
    )
    with Archive.create(tmp_path) as archive:
        archive.add(document)
    with open_whoosh_index(tmp_path).searcher() as searcher:
        stored = searcher.document(document_id="1")
    for name in ("document_id", "title", "lead", "url", "published"):
        assert stored[name] == getattr(document, name)
    assert (stored["authors"], stored["tags"]) == (["A", "B"], ["x"])


def test_a_matcher_moves_copies_and_starts_again(corpus, index):
    reader = next(iter(index.reader().leaf_readers()))[0]
    body = reader.schema["body"].format
    matcher = reader._terms.matcher("body", "dân".encode(), body)
    first, second, *_, last = matcher.all_ids()
    matcher.skip_to(second)
    copy = matcher.copy()
    assert (matcher.id(), copy.id()) == (second, second)
    positions = matcher.value_as("positions")
    assert matcher.value_as("frequency") == matcher.value_as("weight") == len(positions)
    assert body.decode_positions(matcher.value()) == positions
    matcher.reset()
    assert matcher.id() == first
    copy.skip_to(last + 1)
    assert not copy.is_active()
    assert not copy.replace().is_active()
    with pytest.raises(ReadTooFar):
        copy.next()
    with pytest.raises(ReadTooFar):
        copy.skip_to(0)


def test_cursors_walk_through_the_terms_of_a_field(corpus, index):
    leaf = next(iter(index.reader().leaf_readers()))[0]
    lexicon = list(leaf.field_terms("body"))
    cursor = leaf.cursor("body")
    assert (cursor.text(), cursor.next(), cursor.first()) == (lexicon[0], lexicon[1], lexicon[0])
    assert cursor.find(lexicon[3]) == cursor.term() == lexicon[3]
    assert cursor.term_info().doc_frequency() == leaf.doc_frequency("body", lexicon[3])
    assert cursor.find("\uffff") is None
    assert not cursor.is_valid()
    assert not leaf.cursor("url").is_valid()


def test_columns_hold_the_values_of_all_documents(corpus, index):
    reader = index.reader()
    values = {
        name: [column[number] for number in reader.all_doc_ids()]
        for name in ("document_id", "published", "source", "authors")
        for column in [reader.column_reader(name)]
    }
    for document_id, published, source, authors in zip(*values.values(), strict=True):
        document = corpus.documents[document_id]
        assert source == document.source
        assert sorted(authors) == sorted(set(document.authors))
        assert published == (clock(document.published) if document.published else None)
    assert all(
        len(leaf.column_reader("published")) == leaf.doc_count_all() for leaf in leaves(reader)
    )


def leaves(reader):
    return [leaf for leaf, _ in reader.leaf_readers()]


def test_lengths_over_all_documents(corpus, index):
    reader = index.reader()
    assert reader.min_field_length("title") == 0
    assert reader.max_field_length("body") >= max(len(w["body"]) for w in corpus.words.values())
    assert reader.field_length("published") == 0


def test_segments_say_what_is_deleted(corpus, index):
    for leaf in leaves(index.reader()):
        segment = leaf.segment()
        deleted = set(range(segment.doc_count_all())) - set(leaf.all_doc_ids())
        assert set(segment.deleted_docs()) == deleted
        assert segment.deleted_count() == len(deleted)
        assert segment.has_deletions() == leaf.has_deletions() == bool(deleted)
        assert all(map(segment.is_deleted, deleted))


def test_a_field_without_positions_has_none(index):
    reader = next(iter(index.reader().leaf_readers()))[0]
    matcher = reader.postings("document_id", next(iter(reader.lexicon("document_id"))))
    assert matcher.value() == b""
    assert not matcher.supports("positions")


# --- the index itself ---


def test_it_is_an_index_of_whoosh(index):
    assert isinstance(index, FileIndex)
    with index.searcher() as searcher, Searcher(index.reader()) as plain:
        assert isinstance(searcher, Searcher)
        assert (
            plain.search(a_term("body", "dân")).top_n
            == searcher.search(a_term("body", "dân")).top_n
        )


@pytest.mark.parametrize("folder", [5, "", "a\0b"])
def test_what_is_no_path_is_refused_as_by_an_archive(folder):
    with pytest.raises(InvalidOptionError, match="folder cannot be"):
        open_whoosh_index(folder)


def test_no_archive_says_so(tmp_path):
    with pytest.raises(ArchiveNotFoundError, match="No archive at"):
        open_whoosh_index(tmp_path / "index")


def test_a_damaged_archive_says_so_at_once(small):
    (segment,) = (small / "segments").glob("*.seg")
    segment.write_bytes(segment.read_bytes()[:-9])
    with pytest.raises(ArchiveCorruptError):
        open_whoosh_index(small)


def test_a_commit_while_it_is_opened_is_no_damage(small, monkeypatch):
    opening = whoosh_index.ArchiveIndex._open_segments
    calls = []

    def commit_first(self, manifest):
        calls.append(manifest.generation)
        if len(calls) == 1:
            with Archive.open(small) as archive:
                archive.add(a_document(document_id="d"))
                archive.delete(["a", "b", "c"])
        return opening(self, manifest)

    monkeypatch.setattr(whoosh_index.ArchiveIndex, "_open_segments", commit_first)
    assert open_whoosh_index(small).doc_count() == 1
    assert len(calls) > 1


def test_an_empty_archive_finds_and_sorts_nothing(tmp_path):
    Archive.create(tmp_path).close()
    index = open_whoosh_index(tmp_path)
    assert index.is_empty()
    assert index.doc_count() == 0
    with index.searcher() as searcher:
        assert not ids(searcher.search(query.Every()))
        assert not ids(searcher.search(a_term("body", "dân"), sortedby="published"))
        assert searcher.suggest("body", "dan") == []


def test_a_searcher_stays_what_it_was_until_it_is_refreshed(small):
    index = open_whoosh_index(small)
    before = index.last_modified()
    searcher = index.searcher()
    with Archive.open(small) as archive:
        archive.add(a_document(document_id="d", title="dân"))
        archive.delete("a")
    assert not searcher.up_to_date()
    assert found(searcher, a_term("title", "dân")) == {"a"}
    newer = searcher.refresh()
    assert newer.up_to_date()
    assert newer.refresh() is newer
    assert found(newer, a_term("title", "dân")) == {"d"}
    assert newer.doc_count() == index.doc_count() == 3
    assert index.last_modified() >= before


def test_writing_is_refused_and_says_how_to_write(small):
    index = open_whoosh_index(small)
    before = {path: path.read_bytes() for path in small.rglob("*") if path.is_file()}
    for attempt in (
        index.writer,
        lambda: index.writer(procs=2),
        index.optimize,
        lambda: index.lock("WRITELOCK"),
        lambda: index.delete_by_term("body", "dân"),
        lambda: index.add_field("more", fields.STORED()),
        lambda: type(index).create(index.storage, index.schema),
        lambda: index._segments()[0].delete_document(0),
    ):
        with pytest.raises(RequestError, match=r"Archive\.open`, then `add`"):
            attempt()
    assert before == {path: path.read_bytes() for path in small.rglob("*") if path.is_file()}


NO_PICKLE = """
import pickle, sys

def refuse(*arguments, **options):
    raise AssertionError("something was unpickled")

pickle.loads = pickle.load = refuse
from pathlib import Path
from whoosh import qparser, query
from civicsearch.engines.local.whoosh import open_whoosh_index

index = open_whoosh_index(Path(sys.argv[1]))
with index.searcher() as searcher:
    parsed = qparser.QueryParser("body", index.schema).parse('"thị ủy" OR kh* OR published:2020')
    hits = searcher.search(parsed, terms=True)
    assert len(hits) == 2, hits
    assert "<b" in hits[0].highlights("body")
    assert len(searcher.search(query.Every(), sortedby="published", groupedby="source")) == 3
    assert searcher.more_like(0, "body", numterms=15)
    assert searcher.more_like(0, "folded", numterms=15)
    assert searcher.suggest("body", "khéoo")
"""


def test_nothing_is_unpickled(small):
    subprocess.run([sys.executable, "-c", NO_PICKLE, str(small)], check=True)


NO_WHOOSH = """
import sys
from pathlib import Path
from civicsearch.archive import Archive
from civicsearch.document import Document

folder = Path(sys.argv[1])
page = folder / "page.html"
story = "".join(f"<p>Ở xã thứ {n}, cán bộ dân vận khéo đã đến từng nhà {n} lần.</p>" for n in range(30))
page.write_text(f"<html><body><h1>Dân vận khéo</h1>{story}</body></html>", encoding="utf-8")
with Archive.create(folder / "index") as archive:
    assert archive.ingest(page).added == 1
    archive.add(Document(document_id="1", title="Dân vận khéo"))
    results = archive.search('dan van "dân vận" kh*')
    assert results.total.value == 2, results.total
    assert results.hits[0].snippet
loaded = [name for name in sys.modules if name.split(".")[0] == "whoosh"]
assert not loaded, loaded
"""


def test_adding_ingesting_and_searching_do_without_whoosh(tmp_path):
    subprocess.run([sys.executable, "-c", NO_WHOOSH, str(tmp_path)], check=True)
