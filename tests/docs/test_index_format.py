"""docs/index-format.md is true: its tables name all sections, and its text is enough to read one.

The reader, `fakes.format_reader`, knows the page and nothing of `engines.local`.
"""

import hashlib
import itertools
import json
import re
import shutil
import zlib
from collections import Counter

import numpy as np
import pytest

from civicsearch import Archive, Caption, Document, Origin
from civicsearch.analysis import Analyzer
from civicsearch.schema import DEFAULT_SCHEMA, field_texts
from fakes.format_reader import (
    MOST_DOUBLED,
    PAGE,
    SHORTEST,
    WEIGHTS,
    folded_of,
    hash_of,
    head_of,
    is_family,
    levels_by_term,
    levels_of_beginning,
    manifest_of,
    may_hold,
    pairs_of,
    segments_of,
    told_frequency,
)
from fakes.rankings import patched

GROUPS = (0, 0, 0, 0, 0, 1, 2, 3, 4)
ZONES = 5
LONG = "vận " * 300 + " ".join(f"t{number}" for number in range(2000))
LONGEST = "vận " * 1500 + " ".join(f"t{number}" for number in range(66_000))
"""So many words that not all have a code."""


def a_village(number):
    """Return a short document; two words are neighbours in the first and in the last of them."""
    words = "Họp dân" if number < 120 or number == 549 else "Hợp tác, đan"
    return Document(
        document_id=f"thôn-{number}",
        title=f"Thôn {number}",
        body=f"{words}. " * (1 + number % 23) + "hộp " * (number % 7),
    )


def first_documents():
    """Documents with all that has a section of its own: accents, facets, lists with gaps."""
    yield Document(
        document_id="khe-1",
        title="Dân vận khéo, dan van",
        lead="Thôn có đường mới.",
        body="Dân hiến đất: dân vận khéo.",
        captions=(Caption(text="Đường mới"),),
        authors=("Tòng Minh", "Lò Thị Én"),
        tags=("dân vận", "đường"),
        source="Báo Lam Khê",
        language="vi",
        published=Document.from_dict({"id": "", "published": "2020-08-06"}).published,
        origins=(Origin(path="/pages/1.html", sha256="ab"),),
    )
    body = "typed without accents, all of it: dan van kheo"
    yield Document(document_id="khe-2", title="dan van", body=body, url="", views=0)
    yield from map(a_village, range(550))
    yield Document(document_id="chữ", title="chữ 字 𝄞", body="Không phải chữ nào cũng có. " * 3)


def later_documents():
    """A long one, one that was there, and one without accents that will be deleted."""
    yield Document(document_id="dài", body=LONG)
    yield Document(document_id="thôn-3", lead="Đã đổi.")
    yield Document(document_id="khe-4", title="van dong", body="dan van dong vien dan")


def last_documents():
    yield Document(document_id="thôn-7")
    yield Document(document_id="khe-5", title="Dân vận", section="Xã hội", body="Dân họp, dân bàn.")


BATCHES = (first_documents, later_documents, last_documents)
DELETED = ("thôn-5", "khe-4")


def expected_documents():
    """Return the documents that are not deleted, by id."""
    found = {document.document_id: document for batch in BATCHES for document in batch()}
    return {name: document for name, document in found.items() if name not in DELETED}


def an_archive(path):
    """Make an archive of several commits, with changed and deleted documents."""
    with Archive.create(path) as archive:
        for batch in BATCHES:
            archive.add(batch())
        archive.delete(DELETED)


@pytest.fixture(scope="module")
def fresh(tmp_path_factory):
    """An archive of three segments, as they were first written."""
    path = tmp_path_factory.mktemp("format") / "index"
    an_archive(path)
    assert len(manifest_of(path)["segments"]) == len(BATCHES)
    return path


@pytest.fixture(scope="module")
def merged(tmp_path_factory, fresh):
    """The same archive made into one segment."""
    path = tmp_path_factory.mktemp("merged") / "index"
    shutil.copytree(fresh, path)
    with Archive.open(path) as archive:
        assert archive.optimize().segments_after == 1
    return path


@pytest.fixture(scope="module")
def listed(tmp_path_factory):
    """An archive, merged on the way, where nearly every pair has a list and no term is a row."""
    path = tmp_path_factory.mktemp("listed") / "index"
    ways = {"_LEAST_LISTED": 2, "_LISTED_SHARE": 10**6, "_ROW_SHARE": 0, "MERGE_FACTOR": 2}
    with patched(ways):
        an_archive(path)
    assert len(manifest_of(path)["segments"]) < len(BATCHES)
    return path


