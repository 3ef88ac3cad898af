"""Signs that were encoded twice."""

from __future__ import annotations

import pytest

from civicsearch.document import Page
from civicsearch.ingest.encodings.double_encoding import mend_double_encoding
from civicsearch.ingest.extractor import extract_document

SENTENCE = (
    "Cả thôn&amp;nbsp;Giữa cùng góp sức &amp;#8211; và &amp;ldquo;hiến đất&amp;rdquo; làm đường."
)


def test_a_document_has_the_signs_that_were_meant():
    page = (
        "<title>Dân &amp;quot;góp đất&amp;quot; mở đường</title>"
        "<h1>Dân &amp;quot;góp đất&amp;quot; mở đường</h1>"
        + "".join(f"<p>{SENTENCE} Lần {number}.</p>" for number in range(5))
    )
    document = extract_document(Page(content=page.encode()))
    assert document.title == 'Dân "góp đất" mở đường'
    assert document.body.startswith("Cả thôn Giữa cùng góp sức – và “hiến đất” làm đường.")


@pytest.mark.parametrize(
    "text",
    ["A &amp; B", "a?x=1&amp;y=2", "&amp;lt;b&amp;gt;", "<p><code>x</code> &amp;nbsp;</p>", "&amp;amp", "&nbsp;", "&amp;#151;", "&amp;#x96;"],
)  # fmt: skip
def test_what_is_meant_stays(text):
    assert mend_double_encoding(text) == text


@pytest.mark.parametrize(
    "text", ["&amp;amp;nbsp;", "&amp;nbsp;", "&amp;#160;", "&amp;#x2013;", "&amp;eacute;"]
)
def test_signs_encoded_twice_or_more_are_mended(text):
    assert "amp" not in mend_double_encoding(text)
