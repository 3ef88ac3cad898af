"""What was odd about a query: said once for each place, and no more."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["Problems", "QueryProblem"]


class QueryProblem(NamedTuple):
    """Something in a query that was not understood, and that the lenient parser passed over.

    Attributes:
        message: Half a sentence for the user.
        position: Where in the query, in code points from 0.
        unknown_field: The name, where the problem is a field that does not exist.
    """

    message: str
    position: int
    unknown_field: str | None = None


class Problems:
    """The problems of one query, while it is read."""

    def __init__(self) -> None:
        self.found: list[QueryProblem] = []

    def add(self, message: str, position: int, *, unknown_field: str | None = None) -> None:
        """Note a problem; one slip may be noticed from both of its sides."""
        problem = QueryProblem(message=message, position=position, unknown_field=unknown_field)
        if problem not in self.found:
            self.found.append(problem)

    def in_order(self) -> tuple[QueryProblem, ...]:
        """Return the problems in the order of the text."""
        return tuple(sorted(self.found, key=lambda problem: problem.position))