@pytest.fixture(scope="module")
def longest(tmp_path_factory):
    """An archive of more words than there are codes."""
    path = tmp_path_factory.mktemp("longest") / "index"
    few = Document(document_id="khe", title="Dân vận khéo", body="vận t0 t1 t65999 vận")
    with Archive.create(path) as archive:
        archive.add([Document(document_id="dài", title="Dài", body=LONGEST), few])
    return path


@pytest.fixture(params=["fresh", "merged", "listed"])
def archive(request):
    return request.getfixturevalue(request.param)


def frequencies_of(segment):
    """Return the weighted frequencies of a segment by the bytes of the term."""
    return {segment.terms[term]: own for term, own in segment.frequencies.items()}


def read_levels(segment):
    return {term: segment.postings(number) for number, term in enumerate(segment.terms)}


def generic(name):
    """Return the name that the page has for a section: `facet_author_starts` is `facet_F_starts`."""
    return re.sub(r"^facet_[a-z]+_", "facet_F_", name)


def rows(heading):
    """Return the rows of all tables whose first column has this heading, cell by cell."""
    tables = re.findall(rf"^\| {heading} \|.*\n\|[ -|]*\n((?:\|.*\n)+)", PAGE, flags=re.MULTILINE)
    return [line.strip("|").split("|") for table in tables for line in table.splitlines()]


def test_every_section_is_described_and_none_more(archive):
    described = {row[0].strip(" `") for row in rows("section")}
    written = {generic(name) for segment in segments_of(archive) for name in segment.sections}
    assert written == described


def test_sections_have_the_types_described(archive):
    kinds = {row[0].strip(" `"): re.findall(r"`(\w\d)`", row[1]) for row in rows("section")}
    for segment in segments_of(archive):
        for name, (_, _, kind) in segment.sections.items():
            assert kind.lstrip("<|") in kinds[generic(name)], name


def test_facts_are_those_described(archive):
    lengths = np.empty(0, np.uint32)
    for segment in segments_of(archive):
        assert set(segment.facts) == {row[0].strip(" `") for row in rows("fact")}
        assert segment.facts["documents"] == segment.entry["documents"]
        assert segment.facts["terms"] == len(segment.terms)
        assert segment.facts["postings"] == segment.array("posting_starts")[-1]
        lengths = np.append(lengths, segment.array("lengths"))  # of those written before, too
        average = lengths.mean() / 2 or 1.0
        assert segment.facts["average_length"] == pytest.approx(average)


def test_keys_of_the_manifest_are_those_described(archive):
    manifest = manifest_of(archive)
    written = set(manifest) | {key for entry in manifest["segments"] for key in entry}
    assert written == {row[0].strip(" `") for row in rows("key")}
    assert PAGE.startswith(f"# The index on disk, format {manifest['format_version']}\n")
    assert rows("format")[-1][0].strip() == str(manifest["format_version"])


def test_checksums_are_those_described(archive):
    manifest = manifest_of(archive)
    for entry in manifest["segments"]:
        names = {f"{entry['name']}.seg": entry["file"]}
        if entry["deletions"] is not None:
            names[f"{entry['name']}.{entry['deletions_generation']}.del"] = entry["deletions"]
        for name, written in names.items():
            data = (archive / "segments" / name).read_bytes()
            assert written == [len(data), zlib.crc32(data)]
    del manifest["format"]
    checksum = manifest.pop("checksum")
    assert zlib.crc32(json.dumps(manifest, sort_keys=True).encode()) == checksum


def test_fingerprints_are_those_described(archive):
    fields = ";".join(f"{field.name}={field.weight}" for field in DEFAULT_SCHEMA.fields)
    assert fields.startswith("title=3.0;lead=2.0;body=1.0;")
    manifest = manifest_of(archive)
    assert manifest["schema"] == hashlib.sha256(fields.encode()).hexdigest()[:16]
    assert manifest["analyzer"] == Analyzer.fingerprint


