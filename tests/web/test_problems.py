"""Every error becomes one shape, as JSON and as a page."""

from __future__ import annotations

import inspect

import pytest

from civicsearch import errors
from civicsearch.web.problems import problem_of
from civicsearch.web.status_codes import STATUS_CODES, outcome_of

CLASSES = [
    cls
    for _, cls in inspect.getmembers(errors, inspect.isclass)
    if issubclass(cls, errors.CivicSearchError)
]
EXAMPLES = {
    errors.CivicSearchError: errors.CivicSearchError("secret /srv/index"),
    errors.RequestError: errors.RequestError("Ask otherwise."),
    errors.QuerySyntaxError: errors.QuerySyntaxError("no end", text="(a", position=1),
    errors.UnknownFieldError: errors.UnknownFieldError("x", known=("title",)),
    errors.InvalidOptionError: errors.InvalidOptionError("limit", -1, expected="positive"),
    errors.AbbreviationsError: errors.AbbreviationsError("/srv/secret/own.toml", "not there"),
    errors.SourceNotFoundError: errors.SourceNotFoundError("x", "nothing there"),
    errors.ProfileError: errors.ProfileError("x", "it is no TOML"),
    errors.DocumentNotFoundError: errors.DocumentNotFoundError("x"),
    errors.ExtractionError: errors.ExtractionError("no text"),
    errors.ArchiveClosedError: errors.ArchiveClosedError(),
    errors.ArchiveError: errors.ArchiveError("secret", path="/srv/index"),
    errors.ArchiveNotFoundError: errors.ArchiveNotFoundError("/srv/index"),
    errors.ArchiveForeignError: errors.ArchiveForeignError("/srv/index", "it is a file"),
    errors.ArchiveAccessError: errors.ArchiveAccessError("/srv/index", "secret"),
    errors.ArchiveLockedError: errors.ArchiveLockedError("/srv/index"),
    errors.ArchiveVersionError: errors.ArchiveVersionError("/srv/index", found="9", supported="1"),
    errors.ArchiveCorruptError: errors.ArchiveCorruptError("/srv/index", "secret"),
    errors.BackupError: errors.BackupError("/srv/index", "secret"),
    errors.EngineError: errors.EngineError("secret", engine="x"),
    errors.EngineUnavailableError: errors.EngineUnavailableError("secret", engine="x"),
    errors.EngineTimeoutError: errors.EngineTimeoutError("secret", engine="x"),
}


class BrokenArchive:
    """An archive whose every answer is one error."""

    def __init__(self, error):
        self.error = error

    def search(self, *args, **options):
        raise self.error

    document = search
    revision = property(search)

    def __len__(self):
        raise self.error


@pytest.mark.parametrize("cls", CLASSES)
def test_every_class_has_a_status(cls):
    """A new class of error must be given a status and an example here."""
    assert cls in STATUS_CODES
    assert cls in EXAMPLES


def test_a_class_of_somebody_else_has_that_of_its_parent():
    """A subclass that the table does not know is shown as the class above it."""

    class SlowerError(errors.EngineTimeoutError):
        pass

    error = SlowerError("x", engine="y")
    assert outcome_of(error) is STATUS_CODES[errors.EngineTimeoutError]


@pytest.mark.parametrize("query", ["q=d%E2n", "q=a&source=%ff", "%C0%AE=1&q=a", "q=%ED%A0%80"])
def test_an_address_that_is_no_utf_8_is_told_so(client, read_page, query):
    """Letters of another encoding would be replaced, and nothing found, without a reason."""
    for path in ("/api/search", "/api/suggest", "/api/why"):
        response = client.get(f"{path}?{query}")
        assert response.status_code == 400
        assert response.json()["code"] == "bad_request"
        assert "The address is not in UTF-8" in response.json()["detail"]
    page = client.get(f"/search?{query}")
    assert page.status_code == 400
    assert "The address is not in UTF-8" in read_page(page.text).text
    assert client.get("/api/search?q=%EF%BF%BD+dân").status_code == 200


@pytest.mark.parametrize("cls", CLASSES)
@pytest.mark.parametrize(
    "path", ["/search?q=a", "/api/search?q=a", "/documents/a", "/api/documents/a", "/healthz"]
)
def test_every_class_on_every_address(make_client, read_page, cls, path):
    """Status, code and message are the same for people and programs, without server paths."""
    error = EXAMPLES[cls]
    problem = problem_of(error)
    response = make_client(BrokenArchive(error)).get(path)
    assert response.status_code == problem.status == STATUS_CODES[cls].status
    assert "/srv" not in response.text
    assert "secret" not in response.text
    if path.startswith(("/api", "/healthz")):
        assert response.headers["content-type"] == "application/problem+json; charset=utf-8"
        assert response.json() == problem.to_dict()
    else:
        page = read_page(response.text)
        assert problem.detail in page.text
        assert problem.title in page.text
        assert page.all("form")[0]["role"] == "search"


