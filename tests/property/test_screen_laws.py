"""Laws of the endpoint, the page and the command line: whatever is asked, the answer is a clean one."""

from __future__ import annotations

import contextlib
import io
import json
import warnings
from urllib.parse import urlencode

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from civicsearch import Archive, Document
from civicsearch.cli.main import run
from civicsearch.web.app import create_app

with warnings.catch_warnings():
    # Newer versions of starlette ask for another client package than older ones can use.
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient

DOCUMENTS = [
    Document(document_id="1", title="Dân vận khéo", body="Xã có 1.700 lượt.", source="Báo Lam"),
    Document(document_id="a/b", title="بلدية تفتتح جسرا dân", body="Họp dân."),
]
WORDS = st.sampled_from(
    ["dân", "van", "AND", "OR", "NOT", "NEAR/5", "(", ")", '"', "*", "d*", "~", "^2", "^nan", "-",
     "title:", "published:[2020 TO", "num:>1e400", "num:[1 TO 2]", "about:Q9/2020", "\x00", "\u202e",
     "\ud800", "<script>", "=1+1", "%", "UBND", "--", "١٧٠٠", "\u0301"]
)  # fmt: skip
QUERIES = st.lists(WORDS | st.text(max_size=6), max_size=6).map(" ".join)
ODD = st.sampled_from(
    ["", "0", "1", "100", "101", "-1", "9999", "10000", "1e3", "٣", "9" * 30, "x"]
)
DAYS = st.sampled_from(["", "2020", "06/08/2020", "2020-02-30", "0000", "9999-12-31", "x"])
VALUES = {
    "q": QUERIES,
    "limit": ODD,
    "offset": ODD,
    "passages": ODD,
    "expand": ODD,
    "cursor": st.text(max_size=20),
    "sort": st.sampled_from(["relevance", "recent", "newest", "oldest", "", "x"]),
    "from": DAYS,
    "to": DAYS,
    "source": WORDS,
    "facet": st.sampled_from(["source", "year", "author", "x", ""]),
    "id": st.sampled_from(["1", "a/b", "none", "\x00", ""]),
}
PAIRS = st.sampled_from(sorted(VALUES)).flatmap(
    lambda name: st.tuples(st.just(name), VALUES[name] | QUERIES)
)
# A query nearly always, as the answer is that it is missing otherwise.
ASKED = st.builds(lambda query, pairs: [("q", query), *pairs], QUERIES, st.lists(PAIRS, max_size=4))
ADDRESSES = st.sampled_from(["search", "suggest", "related", "why", "documents/1", "documents/x"])


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    path = tmp_path_factory.mktemp("screens") / "index"
    with Archive.create(path) as archive:
        archive.add(DOCUMENTS)
    return path


@pytest.fixture(scope="module")
def client(index):
    with Archive.open(index) as archive:
        yield TestClient(create_app(archive), follow_redirects=False)  # raises what is unforeseen


@given(address=ADDRESSES, asked=ASKED)
@example(address="search", asked=[("q", "d"), ("cursor", "é")])
def test_every_answer_is_json_with_a_status_of_its_own(client, address, asked):
    """An answer, or a problem of the request that says what to change; never one of the server."""
    query = urlencode(asked, errors="surrogatepass")
    response = client.get(f"/api/{address}?{query}")
    values = response.json()
    assert response.status_code in {200, 400, 404}
    if response.status_code == 200:
        for hit in values.get("hits", ()):
            for text, spans in (
                (hit["title"], hit["title_highlights"]),
                (hit["snippet"]["text"], hit["snippet"]["highlights"]),
            ):
                assert all(0 <= start < end <= len(text) for start, end in spans)
    else:
        assert response.headers["content-type"].startswith("application/problem+json")
        assert values["status"] == response.status_code
        assert values["detail"].endswith((".", "?", "'."))
    page = client.get(f"/search?{query}")
    assert page.status_code in {200, 400}
    assert "<script>" not in page.text


@given(
    words=st.lists(WORDS, min_size=1, max_size=4),
    output=st.sampled_from(["text", "json", "jsonl", "csv"]),
    options=st.lists(
        st.tuples(
            st.sampled_from(["--limit", "--offset", "--passages", "--from", "--sort", "--cursor"]),
            ODD | DAYS,
        ),
        max_size=2,
    ),
)
def test_every_command_line_ends_with_a_status_and_a_sentence(index, words, output, options):
    """Found, nothing found or an error; never a traceback, and JSON that can be read."""
    typed = [part for option in options for part in option]
    words = [word.replace("\x00", "") for word in words]  # no system hands it over
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = run(["--index", str(index), "search", "--format", output, *typed, "--", *words])
    assert status in {0, 1, 2}
    assert "unexpected" not in err.getvalue()
    if status == 2:
        assert err.getvalue()
        assert not out.getvalue()
    elif output == "jsonl":
        assert all(json.loads(line)["document_id"] for line in out.getvalue().splitlines())
    elif output == "json":
        assert isinstance(json.loads(out.getvalue())["hits"], list)
