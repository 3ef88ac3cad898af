"""Bytes to text: which encoding a page is in, and how to read it."""
