import pytest

from civicsearch.engines.local.layout import FieldLayout
from civicsearch.schema import DEFAULT_SCHEMA, Field, Schema


def test_zones_share_a_group_and_other_fields_have_their_own():
    layout = FieldLayout.of(DEFAULT_SCHEMA)
    assert layout.zones == (0, 1, 2, 3, 4)
    assert layout.groups == (0, 0, 0, 0, 0, 1, 2, 3, 4)
    assert layout.weights == (6, 4, 2, 1, 2, 2, 2, 2, 2)


def test_a_weight_that_is_no_multiple_of_the_unit_is_refused():
    schema = Schema(fields=(Field(name="title", weight=1.3, meaning=""),))
    with pytest.raises(ValueError, match=r"title is not a multiple of 0\.5"):
        FieldLayout.of(schema)
