"""Labels with their values below, between a lead and the text, and parts named like furniture."""

import pytest

from civicsearch.document import Page
from civicsearch.ingest.extractor import extract_document
from civicsearch.ingest.reading.dates import is_day_label
from civicsearch.ingest.story.wording import is_tag_label

LEAD = (
    "The ferry of Marrow Bay stays at its quay until the ice on the upper river has gone, and the"
    " council will pay for a bus in the meantime, as it decided on Monday by nine votes to two."
)
TEXT = (
    "Two hundred people cross the bay on a working day, most of them on the way to the cannery on"
    " the north bank. The bus takes forty minutes for what the ferry does in nine, and it leaves"
    " only once an hour after the shift has ended."
)


def page_of(particulars, *, name="text"):
    return f"""
        <html lang="en"><head><title>Ferry rests until the ice has gone</title></head><body>
        <header><a href="/">Marrow Bay</a></header><main>
        <div class="top"><h1>Ferry rests until the ice has gone</h1><p>{LEAD}</p>{particulars}</div>
        <div class="{name}"><div><p>{TEXT}</p></div></div>
        <h2>Related news</h2><div class="row">
        <div class="card"><h3><a href="/n/1">The mill of Upper Lorn is open again</a></h3>
        <p>Visitors are welcome on Sundays.</p></div>
        <div class="card"><h3><a href="/n/2">The council meets in public in June</a></h3>
        <p>Visitors are welcome on Sundays.</p></div>
        <div class="card"><h3><a href="/n/3">The library opens on Sundays as well</a></h3>
        <p>Visitors are welcome on Sundays.</p></div></div>
        </main></body></html>
    """


def text_of(page):
    document = extract_document(
        Page(content=page.encode(), url="https://marrowbay.example/news/ferry")
    )
    return [part for part in f"{document.lead}\n\n{document.body}".split("\n\n") if part], document


@pytest.mark.parametrize(
    "particulars",
    [
        "<div><small>Published:</small><p>14 March 2024</p></div>",
        "<dl><dt>Date</dt><dd>14 March 2024</dd><dt>Last updated</dt><dd>16 March 2024</dd></dl>",
        "<p>Published</p><p>14 March 2024</p><p>Reading time:</p><p>3 min</p>",
        "<p>Date:</p><p>14 March 2024</p><h6>Topics</h6><p><a href='/t/1'>ferry</a></p>",
    ],
)
def test_a_label_and_its_value_are_no_text(particulars):
    parts, document = text_of(page_of(particulars))
    assert parts == [LEAD, TEXT]
    assert str(document.published) == "2024-03-14"


@pytest.mark.parametrize("name", ["row menu-left", "sidebar", "widget"])
def test_half_of_the_prose_of_a_notice_is_no_furniture(name):
    """Whatever its part is named; of the text of the page, with all its boxes, it is little."""
    parts, _ = text_of(page_of("<p>14 March 2024</p>", name=name))
    assert parts == [LEAD, TEXT]


@pytest.mark.parametrize("label", ["Contact:", "Kontakt:", "Liên hệ:"])
def test_whom_to_ask_is_no_text_between_lead_and_text(label):
    parts, _ = text_of(page_of(f"<p>{label}</p><p>Press office</p>"))
    assert parts == [LEAD, TEXT]


def test_whom_to_ask_within_a_text_is_told():
    """A notice says who helps; so it does above it without a colon, or in a sentence."""
    told = f"<p>{TEXT}</p><p>Contact:</p><p>Press office</p><p>{TEXT[::-1]}.</p>"
    parts, _ = text_of(page_of("").replace(f"<p>{TEXT}</p>", told))
    assert "Press office" in parts
    parts, _ = text_of(page_of("<p>Contact</p><p>Press office</p>"))
    assert "Press office" in parts
    parts, _ = text_of(page_of("<p>Contact:</p><p>Ask Jo Lind at the quay.</p>"))
    assert "Ask Jo Lind at the quay." in parts


@pytest.mark.parametrize("mark", ["- ENDS -", "--- Ende ---", "(Hết)", "### FIN ###"])
def test_the_mark_of_an_end_is_no_text(mark):
    parts, _ = text_of(page_of("").replace(f"<p>{TEXT}</p>", f"<p>{TEXT}</p><p>{mark}</p>"))
    assert parts == [LEAD, TEXT]


def test_a_label_above_something_else_is_text():
    """A story may set a word apart, and a day after any other word is told."""
    told = f"<p>{TEXT}</p><p>Deadline:</p><p>3 June 2024</p><p>{LEAD[::-1]}</p>"
    parts, _ = text_of(page_of("").replace(f"<p>{TEXT}</p>", told))
    assert "Deadline:" in parts
    assert "3 June 2024" in parts


def test_a_day_below_the_lead_is_no_text():
    parts, document = text_of(page_of("<p>14 March 2024</p>"))
    assert parts == [LEAD, TEXT]
    assert str(document.published) == "2024-03-14"


def test_the_days_of_a_chronicle_are_text():
    told = f"<p>1 May 2023</p><p>{TEXT}</p><p>2 June 2023</p><p>{TEXT[::-1]}</p>"
    parts, _ = text_of(page_of("").replace(f"<p>{TEXT}</p>", told))
    assert parts == [LEAD, "1 May 2023", TEXT, "2 June 2023", TEXT[::-1]]


@pytest.mark.parametrize(
    "label",
    [
        "Published:",
        "Ngày đăng",
        "Zuletzt aktualisiert:",
        "Zuletzt geändert am",
        "Veröffentlicht am",
        "Publié le",
        "Publicado el",
        "Yayın tarihi",
    ],
)
def test_labels_of_days(label):
    assert is_day_label(label)


@pytest.mark.parametrize("text", ["Published works", "14 March 2024", "Deadline:", ""])
def test_other_words_are_no_label_of_a_day(text):
    assert not is_day_label(text)


def test_labels_of_tags():
    assert is_tag_label("Topics")
    assert is_tag_label("Từ khóa:")
    assert not is_tag_label("Topics: ferry")
