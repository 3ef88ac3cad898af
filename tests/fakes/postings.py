"""Postings of terms, written to a file by hand."""

import numpy as np

from civicsearch.engines.local.postings import Postings
from civicsearch.engines.local.postings_writer import PostingsWriter
from civicsearch.engines.local.terms import encode_term
from fakes.segments import a_file

SIZE = 100_000


def an_index(folder, found, *, size=SIZE, beginnings=(), length=8):
    """Return the file of terms by group and exact form, each with frequencies by document."""
    terms = {
        encode_term(group, folded, exact): own for (group, folded, exact), own in found.items()
    }
    rows = [
        (place, document, frequency)
        for place, term in enumerate(sorted(terms))
        for document, frequency in sorted(terms[term].items())
    ]
    columns = zip(*rows, strict=True) if rows else ([], [], [])

    def write(file):
        lengths = np.full(size, length, np.uint32)
        writer = PostingsWriter(file, lengths, average_length=length / 2, beginnings=beginnings)
        postings = Postings(*(np.array(column, np.int64) for column in columns))
        writer.write(sorted(terms), postings)
        return writer.finish()

    return a_file(folder, write)


def a_term(documents, name="x"):
    return {(0, name, name): dict.fromkeys(documents, 2)}


def share(frequency, length=8):
    """Return what a frequency is worth, as a share of the most, in a text of average length."""
    return frequency / (frequency + 2.4)
