"""Web pages to documents: decoding, metadata, the article's region, and its cleaning."""
