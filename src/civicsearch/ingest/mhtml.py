"""The page in an `.mhtml` file, as browsers save pages: a mail with the page and its pictures."""

from __future__ import annotations

import email
import email.policy
from typing import TYPE_CHECKING

from civicsearch.document import Page
from civicsearch.errors import ExtractionError

if TYPE_CHECKING:
    from email.message import Message

__all__ = ["MHTML_SUFFIXES", "read_mhtml"]

MHTML_SUFFIXES = (".mhtml", ".mht")

_MAX_PARTS = 10_000


def read_mhtml(content: bytes) -> Page:
    """Return the page in a saved file, with its address and charset: the first part of HTML.

    Raises:
        ExtractionError: There is no such part.
    """
    try:
        message = email.message_from_bytes(content, policy=email.policy.compat32)
        for number, part in enumerate(message.walk()):
            if number > _MAX_PARTS:
                break
            if part.get_content_type() in {"text/html", "application/xhtml+xml"}:
                return _page(message, part)
    except (ValueError, LookupError, AttributeError, TypeError, RecursionError) as error:
        reason = "not a valid MHTML file"
        raise ExtractionError(reason) from error
    reason = "the MHTML file holds no page"
    raise ExtractionError(reason)


def _page(message: Message, part: Message) -> Page:
    content = part.get_payload(decode=True)
    address = part.get("Content-Location") or message.get("Snapshot-Content-Location")
    charset = part.get_content_charset()
    return Page(
        content=content if isinstance(content, bytes) else b"",
        url=str(address).strip() if address else None,
        content_type=f"text/html; charset={charset}" if charset else None,
    )
