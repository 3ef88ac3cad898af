"""How values and pages become bytes, so that nothing in them can break out or fail."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from starlette.responses import Response

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["html_response", "json_response", "safe_json"]

# Harmless inside JSON, but not where somebody pastes the JSON into a page or a script.
_ESCAPES = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}


def safe_json(value: object) -> bytes:
    """Return `value` as JSON in UTF-8, with `<`, `>`, `&` and line separators escaped.

    Half of a surrogate pair, which UTF-8 cannot hold, becomes a JSON escape.
    """
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.translate(_ESCAPES).encode(errors="backslashreplace")


def json_response(
    value: object,
    *,
    status: int = 200,
    media_type: str = "application/json",
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Return a response that holds `value` as JSON."""
    return Response(
        safe_json(value),
        status_code=status,
        headers=headers,
        media_type=f"{media_type}; charset=utf-8",
    )


def html_response(
    page: str, *, status: int = 200, headers: Mapping[str, str] | None = None
) -> Response:
    """Return a response that holds `page`; half of a surrogate pair becomes a question mark."""
    return Response(
        page.encode(errors="replace"),
        status_code=status,
        headers=headers,
        media_type="text/html; charset=utf-8",
    )
