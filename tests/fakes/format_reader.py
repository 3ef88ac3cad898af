"""Reads the files of an archive as docs/index-format.md describes them, knowing nothing else.

It stands for the readers that others may write: nothing of `engines` is imported here. What the
page states as numbers is taken from it where that can be found.
"""

import hashlib
import itertools
import json
import re
import struct
import zlib
from functools import cache, cached_property
from pathlib import Path

import numpy as np
import zstandard

from civicsearch import Document

PAGE = (Path(__file__).parents[2] / "docs" / "index-format.md").read_text(encoding="utf-8")
WEIGHTS = np.array([6, 4, 2, 1, 2, 2, 2, 2, 2])
SHORTEST = int(re.search(r"signatures of (\d+) × 2ᵏ bits", PAGE)[1])
MOST_DOUBLED = int(re.search(r"k is (\d+) at most", PAGE)[1])
_FIELDS = 9
_MAGIC = b"CIVSEC4\n"
_MULTIPLIERS = [int(number, 16) for number in re.findall(r"0x[0-9A-F]{16}", PAGE)]
_MOST_FREQUENCY = 1_048_575


def manifest_of(archive):
    return json.loads((archive / "manifest.json").read_text())


@cache
def segments_of(archive):
    return [Segment(archive, entry) for entry in manifest_of(archive)["segments"]]


