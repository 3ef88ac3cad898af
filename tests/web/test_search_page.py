"""The search page, as a browser sees it."""

from __future__ import annotations

from urllib.parse import parse_qs, urlencode, urlsplit

import pytest


def get_page(client, read_page, path, **params):
    response = client.get(path, params=params)
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    return response, read_page(response.text)


def test_a_slash_behind_the_address_does_not_matter(client, read_page):
    """People write it so, and links of editors do; errors are pages there, too."""
    with_slash, without = client.get("/search/?q=dân"), client.get("/search?q=dân")
    assert with_slash.status_code == 200
    assert read_page(with_slash.text).hrefs() == read_page(without.text).hrefs()
    refused = client.get("/search/?q=dân&limit=x")
    assert refused.headers["content-type"].startswith("text/html")


def test_home_leads_to_search(client):
    """The root redirects, without repeating the host that the sender claims."""
    response = client.get("/", headers={"Host": "evil.example"})
    assert response.status_code == 307
    assert response.headers["location"] == "/search"


def test_what_is_asked_at_the_root_is_searched_for(client):
    response = client.get("/", params={"q": "dân vận", "sort": "newest"})
    asked = "?q=d%C3%A2n+v%E1%BA%ADn&sort=newest"
    assert response.headers["location"].replace("%20", "+") == f"/search{asked}"
    page = client.get("/", params={"q": "dân vận"}, follow_redirects=True)
    assert page.url.params["q"] == "dân vận"


@pytest.mark.parametrize("query", ["", "   "])
def test_start_page_without_query(client, read_page, query):
    """Without a query the page shows how much there is, and examples that lead to results."""
    response, page = get_page(client, read_page, "/search", q=query)
    assert response.status_code == 200
    assert "4 articles" in page.text
    assert "/search?" + urlencode({"q": "dân vận khéo"}) in page.hrefs()


def test_start_page_examples_are_understood(client, read_page):
    """Every example of the query language runs without a notice."""
    _, page = get_page(client, read_page, "/search")
    examples = [href for href in page.hrefs() if href.startswith("/search?")]
    assert len(examples) >= 5
    for href in examples:
        response = client.get(href)
        assert response.status_code == 200
        assert 'class="notice"' not in response.text


def test_empty_archive(make_client, read_page):
    """An archive without documents says so."""
    from civicsearch import Archive

    with Archive.in_memory() as archive:
        _, page = get_page(make_client(archive), read_page, "/search")
    assert "The archive is empty so far." in page.text


def test_hits_are_an_ordered_list_of_headings(client, read_page):
    """A result is a heading with a link, its facts and a snippet, in the language it has."""
    response, page = get_page(client, read_page, "/search", q="dân vận khéo")
    assert response.status_code == 200
    assert page.all("ol") == [{"class": "hits", "start": "1"}]
    assert "/documents/khe-ha" in page.hrefs()
    assert {"lang": "vi"} in page.all("article")
    assert {"datetime": "2020-08-06T07:30:00+07:00", "lang": "en"} in page.all("time")
    assert "6 August 2020" in page.text
    assert "Báo Sông Lam" in page.text
    assert "1 article" in page.text


def test_matches_are_marked_in_title_and_snippet(client):
    """Neighbouring words become one mark, in the headline and in the passage."""
    text = client.get("/search", params={"q": "dan van kheo"}).text
    assert "<mark>Dân vận khéo</mark> ở Khê Hạ" in text
    assert "Tổ <mark>dân vận</mark> thôn" in text


def test_text_is_escaped_piecewise(client):
    """Markup in a document is shown as text around the marks."""
    text = client.get("/search", params={"q": "trật tự"}).text
    assert "An ninh &amp; <mark>trật tự</mark> &lt;tốt&gt; hơn." in text


def test_original_is_linked(client, read_page):
    """The page that a document came from can be opened, without telling it the query."""
    _, page = get_page(client, read_page, "/search", q="dân vận khéo")
    links = [attrs for attrs in page.all("a") if attrs["href"].startswith("https:")]
    assert [link["href"] for link in links] == ["https://www.baosonglam.example/khe-ha?a=1&b=2"]
    assert links[0]["rel"] == "noreferrer nofollow"


