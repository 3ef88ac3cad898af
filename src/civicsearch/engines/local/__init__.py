"""The engine on disk: segments of arrays in a folder, with a manifest that says what they are.

Documents become arrays of postings (`buffer`), arrays are mapped and evaluated whole (`leaves`,
`ranking`), and every answer is that of the rules in `query.matching` and `ranking`. The files are
described byte by byte in docs/index-format.md. Whoosh is imported in `whoosh` alone, the door for
programs that speak it; nothing here imports that.
"""
