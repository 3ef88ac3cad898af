"""Whatever was meant to break it, a page ends in a clean document or a clean error, and soon.

Small sizes here; `sh script/soak hostile` reads the same pages at fifty megabytes each.
"""

import re
import time
import unicodedata

import pytest

from civicsearch import Page
from civicsearch.errors import ExtractionError
from civicsearch.ingest.extractor import extract_document
from civicsearch.ingest.sources import read_page
from fakes.hostile_pages import HOSTILE

SIZE = 20_000
MAX_S = 5.0


def document_of(name, folder):
    """Return the document, or None where the error says that there is none."""
    file = folder / ("page.html.gz" if name.startswith("packed") else "page.html")
    file.write_bytes(HOSTILE[name](SIZE))
    try:
        return extract_document(Page(content=read_page(file)))
    except ExtractionError:
        return None


def test_there_are_more_ideas_than_sixty():
    assert len(HOSTILE) > 150


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_page_ends_soon_in_a_clean_document_or_a_clean_error(name, tmp_path):
    begin = time.process_time()
    document = document_of(name, tmp_path)
    assert time.process_time() - begin < MAX_S
    if document is None:
        return
    values = (document.title, document.lead, document.body, document.section, document.source)
    captions = (caption.text for caption in document.captions)
    for text in (*values, *document.authors, *document.tags, *captions, document.url or ""):
        assert unicodedata.is_normalized("NFC", text)
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff]", text)


def test_what_a_declaration_names_is_not_read(tmp_path):
    """Neither a file of the machine, nor a billion laughs."""
    assert "root:" not in document_of("entities_from_elsewhere", tmp_path).text
    assert "haha" not in document_of("entities_that_multiply", tmp_path).text


def test_the_story_beside_a_flood_is_still_found(tmp_path):
    """A flood of attributes, of comments or of scripts costs nothing of the text."""
    for name in ("many_attributes", "long_script", "many_comments", "linked_deep_list"):
        assert document_of(name, tmp_path).title == "Giá nước sạch"