def test_the_operator_is_told_what_visitors_are_not(make_client, caplog):
    """The reason of a failing archive is logged with its path."""
    error = errors.ArchiveCorruptError("/srv/index", "a file is gone")
    make_client(BrokenArchive(error)).get("/api/search?q=a")
    assert "archive_corrupt: The archive at '/srv/index' is damaged" in caplog.text


def test_a_busy_archive_says_when_to_come_back(make_client):
    """Where waiting helps, the answer says how long."""
    response = make_client(BrokenArchive(EXAMPLES[errors.ArchiveLockedError])).get("/healthz")
    assert response.status_code == 503
    assert response.headers["retry-after"] == "5"


@pytest.mark.parametrize("path", ["/search?q=a", "/api/search?q=a"])
def test_an_unexpected_error_tells_nothing(make_client, path):
    """A bug of ours is a 500 in our shape, without its message."""
    response = make_client(BrokenArchive(RuntimeError("secret"))).get(path)
    assert response.status_code == 500
    assert "secret" not in response.text
    assert "Something went wrong" in response.text
    assert response.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    ("query", "code", "detail"),
    [
        ("q=", "query_syntax", "there is nothing to search for"),
        ("", "query_syntax", "there is nothing to search for"),
        ("q=!!!", "query_syntax", "there is nothing to search for"),
        ("q=a&q=b", "invalid_option", "q is given 2 times; it must be given once."),
        ("q=a&limit=1&limit=2", "invalid_option", "limit is given 2 times; it must"),
        ("q=a&limit=abc", "invalid_option", "it must be a whole number from 0 to 100."),
        ("q=a&limit=101", "invalid_option", "limit cannot be 101"),
        ("q=a&limit=-1", "invalid_option", "limit cannot be '-1'"),
        ("q=a&limit=1_0", "invalid_option", "limit cannot be '1_0'"),
        ("q=a&limit=%D9%A3", "invalid_option", "limit cannot be '٣'"),
        ("q=a&limit=" + "9" * 5000, "invalid_option", "limit cannot be '999"),
        ("q=a&offset=x", "invalid_option", "offset cannot be 'x'"),
        ("q=a&offset=9991", "invalid_option", "at most 9990"),
        (
            "q=a&from=nonsense",
            "invalid_option",
            "a day such as 2020, 2020-08, 2020-08-06 or 06/08/2020 (day first).",
        ),
        ("q=a&from=20200806", "invalid_option", "from cannot be '20200806'"),
        ("q=a&to=2020-02-30", "invalid_option", "to cannot be '2020-02-30'"),
        ("q=a&to=0000-01-01", "invalid_option", "to cannot be '0000-01-01'"),
        ("q=a&from=2020-02-02&to=2020-02-01", "invalid_option", "2020-02-02 or later"),
        ("q=a&sort=best", "invalid_option", "one of relevance, recent, newest, oldest."),
        ("q=a&facet=colour", "unknown_field", "There is no field 'colour'."),
        ("q=a" + "".join(f"&source={n}" for n in range(51)), "invalid_option", "50 at most"),
    ],
)
def test_bad_values_are_refused(client, query, code, detail):
    """A value that cannot be meant is a 400 that says what would do, for people as for programs."""
    response = client.get(f"/api/search?{query}")
    assert response.status_code == 400
    problem = response.json()
    assert problem["code"] == code
    assert problem["type"] == f"urn:civicsearch:problem:{code}"
    assert problem["status"] == 400
    assert detail in problem["detail"]
    assert len(problem["detail"]) < 300
    if "q=" in query and not query.endswith("q="):
        assert client.get(f"/search?{query}").status_code == 400


def test_the_last_offset_is_accepted(client):
    """Offset and limit may reach 10,000 together."""
    assert client.get("/api/search?q=dân&offset=9990").status_code == 200
    assert client.get("/api/search?q=dân&offset=9900&limit=100").status_code == 200


def test_query_problems_say_where(client):
    """A problem of the query carries its position."""
    assert client.get("/api/search?q=!!!").json()["position"] == 0


@pytest.mark.parametrize(
    "path",
    ["/nowhere", "/static/", "/static/../app.py", "/static/a%00b"],
)
def test_unknown_address(client, path):
    """An unknown address is 404, a page for browsers and a problem for programs."""
    page = client.get(path, headers={"Accept": "text/html,*/*"})
    problem = client.get(path, headers={"Accept": "*/*"})
    assert (page.status_code, problem.status_code) == (404, 404)
    assert "There is nothing at this address." in page.text
    assert problem.json()["code"] == "not_found"
    assert page.headers["vary"].startswith("Accept")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE"])
def test_other_methods(client, method):
    """The site is read-only and says which methods it answers."""
    response = client.request(method, "/api/search?q=a")
    assert response.status_code == 405
    assert set(response.headers["allow"].split(", ")) == {"GET", "HEAD"}
    assert response.json()["code"] == "method_not_allowed"
    assert "GET and HEAD only" in client.request(method, "/search?q=a").text
