from civicsearch.schema import _KNOWN_HASHES, DEFAULT_SCHEMA, Schema, hash_of
from civicsearch.values import replace


def test_known_hashes_are_those_that_would_be_computed():
    assert {facts: hash_of(facts) for facts in _KNOWN_HASHES} == _KNOWN_HASHES


def test_the_hash_of_the_default_fields_is_known():
    """Else each search at the terminal computes it: `_KNOWN_HASHES` needs the new one."""
    assert DEFAULT_SCHEMA.fingerprint in _KNOWN_HASHES.values()


def test_the_fingerprint_changes_with_weights_names_and_order():
    first, *others = DEFAULT_SCHEMA.fields
    schemas = [
        DEFAULT_SCHEMA,
        Schema(fields=(first._replace(weight=4.0), *others)),
        Schema(fields=(first._replace(name="headline"), *others)),
        Schema(fields=(*others, first)),
    ]
    assert len({schema.fingerprint for schema in schemas}) == len(schemas)
    same = replace(DEFAULT_SCHEMA, fields=(first._replace(meaning="x"), *others))
    assert same.fingerprint == DEFAULT_SCHEMA.fingerprint
