"""Which query was meant, and how it may go on: learned from the words that an archive holds.

Not for: what a query finds. Nothing here opens a file or asks for a document; an engine hands in
its words and their neighbours as a `Vocabulary`.
"""

from civicsearch.suggesting.completing import complete
from civicsearch.suggesting.correcting import correct
from civicsearch.suggesting.vocabulary import Form, Neighbours, Vocabulary

__all__ = ["Form", "Neighbours", "Vocabulary", "complete", "correct"]
