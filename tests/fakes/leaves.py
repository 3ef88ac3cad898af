"""What a leaf finds, made of levels: in a row or as a list."""

import numpy as np

from civicsearch.ranking.impacts import Impacts


def a_leaf(levels, size, *, as_row=False, **values):
    """Return a leaf.

    Args:
        levels: By document; none of them is 0.
        size: How many documents there are.
        as_row: Whether the levels of all documents lie ready.
        values: What else `Impacts` takes, with defaults.
    """
    documents = np.array(sorted(levels), np.intp)
    found = np.array([levels[document] for document in documents.tolist()], np.uint8)
    values = {"rarity": 2.0, "step": 0.01} | values
    if not as_row:
        return Impacts(size=size, count=len(levels), read=lambda: (documents, found), **values)
    row = np.zeros(size, np.uint8)
    row[documents] = found
    return Impacts(size=size, count=len(levels), row=row, **values)
