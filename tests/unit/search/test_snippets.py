import pytest

from civicsearch.analysis import Analyzer
from civicsearch.document import Caption
from civicsearch.query import parse_query
from civicsearch.search import passages as passages_module
from civicsearch.search import windows
from civicsearch.search.highlighting import DocumentMarks
from civicsearch.search.snippets import (
    MAX_SNIPPET_CHARS,
    highlight_title,
    make_passages,
    make_snippet,
)
from civicsearch.search.telling import telling_of
from civicsearch.search.windows import _ends_sentence
from fakes.builders import a_document

BODY = (
    "Sáng nay, xã Đồng Vọng khởi công đường liên thôn. Người dân góp 1.200 ngày công.\n\n"
    "Ban Dân vận Huyện uỷ đánh giá mô hình dân vận khéo ở đây. Cán bộ vận động từng nhà."
)


def snippet(query, **values):
    document = a_document(**values)
    return make_snippet(document, DocumentMarks(document, parse_query(query), Analyzer()))


def marked(found):
    return [found.text[start:end] for start, end in found.highlights]


def test_the_passage_that_matches_is_shown_with_its_words_marked():
    found = snippet("dan van kheo", body=BODY)
    assert found.text.startswith("Ban Dân vận Huyện uỷ")
    assert marked(found) == ["Dân", "vận", "dân", "vận", "khéo", "vận"]


def test_a_phrase_marks_its_words_only_where_they_stand_together():
    assert marked(snippet('"dân vận"', body=BODY)) == ["Dân vận", "dân vận"]


def test_an_accent_typed_binds_in_the_marks_too():
    assert marked(snippet("dẫn OR vận", body="dẫn dân vận")) == ["dẫn", "vận"]


def test_excluded_words_are_not_marked():
    assert marked(snippet("dân -xã", body="dân xã")) == ["dân"]


def test_a_word_asked_for_in_another_field_is_not_marked():
    assert marked(snippet("title:dân", title="dân", body="dân")) == []


def test_the_sentence_is_shown_from_its_beginning():
    found = snippet("góp", body=BODY)
    assert found.text == "Người dân góp 1.200 ngày công."


def test_the_lead_wins_over_the_body_when_both_match_as_much():
    assert snippet("đường", lead="Một con đường.", body=BODY).text == "Một con đường."


def test_the_passage_with_more_of_the_words_wins_over_the_lead():
    found = snippet("đường thôn", lead="Một con đường.", body=BODY)
    assert marked(found) == ["đường", "thôn"]


def test_a_match_in_a_caption_is_shown():
    caption = Caption(text="Cầu treo Nà Lường. Ảnh: Lò Văn Tấu")
    assert marked(snippet("treo", body="Khác.", captions=(caption,))) == ["treo"]


def test_without_a_match_in_the_text_the_beginning_is_shown():
    found = snippet("vận", title="Dân vận", body=BODY)
    # the title matched; the body does too, so look at one where it does not
    assert found.highlights
    found = snippet("zzz", title="zzz", body=BODY)
    assert found.text.startswith("Sáng nay, xã Đồng Vọng")
    assert found.highlights == ()


def test_a_document_without_text_has_an_empty_snippet():
    assert snippet("zzz", title="zzz").text == ""


@pytest.mark.parametrize("gap", [1, 100, 400, 3000])
def test_a_snippet_is_never_longer_than_its_bound_and_cuts_no_word(gap):
    body = "từ " * gap + "kho báu " + "sau " * gap
    found = snippet('"kho báu"', body=body)
    assert len(found.text) <= MAX_SNIPPET_CHARS + 2
    assert marked(found) == ["kho báu"]
    assert set(found.text.strip("…").split()) <= {"từ", "kho", "báu", "sau"}


def test_an_ellipsis_stands_only_where_a_sentence_is_cut():
    body = "Một câu. " + "dài " * 100 + "kho báu " + "dài " * 100 + "hết. Câu sau."
    assert snippet("báu", body=body).text.startswith("…dài")
    assert snippet("báu", body=body).text.endswith("dài…")
    assert snippet("sau", body=body).text == "Câu sau."


def test_a_better_passage_is_found_among_many_good_ones():
    good = "Dân góp công.\n\n" * 50
    body = good + "Xã vận động dân góp công.\n\n" + good
    assert snippet("dân vận động", body=body).text == "Xã vận động dân góp công."


def test_many_matches_in_one_endless_sentence_are_no_trouble():
    found = snippet("dân vận", body="dân " * 20_000 + "vận")
    assert marked(found)[-1] == "vận"
    assert "dân" in marked(found)


