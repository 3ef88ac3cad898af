"""Segments and their parts, written to a folder and opened again."""

import contextlib
import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np

from civicsearch.analysis import Analyzer
from civicsearch.engines.local.buffer import SegmentBuffer
from civicsearch.engines.local.forms import forms_of
from civicsearch.engines.local.layout import FieldLayout
from civicsearch.engines.local.manifest import SegmentEntry
from civicsearch.engines.local.merging import merge_segments
from civicsearch.engines.local.scanning import Scan
from civicsearch.engines.local.sections import SectionFile, SectionFileWriter
from civicsearch.engines.local.segment import Segment
from civicsearch.engines.local.snapshot import Snapshot
from civicsearch.engines.local.terms import encode_term
from civicsearch.schema import DEFAULT_SCHEMA, field_texts

LAYOUT = FieldLayout.of(DEFAULT_SCHEMA)


@contextlib.contextmanager
def a_folder():
    """Give a folder that is gone afterwards; for tests that run many times."""
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


def a_file(folder, write, name="some.seg"):
    """Return the file that `write`, given a `SectionFileWriter`, writes; it may return facts."""
    writer = SectionFileWriter(folder / name)
    try:
        writer.finish(write(writer) or {})
    finally:
        writer.close()
    return SectionFile(folder / name)


def an_entry(name, file, documents):
    return SegmentEntry(name=name, documents=documents, deleted=0, file=file)


def a_buffer(memory_bytes=1 << 20):
    return SegmentBuffer(DEFAULT_SCHEMA, Analyzer(), memory_bytes=memory_bytes)


def a_segment(folder, documents, name="000001"):
    """Return a segment that holds `documents`, with the numbers that they have in the list."""
    buffer = a_buffer()
    for document in documents:
        buffer.add(document)
    file = buffer.take().write(folder / f"{name}.seg")
    return Segment(folder, an_entry(name, file, len(documents)))


def without(segment, numbers):
    """Return the same segment with some documents deleted."""
    if numbers:
        segment.deleted = np.isin(np.arange(segment.size), list(numbers))
        segment.entry = replace(segment.entry, deleted=len(set(numbers)))
    return segment


def a_snapshot(folder, *batches):
    """Return a snapshot of segments, each with some documents."""
    return Snapshot([a_segment(folder, batch, f"{n:06}") for n, batch in enumerate(batches, 1)])


def merged(folder, segments, name="merged"):
    """Return the segment that `segments` are made one of."""
    file = merge_segments(segments, folder / f"{name}.seg", LAYOUT)
    documents = sum(segment.entry.live for segment in segments)
    return Segment(folder, an_entry(name, file, documents))


def tokens_of(document):
    """Return the tokens of a document by field, as the index has them."""
    return Analyzer().field_tokens(field_texts(document))


def term_of(field, token):
    """Return what the dictionary has for a token of a field."""
    group = LAYOUT.groups[DEFAULT_SCHEMA.names.index(field)]
    return encode_term(group, token.folded, token.exact)


def a_scan(snapshot, documents, words, row=(), field=None):
    """Look for words, each with its group of terms, in some documents of a snapshot."""
    forms = [
        {
            number: found
            for number, place in enumerate(snapshot.places)
            if (found := forms_of(place.segment, word, group)) is not None
        }
        for word, group in words
    ]
    numbers = np.array(sorted(documents), np.intp)
    return Scan(snapshot, LAYOUT, numbers, forms, row=row, field=field)
