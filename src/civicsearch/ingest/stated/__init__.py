"""What a page states about its article: in JSON-LD, meta tags, microdata and telling classes."""
