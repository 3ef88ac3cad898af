"""docs/index-format.md is true: its tables name all sections, and its text is enough to read one.

The reader here knows the page and nothing of `engines.local`.
"""

import hashlib
import itertools
import json
import re
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest

from civicsearch import Archive, Caption, Document, Origin
from civicsearch.analysis import Analyzer
from civicsearch.schema import DEFAULT_SCHEMA

PAGE = (Path(__file__).parents[2] / "docs" / "index-format.md").read_text(encoding="utf-8")
MAGIC = b"CIVSEC2\n"
CHECKPOINT = int(re.search(r"one for every (\d+) postings", PAGE)[1])
LONG = "vận " * 300 + "hành " * 66_000


def documents():
    """Documents with all that has a section of its own: accents, facets, a very long text."""
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
    body = "typed without accents, all of it"
    yield Document(document_id="khe-2", title="dan van", body=body, url="", views=0)
    for number in range(40):
        yield Document(document_id=f"thôn-{number}", title=f"Thôn {number}", body="Họp dân. " * 9)


@pytest.fixture(scope="module")
def fresh(tmp_path_factory):
    """An archive of two segments, one with a deleted document."""
    path = tmp_path_factory.mktemp("format") / "index"
    with Archive.create(path) as archive:
        archive.add(documents())
        archive.add([Document(document_id="dài", body=LONG), Document(document_id="thôn-3")])
    return path


@pytest.fixture(scope="module")
def merged(tmp_path_factory, fresh):
    """The same documents in one segment."""
    path = tmp_path_factory.mktemp("merged") / "index"
    with Archive.create(path) as archive:
        archive.add(documents())
        archive.add([Document(document_id="dài", body=LONG), Document(document_id="thôn-3")])
        assert archive.optimize().segments_after == 1
    return path


@pytest.fixture(params=["fresh", "merged"])
def archive(request):
    return request.getfixturevalue(request.param)


def manifest_of(archive):
    return json.loads((archive / "manifest.json").read_text())


