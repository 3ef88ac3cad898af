"""The addresses of the search page and the endpoint, and what answers at each.

    /search              the search page           /api/search           the same as JSON
    /documents/{id}      one document to read      /api/documents/{id}   the same as JSON
    /api/suggest         how a query may go on, as JSON
    /api/related?id=     articles about the same thing as one, as JSON
    /api/why?id=&q=      why an article is found, or is not, as JSON
    /healthz             whether the archive answers

The functions that answer are plain ones, so the server runs them in threads: a slow search does
not hold up the others. Every answer is made from the archive as of its last commit.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from civicsearch.query.parser import MAX_QUERY_CHARS
from civicsearch.web.document_view import document_dict, document_view, related_dict
from civicsearch.web.facets import PAGE_FACETS
from civicsearch.web.forms import form_view
from civicsearch.web.headers import SecurityHeadersMiddleware
from civicsearch.web.origins import AllowedOrigins, CrossOriginMiddleware
from civicsearch.web.packing import PackingMiddleware
from civicsearch.web.pages import STYLESHEET_PATH, Pages
from civicsearch.web.parameters import (
    CompletionParameters,
    RelatedParameters,
    SearchParameters,
    values_of,
)
from civicsearch.web.problems import problem_handlers
from civicsearch.web.responses import html_response, json_response
from civicsearch.web.revalidation import Revalidation
from civicsearch.web.root_path import RootPath, RootPathMiddleware
from civicsearch.web.views import search_view, start_view

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.requests import Request
    from starlette.types import ASGIApp

    from civicsearch.archive import Archive

__all__ = ["create_app"]

_SECONDS_A_DAY = 86_400
_MOST_RELATED = 5


def create_app(
    archive: Archive, *, root_path: str = "", allow_origins: Iterable[str] = ()
) -> ASGIApp:
    """Return the application that answers from `archive`, which stays the caller's to close.

    Args:
        archive: What is searched.
        root_path: The path of the host below which the site is, such as `/tim-kiem`.
        allow_origins: Origins of other sites whose scripts may read the JSON; `*` for all.

    Raises:
        InvalidOptionError: That is no path, or no origin.
    """
    root, origins = RootPath(root_path), AllowedOrigins(allow_origins)
    pages = Pages(root.href)
    site = _Site(archive, pages, root)
    kept = Revalidation(archive, version=pages.version).of
    app = Starlette(
        routes=[
            Route("/", site.home),
            Route("/search", kept(site.search_page)),
            Route("/search/", kept(site.search_page)),  # as people write it
            Route("/api/search", kept(site.search)),
            Route("/api/suggest", kept(site.suggest)),
            Route("/api/related", kept(site.related)),
            Route("/api/why", kept(site.why)),
            Route("/documents/{document_id:path}", kept(site.document_page)),
            Route("/api/documents/{document_id:path}", kept(site.document)),
            Route("/healthz", site.health),
            Route(STYLESHEET_PATH, site.stylesheet),
        ],
        middleware=[
            Middleware(SecurityHeadersMiddleware),
            Middleware(PackingMiddleware, minimum_size=1024, compresslevel=5),
        ],
        exception_handlers=problem_handlers(pages),
    )
    # Such a redirect would repeat the request's Host header, which the sender chooses.
    app.router.redirect_slashes = False
    return RootPathMiddleware(CrossOriginMiddleware(app, origins), root)


class _Site:
    """What answers at each address."""

    def __init__(self, archive: Archive, pages: Pages, root: RootPath) -> None:
        self._archive = archive
        self._pages = pages
        self._root = root

    def home(self, request: Request) -> Response:
        asked = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(f"{self._root.href}/search{asked}")

    def search_page(self, request: Request) -> Response:
        # Pages are numbered, which a cursor does not tell: it is for programs.
        parameters = replace(SearchParameters.parse(values_of(request)), cursor="")
        if not parameters.q.strip():
            form = form_view(request.query_params, wants_focus=True)
            start = start_view(len(self._archive))
            return html_response(self._pages.render("start.html", form=form, start=start))
        options = replace(parameters, facets=PAGE_FACETS).search_options()
        results = self._archive.search(parameters.q, **options)
        offered = [source for source, _ in results.facets.get("source", ())]
        page = self._pages.render(
            "results.html",
            form=form_view(request.query_params, offered=offered),
            results=search_view(results, parameters),
        )
        return html_response(page)

    def search(self, request: Request) -> Response:
        parameters = SearchParameters.parse(values_of(request))
        results = self._archive.search(parameters.q, **parameters.search_options())
        return json_response(results.to_dict(passages=parameters.passages))

    def suggest(self, request: Request) -> Response:
        parameters = CompletionParameters.parse(values_of(request))
        found = self._archive.suggest(parameters.q, limit=parameters.limit)
        text = parameters.q[:MAX_QUERY_CHARS]  # as much as is read of it
        return json_response({"text": text, "suggestions": list(found)})

    def related(self, request: Request) -> Response:
        parameters = RelatedParameters.parse(values_of(request))
        found = self._archive.related(parameters.document_id, limit=parameters.limit)
        return json_response({"id": parameters.document_id, **related_dict(found)})

    def why(self, request: Request) -> Response:
        document_id = RelatedParameters.parse(values_of(request)).document_id
        parameters = SearchParameters.parse(values_of(request))
        found = self._archive.why(
            parameters.q,
            document_id,
            published_from=parameters.published_from,
            published_to=parameters.published_to,
            sources=parameters.sources,
            expand=parameters.expand,
        )
        return json_response(found.to_dict())

    def document_page(self, request: Request) -> Response:
        document = self._archive.document(request.path_params["document_id"])
        related = self._archive.related(document.document_id, limit=_MOST_RELATED)
        page = self._pages.render(
            "document.html",
            form=form_view(request.query_params),
            document=document_view(document, related),
        )
        return html_response(page)

    def document(self, request: Request) -> Response:
        document = self._archive.document(request.path_params["document_id"])
        return json_response(document_dict(document))

    def health(self, _: Request) -> Response:
        return json_response({"status": "ok", "documents": len(self._archive)})

    def stylesheet(self, _: Request) -> Response:
        return Response(
            self._pages.stylesheet,
            media_type="text/css",
            headers={"Cache-Control": f"public, max-age={_SECONDS_A_DAY}"},
        )
