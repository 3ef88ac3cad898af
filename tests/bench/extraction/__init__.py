"""The extractor on real pages with gold, next to other extractors."""