class Segment:
    """One segment, read as the page says."""

    def __init__(self, archive, entry):
        self.entry = entry
        self.data = (archive / "segments" / f"{entry['name']}.seg").read_bytes()
        assert self.data[:8] == MAGIC == self.data[-8:]
        start, length = struct.unpack("<QQ", self.data[-24:-8])
        assert start + length + 24 == len(self.data)
        directory = json.loads(self.data[start : start + length])
        self.facts, self.sections = directory["facts"], directory["sections"]
        self.deleted = np.zeros(entry["documents"], bool)
        if entry["deletions"] is not None:
            name = f"{entry['name']}.{entry['deletions_generation']}.del"
            bits = (archive / "segments" / name).read_bytes()
            for number in range(entry["documents"]):
                self.deleted[number] = bits[number // 8] >> (7 - number % 8) & 1

    def array(self, name):
        offset, count, kind = self.sections[name]
        assert offset % 8 == 0
        return np.frombuffer(self.data, kind, count, offset).astype(np.int64)

    def bytes(self, name):
        offset, count, _ = self.sections[name]
        return self.data[offset : offset + count]

    def terms(self):
        ends, data = self.array("term_offsets").tolist(), self.bytes("terms")
        return [data[start:end] for start, end in itertools.pairwise(ends)]

    def postings(self, term):
        """Yield document, weighted frequency and positions of each posting of a term."""
        first, end = self.array("posting_starts")[term : term + 2].tolist()
        width = self.array("widths")[term]
        deltas = self.array(("deltas8", "deltas16", "deltas32")[width])
        start = self.array("delta_starts")[term]
        numbers = np.cumsum(deltas[start : start + end - first]).tolist()
        for posting, document in zip(range(first, end), numbers, strict=True):
            count, frequency = self.occurrence_count(posting)
            yield document, frequency, self.positions(posting, count)

    def occurrence_count(self, posting):
        code = self.array("codes")[posting]
        if code < 255:
            return self.array("code_counts")[code], self.array("code_frequencies")[code]
        place = self.array("other_postings").tolist().index(posting)
        return self.array("other_counts")[place], self.array("other_frequencies")[place]

    def positions(self, posting, count):
        start = self.array("occurrence_checkpoints")[posting // CHECKPOINT]
        for before in range(posting - posting % CHECKPOINT, posting):
            start += self.occurrence_count(before)[0]
        found = self.array("positions")[start : start + count]
        far = self.array("far_occurrences")
        places = np.searchsorted(far, start + np.flatnonzero(found == 65_535))
        found[found == 65_535] = self.array("far_positions")[places]
        return found.tolist()

    def document(self, number):
        start, end = self.array("stored_offsets")[number : number + 2]
        runs = self.facts["stored"]["dictionary_runs"]
        which = [dictionary for first, dictionary in runs if first <= number][-1]
        sizes = self.facts["stored"]["dictionary_sizes"]
        begin = sum(sizes[:which])
        dictionary = self.bytes("stored_dictionaries")[begin : begin + sizes[which]]
        unpacker = zlib.decompressobj(-15, zdict=dictionary)
        text = unpacker.decompress(self.bytes("stored")[start:end]).decode()
        (*plain, cut, rest), end = json.JSONDecoder().raw_decode(text)
        names = ("id", "url", "title", "source", "section", "language", "published")
        texts = {"lead": text[end : end + cut], "body": text[end + cut :]}
        return Document.from_dict({**dict(zip(names, plain, strict=True)), **texts, **rest})


def segments_of(archive):
    return [Segment(archive, entry) for entry in manifest_of(archive)["segments"]]


def hash_of(text):
    digest = hashlib.blake2b(text.encode(), digest_size=8).digest()
    return int.from_bytes(digest, "little") // 2


def generic(name):
    """Return the name that the page has for a section: `facet_author_starts` is `facet_F_starts`."""
    name = re.sub(r"^field_starts_\d+$", "field_starts_Z", name)
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
    for segment in segments_of(archive):
        assert set(segment.facts) == {row[0].strip(" `") for row in rows("fact")}


def test_keys_of_the_manifest_are_those_described(archive):
    manifest = manifest_of(archive)
    written = set(manifest) | {key for entry in manifest["segments"] for key in entry}
    assert written == {row[0].strip(" `") for row in rows("key")}
    assert PAGE.startswith(f"# The index on disk, format {manifest['format_version']}\n")


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
        ends, ids = segment.array("id_offsets").tolist(), segment.bytes("ids")
        by_hash = dict(zip(segment.array("id_hashes"), segment.array("id_documents"), strict=True))
        assert segment.deleted.sum() == segment.entry["deleted"]
        for number in np.flatnonzero(~segment.deleted).tolist():
            document = segment.document(number)
            assert ids[ends[number] : ends[number + 1]].decode() == document.document_id
            assert by_hash[hash_of(document.document_id)] == number
            day = document.published.toordinal() * 86_400 if document.published else -1
            assert segment.array("moments")[number] == day
            found[document.document_id] = document
    expected = {document.document_id: document for document in documents()}
    expected["thôn-3"] = Document(document_id="thôn-3")
    expected["dài"] = Document(document_id="dài", body=LONG)
    assert found == expected


def test_origins_are_found_as_described(archive):
    segment = segments_of(archive)[0]
    assert segment.array("origin_hashes").tolist() == [hash_of("/pages/1.html")]
    (number,) = segment.array("origin_documents")
    assert segment.document(number).document_id == "khe-1"


def test_facets_are_read_as_described(archive):
    segment = segments_of(archive)[0]
    values = json.loads(segment.bytes("facet_author_values"))
    start, end = segment.array("facet_author_starts")[:2]
    authors = [values[place] for place in segment.array("facet_author_ordinals")[start:end]]
    assert authors == ["Tòng Minh", "Lò Thị Én"]
    years = json.loads(segment.bytes("facet_year_values"))
    assert years == ["2020"]
    assert segment.array("facet_year_ordinals")[:2].tolist() == [0, len(years)]


def zone_text(document):
    """Return the words of all zones by position, as the page has them."""
    captions = "\n".join(caption.text for caption in document.captions)
    authors = "\n".join(document.authors)
    zones = (document.title, document.lead, document.body, captions, authors)
    return [*zip(zones, (6, 4, 2, 1, 2), strict=True)]


def test_every_posting_is_read_as_described(archive):
    """Rebuild terms, positions and frequencies of all documents but the long one from the texts."""
    analyzer = Analyzer()
    for segment in segments_of(archive):
        expected = {}
        for number in range(segment.facts["documents"]):
            document = segment.document(number)
            if document.document_id == "dài":
                continue
            sign = "" if document.document_id != "khe-2" else "\x1e"
            position, start = 0, []
            for text, weight in zone_text(document):
                start.append(position)
                for token in analyzer.tokens(text):
                    exact = token.exact + sign
                    written = "" if exact == token.folded else exact
                    term = f"\x00{token.folded}\x1f{written}".encode()
                    places = expected.setdefault(term, {}).setdefault(number, [0, []])
                    places[0] += weight
                    places[1].append(position)
                    position += 1
                position += 1
            for zone in (1, 2, 3, 4):
                assert segment.array(f"field_starts_{zone}")[number] == start[zone]
        terms = segment.terms()
        assert terms == sorted(terms)
        for term, wanted in expected.items():
            read = {
                document: [frequency, positions]
                for document, frequency, positions in segment.postings(terms.index(term))
            }
            assert {number: read[number] for number in wanted} == wanted


def test_bounds_are_those_described(archive):
    for segment in segments_of(archive):
        lengths, average = segment.array("lengths"), segment.facts["average_length"]
        assert average == pytest.approx(lengths.mean() / 2)
        for term, bound in enumerate(segment.array("bounds")):
            most = max(
                frequency / (frequency + 0.6 + 0.9 * lengths[document] / average)
                for document, frequency, _ in segment.postings(term)
            )
            assert 254 * most <= bound <= 254 * most + 1.001


def test_far_positions_are_read_as_described(archive):
    for segment in segments_of(archive):
        for number in range(segment.facts["documents"]):
            document = segment.document(number)
            if document.document_id == "dài":
                terms = segment.terms()
                (read,) = [
                    positions
                    for found, _, positions in segment.postings(
                        terms.index("\x00hanh\x1fhành".encode())
                    )
                    if found == number
                ]
                assert read == list(range(302, 66_302))  # after an empty title and lead
                return
    pytest.fail("the long document is in no segment")


def test_other_fields_have_groups_in_the_order_of_the_schema(archive):
    terms = segments_of(archive)[0].terms()
    assert "\x01bao\x1fbáo".encode() in terms
    assert "\x03dan\x1fdân".encode() in terms
    assert b"\x04vi\x1f" in terms
