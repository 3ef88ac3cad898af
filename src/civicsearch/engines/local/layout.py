"""Where the fields of a schema lie in a segment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from civicsearch.analysis.analyzer import METADATA
from civicsearch.ranking.impacts import UNIT
from civicsearch.schema import TITLE
from civicsearch.values import Value

if TYPE_CHECKING:
    from civicsearch.schema import Schema

__all__ = ["FieldLayout"]


class FieldLayout(Value):
    """Where the fields of a schema lie in a segment.

    Zones share one group of terms and one line of positions, with a gap of one between two zones
    so that no phrase reaches across; every other field has a group of its own.

    Attributes:
        groups: Of each field, its group: 0 for zones.
        weights: Of each field, what one occurrence adds to a frequency, in `UNIT`.
        zones: The places of the zones in the schema.
        title: The place of the title; None where the schema has none.
        story: The places of fields that tell whether a document was typed without accents; see
            `analyzer.METADATA`.
    """

    groups: tuple[int, ...]
    weights: tuple[int, ...]
    zones: tuple[int, ...]
    title: int | None = None
    story: tuple[int, ...] = ()

    @classmethod
    def of(cls, schema: Schema) -> FieldLayout:
        """Return the layout of `schema`.

        Raises:
            ValueError: A weight is not a multiple of `UNIT`.
        """
        groups: list[int] = []
        weights: list[int] = []
        for field in schema.fields:
            steps = (field.weight or 1.0) / UNIT
            if not steps.is_integer():
                reason = f"the weight of {field.name} is not a multiple of {UNIT}"
                raise ValueError(reason)
            groups.append(0 if field.weight else max(groups, default=0) + 1)
            weights.append(int(steps))
        zones = tuple(place for place, group in enumerate(groups) if group == 0)
        title = schema.names.index(TITLE) if TITLE in schema.names else None
        story = tuple(place for place, name in enumerate(schema.names) if name not in METADATA)
        return cls(
            groups=tuple(groups), weights=tuple(weights), zones=zones, title=title, story=story
        )