@pytest.mark.parametrize(
    "params",
    [
        {"q": "dân"},
        {"q": "HOSTILE"},
        {"q": "dân", "source": "HOSTILE"},
        {"q": "dân", "sort": "HOSTILE"},
        {"q": "dân", "from": "HOSTILE"},
        {"q": "dân", "to": "HOSTILE"},
        {"q": "dân", "limit": "HOSTILE"},
        {"q": "dân", "facet": "HOSTILE"},
        {"q": "HOSTILE", "limit": "HOSTILE"},
        {"q": "HOSTILE:x"},
        {"q": "", "limit": "HOSTILE"},
    ],
)
def test_hostile_text_stays_text(client, read_page, hostile, params):
    """Nothing of a document or a request becomes an element, an attribute or an active link."""
    params = {name: value.replace("HOSTILE", hostile) for name, value in params.items()}
    assert_harmless(client.get("/search", params=params).text, read_page)


def test_hostile_document_stays_text(client, read_page):
    """The same for the page of one document."""
    response = client.get("/documents/hostile")
    assert response.status_code == 200
    assert_harmless(response.text, read_page)


def assert_harmless(html, read_page):
    page = read_page(html)
    tags = {tag for tag, _ in page.elements}
    assert not tags & {"script", "img", "iframe", "object", "embed", "style", "base"}
    assert page.elements.count(("title", {})) == 1
    for _, attrs in page.elements:
        assert not [name for name in attrs if name.startswith("on") or name == "style"]
    for href in page.hrefs():
        assert href.startswith(("/", "#", "https://", "http://")), href
        assert not href.startswith("//")


def test_form_keeps_what_was_asked(client, read_page):
    """The form shows query, order, days and sources again."""
    response = client.get(
        "/search?q=dân&sort=newest&from=2020-01-01&to=2020-12-31&source=bao+song+lam&limit=5"
    )
    page = read_page(response.text)
    fields = {attrs["name"]: attrs["value"] for attrs in page.all("input")}
    assert fields == {
        "q": "dân",
        "from": "2020-01-01",
        "to": "2020-12-31",
        "source": "bao song lam",
        "limit": "5",
    }
    assert {"value": "newest", "selected": None} in page.all("option")
    assert {"class": "filters"} in page.all("details")
    assert "Báo Sông Lam" in page.text
    assert "1 article, newest first" in page.text


def test_a_search_from_the_form_goes_on_with_as_many_passages(client, read_page):
    """As with as many hits, though there is no field for either."""
    _, page = get_page(client, read_page, "/search", q="dân", passages="3", limit="20")
    hidden = {
        field["name"]: field["value"]
        for field in page.all("input")
        if field.get("type") == "hidden"
    }
    assert hidden == {"passages": "3", "limit": "20"}
    _, page = get_page(client, read_page, "/search", q="dân", passages="1", limit="10")
    assert not [field for field in page.all("input") if field.get("type") == "hidden"]


def test_filters_unfold_where_one_is_wrong(client, read_page):
    """A refused date stands in a field that can be seen; a search in order keeps them folded."""
    page = read_page(client.get("/search?q=dân&from=nonsense").text)
    assert {"class": "filters", "open": None} in page.all("details")
    assert "nonsense" in [attrs.get("value") for attrs in page.all("input")]


def test_every_field_has_a_label(client, read_page):
    """Labels point at fields that exist; nothing is without one."""
    page = read_page(client.get("/search", params={"q": "dân"}).text)
    ids = {attrs["id"] for _, attrs in page.elements if "id" in attrs}
    labelled = {attrs["for"] for attrs in page.all("label") if "for" in attrs}
    assert labelled == {"q", "sort", "from", "to"}
    assert labelled <= ids
    assert page.all("form")[0]["role"] == "search"
    assert page.all("html") == [{"lang": "en"}]
    assert any(attrs.get("role") == "status" for attrs in page.all("p"))


def test_facets_narrow_and_widen_again(big_client, read_page):
    """A source or year narrows the results; when chosen, its link takes it away."""
    page = read_page(big_client.get("/search", params={"q": "dân"}).text)
    narrow = next(href for href in page.hrefs() if "from=1991-01-01" in href)
    narrowed = read_page(big_client.get(narrow).text)
    assert "4 articles" in narrowed.text
    back = [attrs for attrs in narrowed.all("a") if attrs.get("aria-current") == "true"]
    assert [attrs["href"] for attrs in back] == ["/search?q=d%C3%A2n"]
    by_source = next(href for href in page.hrefs() if "source=" in href)
    assert "Ph%C6%B0%E1%BB%9Dng" in by_source
    assert "3 articles" in read_page(big_client.get(by_source).text).text
    assert "30 more" in page.text


