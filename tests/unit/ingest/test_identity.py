import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicsearch.ingest.identity import canonical_url, document_id, host_of, is_own_address


@pytest.mark.parametrize(
    ("url", "clean"),
    [
        ("HTTPS://WWW.Lamkhe.Example/Tin?id=3", "https://www.lamkhe.example/Tin?id=3"),
        ("https://lamkhe.example:443", "https://lamkhe.example/"),
        ("http://lamkhe.example:8080/a", "http://lamkhe.example:8080/a"),
        ("https://lamkhe.example/a#top", "https://lamkhe.example/a"),
        ("https://lamkhe.example/a?utm_source=x&id=1&fbclid=y", "https://lamkhe.example/a?id=1"),
        (" https://lamkhe.example/a\n", "https://lamkhe.example/a"),
        ("https://[2001:db8::1]/a", "https://[2001:db8::1]/a"),
        ("/tin/1", ""),
        ("javascript:alert(1)", ""),
        ("https://lamkhe.example:port/a", ""),
        ("https://[broken/a", ""),
        ("", ""),
    ],
)
def test_an_address_is_cleaned(url, clean):
    assert canonical_url(url) == clean


def test_a_relative_address_needs_its_base():
    assert canonical_url("../b", base="https://lamkhe.example/x/a") == "https://lamkhe.example/b"
    assert canonical_url("//cdn.example/b", base="https://a.example/") == "https://cdn.example/b"


def test_the_id_is_stable():
    assert document_id("https://lamkhe.example/a") == "1b577793e63a43dd"


def test_the_host_loses_www():
    assert host_of("https://WWW.lamkhe.example/a") == "lamkhe.example"
    assert host_of("lamkhe") == ""


@given(st.text(max_size=60), st.text(max_size=20))
def test_cleaning_twice_changes_nothing(url, base):
    once = canonical_url(url, base=base)
    assert canonical_url(once) == once
    for scheme in ("http://", "https://"):
        full = canonical_url(scheme + url)
        assert canonical_url(full) == full


SITE = "https://lamkhe.example"


@pytest.mark.parametrize(
    ("address", "url"),
    [
        ("/", ""),
        ("/", "/tin/hop-dan-17.html"),
        ("/", "/?tabid=3&id=17"),
        ("/vi/", "/vi/tin/17"),
        ("/Default.aspx", "/Default.aspx?id=17"),
        ("/index.php", ""),
        ("/trang-chu", "/tin/17"),
        ("/chitiet.aspx", "/chitiet.aspx?newsid=17"),
        ("/tin-tuc", "/tin-tuc/hop-dan-ve-con-duong"),
    ],
)
def test_an_address_that_all_pages_state_is_not_the_pages_own(address, url):
    assert not is_own_address(SITE + address, url=SITE + url if url else "")


@pytest.mark.parametrize(
    ("address", "url"),
    [
        ("/tin/hop-dan-17.html", ""),
        ("/tin/hop-dan-17.html", "/chitiet.aspx?id=17"),
        ("/tin/hop-dan-ve-duong", "/tin/hop-dan-ve-duong/amp"),
        ("/706332", "/706332/hop-dan-ve-duong"),
        ("/tin/hop-dan", "/tin/hop-dan/print"),
        ("/tin/hop-dan", "/tin/hop-dan?ref=home"),
        ("/?p=17", "/tin/17"),
        ("/", "/"),
        ("/", "/index.html"),
    ],
)
def test_an_address_of_the_page_is_believed(address, url):
    assert is_own_address(SITE + address, url=SITE + url if url else "")
