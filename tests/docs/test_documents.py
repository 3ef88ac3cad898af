"""The documents about the project are true: paths exist, examples run, words are explained."""

import doctest
import importlib
import pkgutil
import re
from pathlib import Path

import pytest

import civicsearch
from civicsearch import errors
from civicsearch.query import parse_query

ROOT = Path(__file__).parents[2]
PROSE = [ROOT / "README.md", ROOT / "ARCHITECTURE.md", *sorted((ROOT / "docs").rglob("*.md"))]
MODULES = sorted(
    name for _, name, _ in pkgutil.walk_packages(civicsearch.__path__, "civicsearch.")
    if not name.endswith("__main__")
)  # fmt: skip


def code_spans(text):
    return re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", text, flags=re.DOTALL))


def test_every_path_in_the_architecture_exists():
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    missing = []
    for section in re.split(r"^## ", text, flags=re.MULTILINE):
        heading, _, body = section.partition("\n")
        folders = [ROOT, *(ROOT / path for path in code_spans(heading)), ROOT / "src/civicsearch"]
        for path in code_spans(heading) + code_spans(body):
            is_path = re.fullmatch(r"[\w./]+(/|\.py|\.md|\.json)", path)
            inside = [f / path for f in folders] + [f / "local" / path for f in folders]
            if is_path and not any(candidate.exists() for candidate in inside):
                missing.append(path)
    assert missing == []


def test_every_module_is_named_where_the_architecture_speaks_of_its_folder():
    """Commands are not: each has the name of what is typed."""
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    named = {}
    for section in re.split(r"^## ", text, flags=re.MULTILINE):
        for path in code_spans(section.partition("\n")[0]):
            folder = ROOT / path if path.endswith("/") else (ROOT / path).parent
            named.setdefault(folder, set()).update(code_spans(section))
    package = ROOT / "src/civicsearch"
    unnamed = [
        str(path.relative_to(package))
        for path in package.rglob("*.py")
        if not path.name.startswith("_") and path.parent != package / "cli/commands"
        if named.get(path.parent, set()).isdisjoint(
            {path.name, str(path.relative_to(ROOT)), str(path.relative_to(package))}
        )
    ]
    assert unnamed == []


def test_no_module_is_longer_than_can_be_read_in_one_go():
    """Tables of data are files of their own, in other formats."""
    lengths = {
        path.name: len(path.read_text(encoding="utf-8").splitlines())
        for path in (ROOT / "src/civicsearch").rglob("*.py")
    }
    assert {name: length for name, length in lengths.items() if length > 500} == {}


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_in_docstrings_run(name):
    result = doctest.testmod(importlib.import_module(name))
    assert result.failed == 0


@pytest.mark.parametrize("path", PROSE, ids=lambda path: path.name)
def test_the_python_examples_in_prose_run(path):
    blocks = re.findall(r"```python\n(.*?)```", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    runner = doctest.DocTestRunner()
    for number, block in enumerate(blocks):
        example = doctest.DocTestParser().get_doctest(block, {}, f"{path.name}:{number}", None, 0)
        assert example.examples, "an example without >>> shows nothing"
        runner.run(example)
    assert runner.failures == 0


@pytest.mark.parametrize("path", PROSE, ids=lambda path: path.name)
def test_links_between_documents_lead_somewhere(path):
    text = path.read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)#]+)", text) if not link.startswith("http")]
    assert [link for link in links if not (path.parent / link).exists()] == []


def test_every_query_in_the_table_of_the_query_language_is_one():
    text = (ROOT / "docs" / "query-language.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (`.*?) \| ", text, flags=re.MULTILINE)
    queries = [query for row in rows for query in code_spans(row)]
    assert len(queries) > 10
    for query in queries:
        parse_query(query)


def test_the_glossary_is_in_order_and_knows_the_names_of_the_core():
    text = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    words = re.findall(r"^\| \*\*(.+?)\*\*", text, flags=re.MULTILINE)
    assert words == sorted(words, key=str.casefold)
    for name in ("Document", "Query", "Searcher", "Writer", "Snippet", "Hit", "Span", "Token"):
        assert name in words


def test_every_error_code_is_documented():
    text = (ROOT / "docs" / "errors.md").read_text(encoding="utf-8")
    classes = [getattr(errors, name) for name in errors.__all__]
    assert [cls.code for cls in classes if f"`{cls.code}`" not in text] == []