def test_years_stand_in_order_of_time(big_client, read_page):
    """The years are listed latest first, whatever their counts."""
    page = read_page(big_client.get("/search", params={"q": "dân"}).text)
    years = [parse_qs(urlsplit(href).query).get("from", [""])[0][:4] for href in page.hrefs()]
    years = [year for year in years if year]
    assert years == sorted(years, reverse=True)
    assert years[0] == "2019"


def test_pages_lead_through_all_hits(big_client, read_page):
    """Following "next" shows every document once, and the last page has none."""
    href, seen, ranks = "/search?q=dân&limit=40", [], []
    while href:
        page = read_page(big_client.get(href).text)
        seen += [link for link in page.hrefs() if link.startswith("/documents/")]
        ranks.append(page.all("ol")[0]["start"])
        following = [a["href"] for a in page.all("a") if a.get("rel") == "next nofollow"]
        href = following[0] if following else ""
    assert len(seen) == len(set(seen)) == 95
    assert ranks == ["1", "41", "81"]
    assert "Page 3 of 3" in page.text
    assert "81–95 of 95 articles" in page.text


def test_pages_lead_back_to_the_first(big_client, read_page):
    """Following "previous" from a page in between two ends at the first, which has none."""
    href, ranks = "/search?q=dân&limit=40&offset=50", []
    while href and len(ranks) < 9:
        page = read_page(big_client.get(href).text)
        ranks.append(page.all("ol")[0]["start"])
        before = [a["href"] for a in page.all("a") if a.get("rel") == "prev nofollow"]
        href = before[0] if before else ""
    assert ranks == ["51", "11", "1"]


def test_pages_of_one_hit_lead_on(big_client, read_page):
    page = read_page(big_client.get("/search?q=dân&limit=1").text)
    assert "/search?q=d%C3%A2n&limit=1&offset=1" in page.hrefs()
    assert "Page 1 of 95" in page.text


def test_page_beyond_the_last(big_client, read_page):
    """An offset past the end offers the way back."""
    page = read_page(big_client.get("/search?q=dân&offset=500").text)
    assert "There are no results this far down" in page.text
    assert "/search?q=d%C3%A2n" in page.hrefs()


def test_limit_zero_shows_the_count(big_client, read_page):
    """Nobody is told that there is nothing where only no hits were asked for."""
    page = read_page(big_client.get("/search?q=dân&limit=0").text)
    assert "95 articles" in page.text
    assert "no results this far down" not in page.text
    assert not page.all("ol")
    assert not page.all("nav")


def test_nothing_found_gives_help(client, read_page):
    """An empty answer says what to try, first of all to drop the filters."""
    page = read_page(client.get("/search?q=zzzz&from=2020-01-01&sort=oldest").text)
    assert "No article found" in page.text
    assert "Nothing matches zzzz" in page.text
    assert "/search?q=zzzz&sort=oldest" in page.hrefs()


def test_notices_are_shown(client, read_page):
    """What was passed over in the query is said."""
    page = read_page(client.get("/search", params={"q": "dân (vận"}).text)
    assert "In the query, at character" in page.text


def test_no_more_of_a_query_is_repeated_than_is_searched_for(big_client, read_page):
    """There are dozens of links on a page, and each has it."""
    typed = "họp tổ " * 2500
    _, page = get_page(big_client, read_page, "/search", q=typed)
    assert "only the first 1000 characters are searched for" in page.text
    assert [field["value"] for field in page.all("input") if field["name"] == "q"] == [typed[:1000]]
    links = [href for href in page.hrefs() if href.startswith("/search?")]
    assert len(links) > 20
    assert {parse_qs(urlsplit(href).query)["q"][0] for href in links} <= {
        typed[:1000].strip(),
        typed[:1000],
    }
    answer = big_client.get("/api/search", params={"q": typed}).json()
    assert answer["query"] == typed[:1000]
    completed = big_client.get("/api/suggest", params={"q": typed}).json()
    assert completed["text"] == typed[:1000]
    why = big_client.get("/api/why", params={"q": typed, "id": "many-001"}).json()
    assert why["query"] == typed[:1000]