def test_not_every_window_of_an_enormous_text_is_looked_at(monkeypatch):
    """Two patterns for one word promise more than any window holds, so none is left out by that."""
    looked_at = []

    def window_at(*arguments):
        looked_at.append(arguments)
        return windows.window_at(*arguments)

    monkeypatch.setattr(passages_module, "window_at", window_at)
    monkeypatch.setattr(passages_module, "_MOST_WINDOWS", 40)
    found = snippet("d?n dan~", body="dân " * 1000)
    assert len(looked_at) <= 40
    assert set(marked(found)) == {"dân"}


def test_words_next_to_each_other_win_over_words_apart():
    body = "Gia đình có vàng.\n\nGiả dối, vàng vọt, giã gạo.\n\nHôm nay giá vàng tăng."
    assert snippet("gia vang", body=body).text == "Hôm nay giá vàng tăng."


def test_a_sentence_wins_over_a_row_of_a_table():
    body = "Chỉ tiêu | Cầu | Cầu\n\nXã làm cầu mới."
    assert snippet("cầu", body=body).text == "Xã làm cầu mới."


def test_an_abbreviation_ends_no_sentence():
    body = "Powiat da 2 mln zł. i dołoży " + "jeszcze " * 60 + "resztę."
    assert snippet("dołoży", body=body).text.startswith("Powiat da 2 mln zł. i dołoży")


def test_a_line_break_becomes_a_blank():
    assert "\n" not in snippet("hai", body="Hàng | Một\nHàng | hai").text


def test_the_title_is_marked():
    document = a_document(title="“Dân vận khéo” ở Phiêng Sậy")
    query = parse_query("dan kheo body:phieng")
    spans = highlight_title(DocumentMarks(document, query, Analyzer()))
    assert [document.title[s:e] for s, e in spans] == ["Dân", "khéo"]


@pytest.mark.parametrize("text", ["Hết.", "Hết!”", "Hết…»)", "Hết?' \n", '."'])
def test_a_sign_ends_a_sentence_whatever_closes_it(text):
    assert _ends_sentence(text)


@pytest.mark.parametrize("text", ["", " ", "Hết", "Hết,", "”)", "Hết. a", "Hết. )", "Hết:"])
def test_no_sentence_ends_without_a_sign(text):
    assert not _ends_sentence(text)


LONG = "\n\n".join(
    [
        "Chủ tịch xã nói về đường và về trường, về chợ và về trạm y tế.",
        "Ở bản Phiêng Say, con đường mới đã thông xe.",
        "Đường và cầu xong, đường liên bản và đường nội đồng còn chờ vốn.",
        "Cầu treo Nà Lường khánh thành tháng trước.",
    ]
)


def passages(query, limit, **values):
    document = a_document(**values)
    marks = DocumentMarks(document, parse_query(query), Analyzer())
    return [found.text for found in make_passages(document, marks, limit=limit, max_chars=80)]


def test_passages_after_the_first_add_what_it_does_not_show():
    """Another `đường`, however often, comes after the word that was not shown yet."""
    first, second, third = passages("phiêng say đường cầu", 3, body=LONG)
    assert first == "Ở bản Phiêng Say, con đường mới đã thông xe."
    assert "Cầu treo" in second or "cầu xong" in second
    assert third not in {first, second}


def test_there_are_no_more_passages_than_places_that_match():
    assert len(passages("treo", 10, body=LONG)) == 1
    assert passages("bóng đá", 3, body=LONG) == [LONG.split("\n")[0]]


def test_a_passage_may_be_in_every_part_of_the_article():
    found = passages("cầu", 4, lead="Cầu mới.", body="Có cầu.", captions=[Caption(text="Cây cầu")])
    assert found == ["Cầu mới.", "Có cầu.", "Cây cầu"]


def test_a_rare_word_is_shown_rather_than_two_common_ones():
    """`của` and `các` are in every article, `Phiêng` in one of a hundred."""
    body = "Ý kiến của các hộ được ghi lại.\n\nBản Phiêng đã có điện."
    document, query = a_document(body=body), parse_query("của các phiêng")
    common = {"của": 90, "các": 95, "phiêng": 1}
    telling = telling_of(query, frequency=lambda leaf: common[leaf.exact], documents=100)
    marks = DocumentMarks(document, query, Analyzer(), telling=telling)
    assert make_snippet(document, marks).text == "Bản Phiêng đã có điện."
    assert snippet("của các phiêng", body=body).text == "Ý kiến của các hộ được ghi lại."


def test_a_word_behind_a_longer_one_than_a_window_is_in_its_passage():
    """The next place between words lies behind it: there the window would hold nothing."""
    document = a_document(body="k" * 100 + "-dân vận")
    marks = DocumentMarks(document, parse_query("dân"), Analyzer())
    found = make_snippet(document, marks, max_chars=40)
    assert found.text == "…kkkkkkkkk-dân vận"
    assert marked(found) == ["dân"]
