"""tantivy through tantivy-py, in four ways.

- `tantivy`: fields for title and body, each exact and folded, of words that were analysed before
  and are joined by blanks; title and text are stored. Hits and their number come from one call
  (`count=True`, tantivy-py's default).
- `tantivy-uncounted`: the same index, without the number: the fastest way to ten hits.
- `tantivy-one-field`: title and body in one field (exact and folded), without the number: half
  the postings to read, no weight for titles.
- `tantivy-own-words`: only built: tantivy analyses text by its own tokenizer and filters.

Queries are built from objects, which is faster than its parser. Stored texts are fields whose
tokenizer finds no word, because tantivy-py has no text field that is stored only.
"""

from __future__ import annotations

import datetime as dt
from importlib.metadata import version
from pathlib import Path

import tantivy
from tantivy import Filter, Occur, Query, TextAnalyzerBuilder, Tokenizer

from bench.search.articles import SOURCES
from bench.search.peers.protocol import Answer
from bench.search.queries import Kind, Question, Word
from bench.search.source import BORDER, Analyzed, Source
from civicsearch.document import Document

HEAP_BYTES = 256_000_000
TITLE_WEIGHT = 3.0
YEARS = 50
FACETS = {
    "source": {"terms": {"field": "source", "size": len(SOURCES)}},
    "year": {"terms": {"field": "year", "size": YEARS}},
}


def counting() -> TantivyPeer:
    return TantivyPeer(zones=("title", "body"), is_counting=True)


def uncounted() -> TantivyPeer:
    return TantivyPeer(zones=("title", "body"), is_counting=False)


def one_field() -> TantivyPeer:
    return TantivyPeer(zones=("text",), is_counting=False)


def own_words() -> TantivyPeer:
    return OwnWordsTantivyPeer(zones=("title", "body"), is_counting=False)


