"""Which query was meant, and how it may go on: learned from the words that an archive holds.

Not for: what a query finds. Nothing here opens a file or asks for a document; an engine hands in
its words and their neighbours as a `Vocabulary`.

Each module is imported by its own name: what ranks a search is needed by nearly all of them, what
corrects and completes only where that is asked for.
"""
