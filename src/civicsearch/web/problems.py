"""The one place where an error becomes a response: RFC 9457 for programs, a page for people."""

from __future__ import annotations

from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from starlette.exceptions import HTTPException

from civicsearch.errors import CivicSearchError, QuerySyntaxError
from civicsearch.web.forms import form_view
from civicsearch.web.headers import add_security_headers
from civicsearch.web.logbook import Logbook
from civicsearch.web.responses import html_response, json_response
from civicsearch.web.status_codes import outcome_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from starlette.requests import Request
    from starlette.responses import Response

    from civicsearch.web.pages import Pages

__all__ = ["PROBLEM_TYPE", "Problem", "problem_handlers", "problem_of"]

PROBLEM_TYPE = "application/problem+json"

_NOT_FOUND = "There is nothing at this address."
_METHOD_NOT_ALLOWED = "This address answers GET and HEAD only."


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """An error as it is told to whoever asked.

    Attributes:
        status: The HTTP status.
        code: The stable word for machines.
        title: What kind of problem it is.
        detail: What happened this time, and what to do.
        headers: Headers that belong to the status.
        position: Where in the query the problem is, in code points from 0, if it is there.
    """

    status: int
    code: str
    title: str
    detail: str
    headers: Mapping[str, str] = field(default_factory=dict)
    position: int | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return the problem in the shape of RFC 9457."""
        values: dict[str, Any] = {
            "type": f"urn:civicsearch:problem:{self.code}",
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
            "code": self.code,
        }
        if self.position is not None:
            values["position"] = self.position
        return values


def problem_of(error: Exception) -> Problem:
    """Return how `error` is told; what is not ours is told without its message."""
    if isinstance(error, CivicSearchError):
        return _own_problem(error)
    if isinstance(error, HTTPException):
        return _http_problem(error)
    return _own_problem(CivicSearchError())


def problem_handlers(
    pages: Pages,
) -> dict[type[Exception], Callable[[Request, Exception], Response]]:
    """Return the exception handlers of the application; `pages` writes those for people."""
    logbook = Logbook()

    def handle(request: Request, error: Exception) -> Response:
        problem = problem_of(error)
        if isinstance(error, CivicSearchError) and problem.status >= 500:
            logbook.tell(f"{error.code}: {error}")
        if wants_page(request):
            form = form_view(request.query_params, is_refused=True)
            page = pages.render("error.html", form=form, problem=problem)
            response = html_response(page, status=problem.status, headers=problem.headers)
        else:
            response = json_response(
                problem.to_dict(),
                status=problem.status,
                media_type=PROBLEM_TYPE,
                headers=problem.headers,
            )
        response.headers["Vary"] = "Accept"
        add_security_headers(response.headers)  # no middleware sees an unexpected error's answer
        return response

    return {CivicSearchError: handle, HTTPException: handle, Exception: handle}


def wants_page(request: Request) -> bool:
    """Return whether an error is told to `request` as a page.

    The pages answer with a page and the API with JSON. Elsewhere the `Accept` header decides:
    browsers name HTML, programs do not.
    """
    path = request.scope["path"]
    if path.rstrip("/") == "/search" or path.startswith("/documents/"):
        return True
    if path == "/healthz" or path.startswith("/api/"):
        return False
    return "text/html" in request.headers.get("accept", "")


def _own_problem(error: CivicSearchError) -> Problem:
    outcome = outcome_of(error)
    wait = outcome.retry_after_s
    return Problem(
        status=outcome.status,
        code=error.code,
        title=outcome.title,
        detail=outcome.detail or str(error),
        headers={"Retry-After": str(wait)} if wait is not None else {},
        position=error.position if isinstance(error, QuerySyntaxError) else None,
    )


def _http_problem(error: HTTPException) -> Problem:
    status = HTTPStatus(error.status_code)
    details = {404: _NOT_FOUND, 405: _METHOD_NOT_ALLOWED}
    return Problem(
        status=status.value,
        code=status.name.lower(),
        title=status.phrase,
        detail=details.get(status.value, status.description or status.phrase),
        headers=error.headers or {},
    )
