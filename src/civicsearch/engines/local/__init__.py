"""The engine on disk: a Whoosh index in a folder, with a manifest that says what it is.

Whoosh keeps the schema, segments, deletions, merging and columns. Which documents match and how
they score is computed here, over arrays, by the rules of `query.matching` and `ranking`. Whoosh
is not imported anywhere else.
"""