class Segment:
    """One segment, read as the page says."""

    def __init__(self, archive, entry):
        self.entry = entry
        self.data = (archive / "segments" / f"{entry['name']}.seg").read_bytes()
        assert self.data[:8] == _MAGIC == self.data[-8:]
        start, length = struct.unpack("<QQ", self.data[-24:-8])
        assert start + length + 24 == len(self.data)
        directory = json.loads(self.data[start : start + length])
        self.facts, self.sections = directory["facts"], directory["sections"]
        self.size = self.facts["documents"]
        self.arrays = {}
        self.deleted = np.zeros(entry["documents"], bool)
        if entry["deletions"] is not None:
            name = f"{entry['name']}.{entry['deletions_generation']}.del"
            bits = (archive / "segments" / name).read_bytes()
            assert len(bits) == -(-entry["documents"] // 8)
            for number in range(entry["documents"]):
                self.deleted[number] = bits[number // 8] >> (7 - number % 8) & 1

    def array(self, name):
        if name not in self.arrays:
            offset, count, kind = self.sections[name]
            assert offset % 8 == 0
            self.arrays[name] = np.frombuffer(self.data, kind, count, offset).astype(np.int64)
        return self.arrays[name]

    def bytes(self, name):
        offset, count, _ = self.sections[name]
        return self.data[offset : offset + count]

    @cached_property
    def terms(self):
        ends, data = self.array("term_offsets").tolist(), self.bytes("terms")
        return [data[start:end] for start, end in itertools.pairwise(ends)]

    @cached_property
    def ids(self):
        ends, data = self.array("id_offsets").tolist(), self.bytes("ids")
        return [data[start:end].decode() for start, end in itertools.pairwise(ends)]

    @cached_property
    def norms(self):
        """What is called n on the page, of each document."""
        lengths = self.array("lengths")
        return lengths * ((1.2 * 0.75) / self.facts["average_length"]) + (1.2 * 0.25) / 0.5

    def postings(self, term):
        """Return the level of a term in each document that has it."""
        first, end = self.array("posting_starts")[term : term + 2].tolist()
        kind, start = int(self.array("kinds")[term]), int(self.array("list_starts")[term])
        if kind == 3:
            found = self.row("rows", start)
        else:
            bits = (8, 16, 32)[kind]
            inside = slice(start, start + end - first)
            documents = np.cumsum(self.array(f"deltas{bits}")[inside]).tolist()
            assert documents == sorted(set(documents))
            levels = self.array(f"levels{bits}")[inside].tolist()
            found = dict(zip(documents, levels, strict=True))
        assert len(found) == end - first
        return found

    def told_frequencies(self, term):
        """Return the weighted frequency of a term, no family, in each document that has it."""
        first = int(self.array("posting_starts")[term])
        return {
            document: self.apart.get(number) or told_frequency(level, self.norms[document])
            for number, (document, level) in enumerate(self.postings(term).items(), first)
        }

    @cached_property
    def apart(self):
        """The frequencies that are listed, by the number of the posting."""
        numbers, own = self.array("apart_postings"), self.array("apart_frequencies")
        return dict(zip(numbers.tolist(), own.tolist(), strict=True))

    def row(self, name, number):
        row = self.array(name)[number * self.size : (number + 1) * self.size]
        assert len(row) == self.size
        return {document: int(row[document]) for document in row.nonzero()[0].tolist()}

    def beginnings(self):
        """Return the levels of each beginning that has a row."""
        texts = self.facts["beginnings"]
        assert len(self.array("beginnings")) == self.size * len(texts)
        return {text: self.row("beginnings", number) for number, text in enumerate(texts)}

    @cached_property
    def words(self):
        """The terms of each field of each document."""
        far = zip(self.array("far_places").tolist(), self.array("far_terms").tolist(), strict=True)
        far_terms, code_terms = dict(far), self.array("code_terms").tolist()
        stream, bounds = self.array("stream").tolist(), self.array("stream_starts").tolist()
        starts = self.array("field_starts").reshape(self.size, _FIELDS).tolist()
        found = []
        for number, (origin, end) in enumerate(itertools.pairwise(bounds)):
            fields = []
            for first, after in itertools.pairwise([*starts[number], end - origin]):
                inside = range(origin + first, origin + after - 1)
                codes = stream[inside.start : inside.stop]
                assert stream[inside.stop] == 0
                assert 0 not in codes
                fields.append(
                    [
                        far_terms[place] if code == 65_535 else code_terms[code - 1]
                        for place, code in zip(inside, codes, strict=True)
                    ]
                )
            found.append(fields)
        return found

    @cached_property
    def frequencies(self):
        """The weighted frequency of each term in each document, counted in the words."""
        found = {}
        for number, fields in enumerate(self.words):
            for field, weight in zip(fields, WEIGHTS.tolist(), strict=True):
                for term in field:
                    own = found.setdefault(term, {})
                    own[number] = own.get(number, 0) + weight
        return found

    def pair_lists(self):
        """Return the documents of each list, by its two terms."""
        data, ends = self.bytes("pair_lists"), self.array("pair_ends").tolist()
        found = {}
        bounds = itertools.pairwise([0, *ends])
        for key, (start, end) in zip(self.array("pair_keys").tolist(), bounds, strict=True):
            document, documents = 0, []
            for step in data[start:end]:
                document += step
                if step != 255:
                    documents.append(document)
            found[divmod(key, 1 << 32)] = documents
        assert list(found) == sorted(found)
        return found

    @cached_property
    def signatures(self):
        """For each group k, its documents and its rows of bits."""
        members, data = self.array("signature_documents").tolist(), self.array("signatures")
        groups, first, start = [], 0, 0
        for doubled, count in self.facts["signatures"]:
            size, width = SHORTEST << doubled, -(-count // 8)
            end = start + size * width
            rows = data[start:end].astype(np.uint8).reshape(size, width)
            groups.append((doubled, members[first : first + count], rows))
            first, start = first + count, end
        assert (first, start) == (len(members), len(data))
        return groups

    def place_in_signatures(self):
        """Return by document its k, the rows of its group, and its place in them."""
        return {
            document: (doubled, rows, place)
            for doubled, members, rows in self.signatures
            for place, document in enumerate(members)
        }

    def document(self, number):
        plain, end = json.JSONDecoder().raw_decode(self.text("heads", number))
        story = self.text("stories", number)
        (cut, rest), end = json.JSONDecoder().raw_decode(story)
        names = ("id", "url", "title", "source", "section", "language", "published")
        texts = {"lead": story[end : end + cut], "body": story[end + cut :]}
        return Document.from_dict({**dict(zip(names, plain, strict=True)), **texts, **rest})

    def text(self, name, number):
        start, end = self.array(f"{name}_offsets")[number : number + 2]
        facts = self.facts["stored"][name]
        which = [codebook for first, codebook in facts["codebook_runs"] if first <= number][-1]
        sizes = facts["dictionary_sizes"]
        begin = sum(sizes[:which])
        dictionary = self.bytes(f"{name}_dictionaries")[begin : begin + sizes[which]]
        unpacker = zstandard.ZstdDecompressor(dict_data=zstandard.ZstdCompressionDict(dictionary))
        data = unpacker.decompress(b"\x28\xb5\x2f\xfd" + self.bytes(name)[start:end])
        alphabet = facts["alphabets"][which]
        if data[0] == 0:
            return data[1:].decode("utf-8", "surrogatepass")
        return "".join(alphabet[byte - 1] for byte in data)


def hash_of(text):
    digest = hashlib.blake2b(text.encode(), digest_size=8).digest()
    return int.from_bytes(digest, "little") // 2


# --- terms ---


def folded_of(term):
    return term[1:].partition(b"\x1f")[0]


def exact_of(term):
    folded, _, exact = term[1:].partition(b"\x1f")
    return exact or folded


def is_family(term):
    return term.endswith(b"\x1f\x01")


def head_of(term):
    return term.partition(b"\x1f")[0]


def is_bare(term):
    """Return whether a form is as typed without accents."""
    return exact_of(term).removesuffix(b"\x1e") == folded_of(term)


# --- frequencies and levels ---


def told_frequency(level, norm):
    """Return the frequency that a level tells, where none is listed."""
    above = level - 0.00005
    told = int(above * norm / max(254 - above, 0.00005))
    return min(max(told, 1), _MOST_FREQUENCY)


def _level_of(frequency, norm):
    return int(np.ceil(254 * (frequency / (frequency + norm)) + 0.0001))


def _joined_level(typed, other, norm):
    shares = typed / (typed + norm) + other / (other + norm) / 2
    return int(np.ceil(169 * shares + 0.0001))


def _joined_levels(terms, frequencies, norms, is_typed):
    """Return the levels of several forms together."""
    summed = {}
    for term in terms:
        for document, frequency in frequencies[term].items():
            tiers = summed.setdefault(document, [0, 0])
            tiers[not is_typed(term)] += frequency
    return {document: _joined_level(*tiers, norms[document]) for document, tiers in summed.items()}


def levels_by_term(frequencies, norms):
    """Return the levels of all terms with families, as the page defines them.

    Args:
        frequencies: By term as the dictionary has it and document.
        norms: Of the documents.
    """
    found, families = {}, {}
    for term, own in frequencies.items():
        found[term] = {document: _level_of(f, norms[document]) for document, f in own.items()}
        if term[0] == 0:
            families.setdefault(head_of(term), []).append(term)
    for head, terms in families.items():
        if len(terms) > 1:
            found[head + b"\x1f\x01"] = _joined_levels(terms, frequencies, norms, is_bare)
    return found


def levels_of_beginning(text, frequencies, norms):
    terms = [t for t in frequencies if t[0] == 0 and folded_of(t).startswith(text)]
    assert terms
    return _joined_levels(terms, frequencies, norms, lambda term: exact_of(term).startswith(text))


# --- pairs ---


def pairs_of(fields):
    return {pair for field in fields for pair in itertools.pairwise(field)}


@cache
def _hash_of_pair(first, second):
    most = (1 << 64) - 1
    h = zlib.crc32(first) * _MULTIPLIERS[0] + zlib.crc32(second) * _MULTIPLIERS[1] & most
    h ^= h >> 29
    h = h * _MULTIPLIERS[2] & most
    return h ^ h >> 32


def may_hold(signature, pair):
    doubled, rows, place = signature
    hashed = _hash_of_pair(*pair)
    pieces = [hashed >> shift & 0xFFFF for shift in (0, 16, 32, 48)]
    at = [piece * (SHORTEST << doubled) >> 16 for piece in pieces]
    return all(rows[row, place // 8] >> (7 - place % 8) & 1 for row in at)