@pytest.mark.parametrize("name", ["sort", "facet", "expand", "limit", "cursor"])
def test_a_message_repeats_no_whole_value(client, name):
    response = client.get("/api/search", params={"q": "dân", name: "x" * 20_000})
    assert response.status_code == 400
    assert response.json()["detail"].count("x") < 110


def test_suggestions_are_links(read_page):
    """Other queries worth trying can be followed, with the filters kept."""
    from civicsearch import Results, TotalHits
    from civicsearch.web.parameters import SearchParameters
    from civicsearch.web.views import search_view

    results = Results(query="dn", total=TotalHits(value=0), hits=(), suggestions=("dân",))
    view = search_view(results, SearchParameters(q="dn", sources=("a",)))
    assert [link.href for link in view.suggestions] == ["/search?q=d%C3%A2n&source=a"]


def test_total_that_is_a_lower_bound():
    """A count that is not exact says so."""
    from civicsearch import Results, TotalHits
    from civicsearch.web.parameters import SearchParameters
    from civicsearch.web.views import search_view

    results = Results(query="a", total=TotalHits(value=12_000, exact=False), hits=())
    view = search_view(results, SearchParameters(q="a", limit=0))
    assert view.status == "12,000 articles or more"


def test_pages_end_at_the_window():
    """There is no link to a page that would be refused, and the page says why."""
    from civicsearch import Hit, Results, TotalHits
    from civicsearch.analysis.analyzer import Analyzer
    from civicsearch.document import Document
    from civicsearch.query.nodes import MatchAll
    from civicsearch.web.parameters import SearchParameters
    from civicsearch.web.views import search_view

    hit = Hit(
        rank=9_991,
        score=1.0,
        document=Document(document_id="1", title="x"),
        query=MatchAll(),
        analyzer=Analyzer(),
        explain=lambda: None,
    )
    results = Results(query="a", total=TotalHits(value=50_000), hits=(hit,))
    view = search_view(results, SearchParameters(q="a", offset=9_990))
    assert view.next_href == ""
    assert view.is_cut
    assert view.page == "Page 1,000 of 1,000"


def test_documents_are_linked_by_any_id(client, read_page):
    """An id with slashes, blanks and escapes is quoted in the address of its document."""
    page = read_page(client.get("/search", params={"q": "dân phòng"}).text)
    assert "/documents/a%2Fb%20c%3Fd%23e%252F..%2F%C3%BC" in page.hrefs()


def test_half_a_surrogate_pair_does_not_break_the_page(client):
    """Text that UTF-8 cannot hold is shown with a question mark."""
    response = client.get("/search", params={"q": "quân diễn tập"})
    assert response.status_code == 200
    assert "? quân" in response.text.replace("<mark>", "").replace("</mark>", "")


@pytest.mark.parametrize("path", ["/search?q=dân", "/search", "/documents/khe-ha", "/nowhere"])
def test_pages_are_well_formed(client, path):
    """Every element that is opened is closed, in order."""
    from html.parser import HTMLParser

    void = {"meta", "link", "input", "rect"}

    class Balance(HTMLParser):
        def __init__(self):
            super().__init__()
            self.open = []

        def handle_starttag(self, tag, attrs):
            if tag not in void:
                self.open.append(tag)

        def handle_endtag(self, tag):
            assert self.open.pop() == tag

        def handle_startendtag(self, tag, attrs):
            pass

    balance = Balance()
    balance.feed(client.get(path, headers={"Accept": "text/html"}).text)
    assert balance.open == []


def test_stylesheet_is_served_and_kept(client, read_page):
    """The page names its stylesheet with a version; browsers may keep it for a day."""
    page = read_page(client.get("/search").text)
    href = next(a["href"] for a in page.all("link") if a["rel"] == "stylesheet")
    response = client.get(href)
    assert response.headers["content-type"] == "text/css; charset=utf-8"
    assert response.headers["cache-control"] == "public, max-age=86400"
    assert "prefers-color-scheme: dark" in response.text
    assert "url(" not in response.text


def test_days_stay_in_the_form(client):
    """A field for days shows nothing for a year, and would lose it with the next search."""
    page = client.get("/search?q=dân&from=2020&to=08/2020").text
    assert 'name="from" type="date" value="2020-01-01"' in page
    assert 'name="to" type="date" value="2020-08-31"' in page
