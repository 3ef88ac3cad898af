"""`civicsearch cite`: articles as lines and as records."""

import json


def test_an_article_is_cited_in_a_line(call, index):
    done = call("cite", "khe-1")
    assert (done.status, done.err) == (0, "")
    assert done.out == (
        "Tòng Minh. “Dân vận khéo ở Phiêng Sậy”. Báo Lam Khê, 2020-08-06. "
        "https://lamkhe.example/dan-van\n"
    )


def test_several_articles_are_cited_in_one_style(call, index):
    done = call("cite", "khe-2", "lipa-3", "--style", "csl")
    assert [item["id"] for item in json.loads(done.out)] == ["khe-2", "lipa-3"]
    assert call("cite", "khe-2", "lipa-3", "--style", "bibtex").out.count("@article{") == 2
    assert call("cite", "khe-1", "--style", "ris").out.splitlines()[0] == "TY  - NEWS"


def test_what_cannot_be_cited_is_named(call, index):
    done = call("cite", "khe-1", "none")
    assert (done.status, done.out) == (2, "")
    assert "No document has the id 'none'" in done.err
    assert call("cite").status == 2
    assert "mla" in call("cite", "khe-1", "--style", "mla").err
