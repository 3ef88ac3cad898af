"""Engines: where documents are kept and queries evaluated, behind `search.engine.Engine`.

`memory` is plain and obvious, and the oracle of the tests; `local` is the index on disk.
They do not know each other; `registry` knows them by name.
"""