def test_documents_are_read_as_described(archive):
    """Packed documents, ids, hashes, moments and lists of deleted documents."""
    found = {}
    for segment in segments_of(archive):
        by_hash = dict(zip(segment.array("id_hashes"), segment.array("id_documents"), strict=True))
        assert segment.deleted.sum() == segment.entry["deleted"]
        for number in np.flatnonzero(~segment.deleted).tolist():
            document = segment.document(number)
            assert segment.ids[number] == document.document_id
            assert by_hash[hash_of(document.document_id)] == number
            day = document.published.toordinal() * 86_400 if document.published else -1
            assert segment.array("moments")[number] == day
            assert document.document_id not in found
            found[document.document_id] = document
    assert found == expected_documents()


def test_documents_are_packed_in_every_way_described(fresh):
    """By an alphabet, as UTF-8 beside one, and without any."""
    first, _, last = segments_of(fresh)
    for name in ("heads", "stories"):
        facts = first.facts["stored"][name]
        assert all(map(len, facts["alphabets"]))
        assert all(facts["dictionary_sizes"])
        assert last.facts["stored"][name]["alphabets"] == [""]
        assert last.facts["stored"][name]["dictionary_sizes"] == [0]


def test_origins_are_found_as_described(archive):
    for segment in segments_of(archive):
        for key, number in zip(
            segment.array("origin_hashes"), segment.array("origin_documents"), strict=True
        ):
            assert key == hash_of("/pages/1.html")
            assert segment.document(number).document_id == "khe-1"
    assert sum(len(segment.array("origin_hashes")) for segment in segments_of(archive)) == 1


def test_facets_are_read_as_described(archive):
    (segment,) = [segment for segment in segments_of(archive) if "khe-1" in segment.ids]
    number = segment.ids.index("khe-1")
    values = json.loads(segment.bytes("facet_author_values"))
    start, end = segment.array("facet_author_starts")[number : number + 2]
    authors = [values[place] for place in segment.array("facet_author_ordinals")[start:end]]
    assert authors == ["Tòng Minh", "Lò Thị Én"]
    years = json.loads(segment.bytes("facet_year_values"))
    assert years == ["2020"]
    ordinals = segment.array("facet_year_ordinals").tolist()
    assert ordinals[number] == 0
    assert set(ordinals[:number] + ordinals[number + 1 :]) == {len(years)}


def test_terms_are_sorted_with_one_family_for_several_forms(archive):
    for segment in segments_of(archive):
        assert segment.terms == sorted(set(segment.terms))
        forms = [term for term in segment.terms if not is_family(term)]
        heads = Counter(head_of(term) for term in forms if term[0] == 0)
        several = {head + b"\x1f\x01" for head, count in heads.items() if count > 1}
        assert several or segment.size < 5
        assert {term for term in segment.terms if is_family(term)} == several
        assert set(range(len(segment.terms))) == {
            number for number, term in enumerate(segment.terms) if is_family(term)
        } | set(segment.frequencies)


def assert_words_are_those_of_the_texts(archive):
    analyzer = Analyzer()
    for segment in segments_of(archive):
        lengths = segment.array("lengths").tolist()
        for number, fields in enumerate(segment.words):
            tokens = analyzer.field_tokens(field_texts(segment.document(number)))
            expected = [
                [
                    b"%c%b\x1f%b"
                    % (
                        group,
                        token.folded.encode(),
                        b"" if token.exact == token.folded else token.exact.encode(),
                    )
                    for token in tokens[name]
                ]
                for name, group in zip(DEFAULT_SCHEMA.names, GROUPS, strict=True)
            ]
            assert [[segment.terms[term] for term in field] for field in fields] == expected
            sizes = np.array(list(map(len, fields)))
            assert lengths[number] == (sizes * WEIGHTS)[:ZONES].sum()


def test_every_word_is_read_as_described(archive):
    """In order, field by field; so are the lengths of documents."""
    assert_words_are_those_of_the_texts(archive)


def test_codes_lead_from_terms_to_words_and_back(archive):
    for segment in segments_of(archive):
        codes = segment.array("term_codes").tolist()
        known = segment.array("code_terms").tolist()
        assert [codes[term] for term in known] == list(range(1, len(known) + 1))
        others = set(range(len(codes))) - set(known)
        assert {codes[term] for term in others} <= {65_535}
        assert others == {n for n, term in enumerate(segment.terms) if is_family(term)}


def test_words_without_a_code_are_read_as_described(longest):
    """The rarest are listed apart, where there are more than there are codes."""
    (segment,) = segments_of(longest)
    assert len(segment.array("code_terms")) == 65_534
    places = segment.array("far_places")
    assert places.tolist() == np.flatnonzero(segment.array("stream") == 65_535).tolist()
    assert len(places)
    assert_words_are_those_of_the_texts(longest)
    assert sorted(segment.ids) == ["dài", "khe"]


