import unicodedata

from civicsearch import Document
from relevance import measure
from relevance.asking import ask
from relevance.data import Question, TestSet
from relevance.systems import Civicsearch, open_system, query_words
from relevance.table import render

DOCUMENTS = (
    Document(document_id="a", body="Dân vận khéo ở Phiêng Say"),
    Document(document_id="b", body="Uỷ ban nhân dân thị xã"),
)
SET = TestSet(
    name="small",
    language="vi",
    metric="mrr@10",
    documents=DOCUMENTS,
    questions=(
        Question(question_id="1", text="dân vận khéo", judgements={"a": 1}),
        Question(question_id="2", text="“?!”", judgements={"b": 1}),
    ),
)


def test_the_product_is_asked_through_its_archive(tmp_path):
    system = Civicsearch()
    open_system(system, DOCUMENTS, fingerprint="f", cache=tmp_path)
    result = ask(system, SET, "none")
    assert result["first_ranks"] == [1, 0]
    assert result["mrr@10"] == 0.5


def test_an_index_is_built_once(tmp_path, monkeypatch):
    open_system(Civicsearch(), DOCUMENTS, fingerprint="f", cache=tmp_path)
    monkeypatch.setattr(Civicsearch, "build", None)
    open_system(Civicsearch(), DOCUMENTS, fingerprint="f", cache=tmp_path)


def test_peers_get_words_without_syntax():
    assert query_words("“Nhà Bè”: 'lên' quận-2?") == "nhà bè lên quận 2"


def test_peers_get_decomposed_words_whole():
    decomposed = unicodedata.normalize("NFD", "nhà bè")
    assert query_words(decomposed) == decomposed


def test_without_data_the_measurement_says_so(tmp_path, capsys):
    assert measure.main(["--data", str(tmp_path)]) == 0
    assert "Skipped: there is no data at" in capsys.readouterr().err


def test_the_table_has_a_row_for_each_typing_and_marks_the_best():
    results = [
        {"system": "ours", "typing": "none", "mrr@10": 0.75},
        {"system": "theirs", "typing": "none", "mrr@10": 0.5},
        {"system": "ours", "typing": "nfd", "mrr@10": 0.25},
    ]
    run = {
        "date": "2020-08-06",
        "commit": "abc",
        "half": "tune",
        "versions": {"theirs": "1.0"},
        "systems": ["ours", "theirs"],
        "sets": [{"name": "small", "metric": "mrr@10", "results": results}],
    }
    table = render(run)
    assert "| small | none | mrr@10 | **0.750** | 0.500 |" in table
    assert "| small | nfd | mrr@10 | **0.250** |  |" in table
    assert "theirs 1.0" in table
