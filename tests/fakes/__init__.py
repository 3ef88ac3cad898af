"""Builders of test values: small, readable, with defaults for what a test does not care about."""