def test_contexts_are_counted_as_described(archive):
    """Each count, of codes and of those behind them; small segments have all of them."""
    for segment in segments_of(archive):
        known = [b"", *(segment.terms[term] for term in segment.array("code_terms"))]
        tells = [
            bool(term) and term[0] == 0 and not folded_of(term).decode().isdigit() for term in known
        ]
        stream = segment.array("stream").tolist()
        times = times_of(stream)
        expected = Counter()
        for pair, count in zip(itertools.pairwise(stream), times, strict=False):
            if tells[pair[0]] and tells[pair[1]]:
                expected[pair] += count
        starts = segment.array("follower_starts").tolist()
        followers = segment.array("followers").tolist()
        levels = segment.array("follower_levels").tolist()
        assert len(starts) == len(known) + 1
        found = {
            (first, followers[place]): levels[place]
            for first, (start, end) in enumerate(itertools.pairwise(starts))
            for place in range(start, end)
        }
        assert list(found) == sorted(expected)
        assert found == {pair: nearest_level(count) for pair, count in expected.items()}
        counts = Counter(stream)
        own = [nearest_level(counts[code]) for code in range(len(known))]
        assert segment.array("code_levels").tolist() == own
        weighted = Counter()
        for code, count in zip(stream, times, strict=True):
            weighted[code] += count
        own = [nearest_level(weighted[code]) for code in range(len(known))]
        assert segment.array("weighted_code_levels").tolist() == own


def times_of(stream):
    """Return how many times each place of a stream counts: the title is the first of nine fields."""
    times, separators = [], 0
    for code in stream:
        times.append(1 if separators % 9 else 10)
        separators += code == 0
    return times


def nearest_level(count):
    """Return the level whose count is nearest; of two, either would be as near."""
    counts = [
        level if level <= 64 else round(64 * 2 ** ((level - 64) / 10)) for level in range(256)
    ]
    return min(range(256), key=lambda level: (abs(counts[level] - count), -level))


def test_every_level_is_as_described(archive):
    """Those of terms, families and beginnings, also after merges: from the words alone."""
    for segment in segments_of(archive):
        frequencies = frequencies_of(segment)
        found = read_levels(segment)
        assert found == levels_by_term(frequencies, segment.norms)
        highest = [max(levels.values()) for levels in found.values()]
        assert segment.array("peaks").tolist() == highest
        for text, levels in segment.beginnings().items():
            assert levels == levels_of_beginning(text.encode(), frequencies, segment.norms)


def test_every_frequency_is_read_from_postings_as_described(archive):
    """They are those counted in the words."""
    for segment in segments_of(archive):
        terms = [number for number, term in enumerate(segment.terms) if not is_family(term)]
        told = {term: segment.told_frequencies(term) for term in terms}
        assert told == segment.frequencies


def test_frequencies_are_listed_only_where_levels_do_not_tell_them(archive):
    """In ascending order, in lists and rows; never for families."""
    for segment in segments_of(archive):
        starts = segment.array("posting_starts")
        expected = {}
        for term, own in segment.frequencies.items():
            levels = segment.postings(term)
            for number, document in enumerate(levels, int(starts[term])):
                if own[document] != told_frequency(levels[document], segment.norms[document]):
                    expected[number] = own[document]
        assert segment.apart == expected
        assert segment.array("apart_postings").tolist() == sorted(expected)


def test_frequencies_are_listed_for_lists_and_rows(fresh, merged):
    kinds = set()
    for segment in itertools.chain(segments_of(fresh), segments_of(merged)):
        numbers = segment.array("apart_postings")
        terms = np.searchsorted(segment.array("posting_starts"), numbers, side="right") - 1
        kinds.update(segment.array("kinds")[terms].tolist())
    assert kinds >= {0, 3}


def test_heavy_beginnings_have_a_row(fresh):
    segment = segments_of(fresh)[0]
    sizes = np.diff(segment.array("posting_starts"))
    postings = {}
    for term, size in zip(segment.terms, sizes.tolist(), strict=True):
        if term[0] == 0 and not is_family(term):
            for length in range(1, min(3, len(folded_of(term))) + 1):
                beginning = folded_of(term)[:length]
                postings[beginning] = postings.get(beginning, 0) + size
    heavy = {text.decode() for text, size in postings.items() if size > segment.size}
    assert heavy
    assert set(segment.facts["beginnings"]) == heavy


