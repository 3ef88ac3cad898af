import gzip
import json
import lzma

import pytest

from relevance.data import ARTICLE_FILES, DataMissingError, half_of, load_articles, load_judged


def write_lines(path, rows, opened=open):
    path.parent.mkdir(parents=True, exist_ok=True)
    with opened(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


@pytest.fixture
def data(tmp_path):
    """A judged set of two documents and eight questions, and 60 articles."""
    folder = tmp_path / "retrieval" / "small"
    documents = [
        {"_id": "d1", "title": "Một", "text": "hai"},
        {"_id": "d2", "title": "", "text": ""},
    ]
    write_lines(folder / "corpus.jsonl.gz", documents, gzip.open)
    write_lines(folder / "queries.jsonl", [{"_id": f"q{n}", "text": "một"} for n in range(8)])
    judged = "".join(f"q{n}\td1\t1\nq{n}\td2\t0\n" for n in range(7))
    (folder / "qrels.tsv").write_text("query-id\tcorpus-id\tscore\n" + judged)
    (folder / "meta.json").write_text('{"lang": "vi"}')
    for start, name in enumerate(ARTICLE_FILES):
        rows = [
            {"id": f"a{n}", "title": f"Tin {n // 4}", "lead": "mở", "body": "thân"}
            for n in range(start * 30, start * 30 + 30)
        ]
        write_lines(tmp_path / name, rows, lzma.open)
    return tmp_path


def test_a_judged_set_holds_documents_questions_and_grades(data):
    small = load_judged("small", data=data)
    assert [document.title for document in small.documents] == ["Một", ""]
    assert small.documents[0].body == "hai"
    assert small.questions[0].judgements == {"d1": 1, "d2": 0}


def test_a_question_without_judgements_is_not_asked(data):
    assert len(load_judged("small", data=data).questions) == 7


def test_the_halves_part_the_questions(data):
    tune, held = (load_judged("small", half=half, data=data) for half in ("tune", "held"))
    assert len(tune.questions) + len(held.questions) == 7
    assert all(half_of(question.question_id) == "held" for question in held.questions)
    assert tune.index_fingerprint == held.index_fingerprint
    assert tune.fingerprint != held.fingerprint


def test_articles_are_indexed_without_titles(data):
    articles = load_articles(60, questions=60, data=data)
    assert len(articles.documents) == len(articles.questions) == 60
    assert not any(document.title for document in articles.documents)


def test_articles_with_one_title_are_all_relevant(data):
    articles = load_articles(60, questions=60, data=data)
    assert {len(question.judgements) for question in articles.questions} == {4}


def test_the_halves_share_no_article(data):
    tune, held = (load_articles(60, questions=9, half=half, data=data) for half in ("tune", "held"))
    assert len(tune.documents) + len(held.documents) == 60
    assert {half_of(document.document_id) for document in held.documents} == {"held"}


def test_a_smaller_set_of_articles_is_part_of_a_larger(data):
    small, large = (load_articles(count, questions=9, data=data) for count in (10, 20))
    assert small.documents == large.documents[:10]


def test_the_fingerprint_follows_the_data(data):
    before = load_articles(60, questions=9, data=data).fingerprint
    assert load_articles(60, questions=9, data=data).fingerprint == before
    assert load_articles(60, questions=8, data=data).fingerprint != before
    write_lines(
        data / ARTICLE_FILES[0], [{"id": "a1", "title": "x", "lead": "", "body": ""}], lzma.open
    )
    assert load_articles(60, questions=9, data=data).fingerprint != before


def test_missing_data_is_named(tmp_path):
    with pytest.raises(DataMissingError, match="small"):
        load_judged("small", data=tmp_path)
    with pytest.raises(DataMissingError, match="baomoi"):
        load_articles(1, questions=1, data=tmp_path)


def test_an_id_stays_in_its_half():
    """If this fails, what was held back has been looked at."""
    names = ("baomoi-21454551", "vietnews-train-000001", "q1")
    assert [half_of(name) for name in names] == ["tune", "held", "held"]
