"""Days in addresses."""

import datetime as dt

import pytest

from civicsearch.document import Page
from civicsearch.ingest.extractor import extract_document
from civicsearch.ingest.reading.address_dates import date_in_url

DAY = dt.date(2020, 8, 6)


@pytest.mark.parametrize(
    "url",
    [
        "https://lamkhe.example/2020/08/06/hop-dan",
        "https://lamkhe.example/2020/8/6/",
        "https://lamkhe.example/hop-dan-20200806073012345.htm",
        "https://lamhill.example/news/2020/aug/06/ferry",
        "https://lamhill.example/2020/August/6",
        "https://birkenfurt.example/2020-aug-06/",
        "https://valserine.example/2020/aout/06/bac/",
    ],
)
def test_an_address_may_hold_the_day(url):
    assert date_in_url(url) == DAY


@pytest.mark.parametrize(
    "url",
    [
        "https://a.example/tin-20209906.html",
        "https://a.example/2020/",
        "https://a.example/2020/ferry/06/",
        "https://a.example/2020/feb/30/",
        "https://a.example/2020/aug/",
    ],
)
def test_other_numbers_in_an_address_are_no_day(url):
    assert date_in_url(url) is None


def test_a_page_without_a_day_has_that_of_its_address():
    text = "The council of Lam Hill met on the quay and spoke about the price of water. "
    page = f"<title>Water will cost less</title><h1>Water will cost less</h1><p>{text * 5}</p>"
    address = "https://lamhill.example/2020/aug/06/water"
    assert extract_document(Page(content=page.encode(), url=address)).published == DAY