def test_terms_are_written_in_every_kind_described(fresh):
    kinds = set(
        itertools.chain(*(segment.array("kinds").tolist() for segment in segments_of(fresh)))
    )
    assert kinds == {0, 1, 3}  # 2 is for a segment of more than 65,536 documents


def test_every_pair_is_found_as_described(archive):
    """By a list or by the signature of its document; lists have no other documents."""
    for segment in segments_of(archive):
        held = list(map(pairs_of, segment.words))
        lists = segment.pair_lists()
        signatures = segment.place_in_signatures()
        assert sorted(signatures) == list(range(segment.size))
        in_lists = [set() for _ in range(segment.size)]
        for pair, documents in lists.items():
            assert documents == sorted(set(documents)) != []
            for document in documents:
                in_lists[document].add(pair)
        for document, pairs in enumerate(held):
            assert in_lists[document] <= pairs
            for pair in pairs - in_lists[document]:
                folded = tuple(folded_of(segment.terms[term]) for term in pair)
                assert may_hold(signatures[document], folded)


def test_a_list_has_spans_as_a_whole(archive):
    for segment in segments_of(archive):
        bounds = segment.array("pair_spans").tolist()
        assert bounds == sorted(bounds)
        spans = [range(*span) for span in zip(bounds[::2], bounds[1::2], strict=True)]
        assert all(spans)
        held = list(map(pairs_of, segment.words))
        for pair, documents in segment.pair_lists().items():
            touched = [span for span in spans if not set(span).isdisjoint(documents)]
            assert set(documents) <= set(itertools.chain(*touched))
            assert {n for n in itertools.chain(*touched) if pair in held[n]} <= set(documents)


def test_signatures_rule_out_most_pairs(fresh):
    """Of those in other documents, for documents that are not very long."""
    segment = segments_of(fresh)[0]
    signatures = segment.place_in_signatures()
    held = [
        {tuple(folded_of(segment.terms[term]) for term in pair) for pair in pairs_of(fields)}
        for fields in segment.words
    ]
    others = [
        may_hold(signatures[document], pair)
        for document in range(0, segment.size, 10)
        for pair in held[0] - held[document]
    ]
    assert np.mean(others) < 0.05


def test_lists_of_pairs_have_gaps(fresh):
    """What is far apart is found all the same."""
    segment = segments_of(fresh)[0]
    numbers = [segment.ids.index(f"thôn-{n}") for n in [*range(120), 549]]
    pair = (
        segment.terms.index("\0hop\x1fhọp".encode()),
        segment.terms.index("\0dan\x1fdân".encode()),
    )
    assert segment.pair_lists()[pair] == numbers
    assert 255 in segment.bytes("pair_lists")


def test_pairs_are_listed_where_the_page_says(fresh):
    segment = segments_of(fresh)[0]
    counts = {}
    for fields in segment.words:
        for pair in pairs_of(fields):
            counts[pair] = counts.get(pair, 0) + 1
    frequent = {pair for pair, count in counts.items() if count >= max(100, segment.size / 100)}
    lists = segment.pair_lists()
    assert lists.keys() == frequent
    assert segment.array("pair_spans").tolist() == [0, segment.size]
    for document, (doubled, _, _) in segment.place_in_signatures().items():
        pairs = [p for field in segment.words[document] for p in itertools.pairwise(field)]
        left = sum(pair not in frequent for pair in pairs)
        assert doubled == min(k for k in range(MOST_DOUBLED + 1) if left <= 64 << k)


def test_no_signature_is_longer_than_the_page_says(longest):
    """Not even that of a document of a thousand times as many words as the shortest is for."""
    (segment,) = segments_of(longest)
    assert segment.facts["signatures"] == [[0, 1], [MOST_DOUBLED, 1]]
    bits = re.search(r"none has more than ([\d,]+)", PAGE)[1]
    assert int(bits.replace(",", "")) == SHORTEST << MOST_DOUBLED


def test_other_fields_have_groups_in_the_order_of_the_schema(archive):
    (segment,) = [segment for segment in segments_of(archive) if "khe-1" in segment.ids]
    assert "\x01bao\x1fbáo".encode() in segment.terms
    assert "\x03dan\x1fdân".encode() in segment.terms
    assert b"\x04vi\x1f" in segment.terms