class TantivyPeer:
    version = version("tantivy")
    kinds = frozenset(Kind)

    def __init__(self, *, zones: tuple[str, ...], is_counting: bool) -> None:
        self.index_name = "tantivy-" + "-".join(zones)
        self._zones = zones
        self._is_counting = is_counting

    def build(self, source: Source, folder: Path) -> None:
        index = tantivy.Index(self._schema(), path=str(folder))
        self._register(index)
        writer = index.writer(heap_size=HEAP_BYTES, num_threads=1)
        self._add_all(writer, source)
        writer.commit()
        writer.wait_merging_threads()

    def open(self, folder: Path) -> None:
        self._index = tantivy.Index.open(str(folder))
        _register_own_tokenizers(self._index)  # to find words in stored text, for snippets
        self._schema_open = self._index.schema
        self._searcher = self._index.searcher()

    def search(self, question: Question) -> Answer:
        query = self._query(question)
        result = self._searcher.search(
            query,
            limit=10,
            count=self._is_counting,
            order_by_field="published" if question.kind is Kind.NEWEST else None,
        )
        documents = [self._searcher.doc(address) for _, address in result.hits]
        counts = []
        if question.kind is Kind.FILTER:
            counts = list(self._searcher.aggregate(query, FACETS).values())
        snippets = self._snippets(query, documents) if question.kind is Kind.PAGE else []
        ids = [document["id"][0] for document in documents]
        return Answer(ids, [document.to_dict() for document in documents], snippets, counts)

    def asks_the_same(self, question: Question) -> bool:
        del question
        return True

    def count(self, question: Question) -> int | None:
        return self._searcher.search(self._query(question), limit=1, count=True).count

    def close(self) -> None:
        del self._searcher, self._index

    # --- building ---

    def _schema(self) -> tantivy.Schema:
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
        for zone in self._zones:
            builder.add_text_field(zone, tokenizer_name="exact")
            builder.add_text_field(f"{zone}_folded", tokenizer_name="folded")
        for name in ("stored_title", "stored_lead", "stored_body", "url"):
            builder.add_text_field(
                name, stored=True, tokenizer_name="nothing", index_option="basic"
            )
        builder.add_text_field("source", stored=True, fast=True, tokenizer_name="raw")
        builder.add_date_field("published", stored=True, indexed=True, fast=True)
        builder.add_integer_field("year", fast=True)
        return builder.build()

    def _register(self, index: tantivy.Index) -> None:
        blanks = TextAnalyzerBuilder(Tokenizer.whitespace())
        index.register_tokenizer("nothing", blanks.filter(Filter.remove_long(1)).build())
        for name in ("exact", "folded"):
            index.register_tokenizer(name, TextAnalyzerBuilder(Tokenizer.whitespace()).build())

    def _add_all(self, writer: tantivy.IndexWriter, source: Source) -> None:
        for analyzed in source.analyzed():
            fields = {name: " ".join(words) for name, words in self._words(analyzed).items()}
            writer.add_document(_tantivy_document(analyzed.document, fields))

    def _words(self, analyzed: Analyzed) -> dict[str, list[str]]:
        if self._zones == ("text",):
            return {
                "text": [*analyzed.title, BORDER, *analyzed.body],
                "text_folded": [*analyzed.title_folded, BORDER, *analyzed.body_folded],
            }
        return {
            "title": analyzed.title,
            "body": analyzed.body,
            "title_folded": analyzed.title_folded,
            "body_folded": analyzed.body_folded,
        }

    # --- asking ---

    def _query(self, question: Question) -> Query:
        asked = self._words_query(question)
        if question.period is None:
            return asked
        first, last = (
            dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC) for day in question.period
        )
        period = Query.range_query(
            self._schema_open,
            "published",
            tantivy.FieldType.Date,
            first,
            last + dt.timedelta(days=1),
            include_upper=False,
        )
        sources = Query.term_set_query(self._schema_open, "source", list(question.sources))
        conditions = [(Occur.Must, Query.const_score_query(q, 0.0)) for q in (period, sources)]
        return Query.boolean_query([(Occur.Must, asked), *conditions])

    def _words_query(self, question: Question) -> Query:
        if question.kind is Kind.PHRASE:
            words = [word.exact for word in question.words]
            return self._in_zones(
                lambda zone: Query.phrase_query(self._schema_open, zone, words), ""
            )
        occur = Occur.Must if question.needs_all else Occur.Should
        children = [(occur, self._word_query(word)) for word in question.words]
        if question.needs_all or question.minimum == 1:
            return Query.boolean_query(children)
        return Query.boolean_query(children, minimum_number_should_match=question.minimum)

    def _word_query(self, word: Word) -> Query:
        def spelled(spelling: str, field: str) -> Query:
            if word.is_prefix:
                return Query.fuzzy_term_query(
                    self._schema_open, field, spelling, distance=0, prefix=True
                )
            return Query.term_query(self._schema_open, field, spelling)

        suffix = "_folded" if word.is_folded else ""
        queries = [
            self._in_zones(lambda zone, spelling=spelling: spelled(spelling, zone), suffix)
            for spelling in word.spellings
        ]
        return _any(queries)

    def _in_zones(self, make: object, suffix: str) -> Query:
        queries = []
        for zone in self._zones:
            query = make(zone + suffix)
            queries.append(Query.boost_query(query, TITLE_WEIGHT) if zone == "title" else query)
        return _any(queries)

    def _snippets(self, query: Query, documents: list[tantivy.Document]) -> list[str]:
        zone = self._zones[-1]
        snippets = []
        generators = [
            (
                field,
                tantivy.SnippetGenerator.create(self._searcher, query, self._schema_open, field),
            )
            for field in (zone, f"{zone}_folded")
        ]
        for document in documents:
            text = f"{document['stored_lead'][0]}\n{document['stored_body'][0]}"
            for field, generator in generators:
                snippet = generator.snippet_from_doc(tantivy.Document(**{field: text}))
                if snippet.highlighted():
                    break
            snippets.append(snippet.fragment())
        return snippets


class OwnWordsTantivyPeer(TantivyPeer):
    """Indexes plain text: what tantivy does where nobody wants other words than its own."""

    kinds = frozenset()

    def __init__(self, *, zones: tuple[str, ...], is_counting: bool) -> None:
        super().__init__(zones=zones, is_counting=is_counting)
        self.index_name = "tantivy-own-words"

    def _register(self, index: tantivy.Index) -> None:
        super()._register(index)
        _register_own_tokenizers(index)

    def _add_all(self, writer: tantivy.IndexWriter, source: Source) -> None:
        for document in source.documents():
            body = f"{document.lead}\n{document.body}"
            fields = {
                "title": document.title,
                "body": body,
                "title_folded": document.title,
                "body_folded": body,
            }
            writer.add_document(_tantivy_document(document, fields))


def _register_own_tokenizers(index: tantivy.Index) -> None:
    def lower() -> TextAnalyzerBuilder:
        return TextAnalyzerBuilder(Tokenizer.simple()).filter(Filter.lowercase())

    index.register_tokenizer("exact", lower().build())
    index.register_tokenizer("folded", lower().filter(Filter.ascii_fold()).build())


def _tantivy_document(document: Document, fields: dict[str, str]) -> tantivy.Document:
    return tantivy.Document(
        id=document.document_id,
        stored_title=document.title,
        stored_lead=document.lead,
        stored_body=document.body,
        url=document.url or "",
        source=document.source,
        published=document.published,
        year=document.published.year,
        **fields,
    )


def _any(queries: list[Query]) -> Query:
    if len(queries) == 1:
        return queries[0]
    return Query.boolean_query([(Occur.Should, query) for query in queries])
