"""Numbers, codes and times that texts speak of, with every engine."""

import pytest

from civicsearch import Archive, Document

TEXTS = {
    "dots": "Xã có 1.700 hộ, trồng 45 cây mỗi hộ.",
    "comma": "Có 1,700 lượt người xem.",
    "blank": "Tổng cộng 1 700 tấn lúa.",
    "plain": "Số 1700 trong danh sách.",
    "more": "Hơn 2.500.000 đồng một hộ.",
    "code": "Theo Nghị định 19/2021/NĐ-CP và Nghị quyết 57-NQ/TW của Bộ Chính trị.",
    "term": "Nhiệm kỳ 2021-2026, xã làm mười cây cầu.",
    "quarter": "Thu ngân sách quý II/2020 đạt kế hoạch.",
    "month": "Lễ hội tháng 5 năm 2020 bị hoãn.",
    "day": "Ngày 06/08/2020, xã họp.",
    "spoken": "Sáng 6 tháng 8 năm 2020, trời mưa.",
    "months": "Trong 30 năm (1961-9/1991), xã trồng rừng.",
    "said": "Từ năm 1961 đến năm 1991, chợ họp ở bến đò.",
    "bare": "Theo so 1.700 trong danh sach nam 2015 cua xa.",
}


@pytest.fixture
def find(engine, fill):
    fill(*(Document(document_id=name, body=text) for name, text in TEXTS.items()))
    archive = Archive(engine)

    def find(text):
        results = archive.search(text, limit=100, strict=True)
        return {hit.document_id: hit for hit in results.hits}

    return find


GROUPED = {"dots", "comma", "blank", "plain", "bare"}


@pytest.mark.parametrize("text", ["1700", "1.700", "1,700", "1 700", '"1.700"', "num:1.700"])
def test_a_number_is_one_in_all_its_writings(find, text):
    """And marked as it stands in the text."""
    found = find(text)
    assert found.keys() == GROUPED
    snippet = found["dots"].snippet
    assert [snippet.text[a:b] for a, b in snippet.highlights] == ["1.700"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("num:[1600 TO 1800]", GROUPED),
        ("num:>2500", {"more"}),
        ("num:>=2500000", {"more"}),
        ("num:45", {"dots"}),
        ("num:[40 TO 50] hộ", {"dots"}),
        ("hộ -num:45", {"more"}),
        ("num:[3 TO 4]", set()),
    ],
)
def test_numbers_in_a_range(find, text, expected):
    """With other words, and left out."""
    assert find(text).keys() == expected


def test_numbers_are_marked(find):
    snippet = find("num:>1000000")["more"].snippet
    assert [snippet.text[a:b] for a, b in snippet.highlights] == ["2.500.000"]


@pytest.mark.parametrize(
    "text",
    [
        "19/2021/NĐ-CP", "19/2021/nđ-cp", "19/2021/ND-CP", '"19/2021"', "19/2021", "NĐ-CP",
        "19 / 2021 / NĐ – CP", "57-NQ/TW", "57-nq/tw", "57 NQ TW", "57–NQ/TW", '"NQ/TW"',
    ],
)  # fmt: skip
def test_codes_are_found_as_written_and_by_their_parts(find, text):
    """Without accents, in small letters, with other dashes and with blanks."""
    assert "code" in find(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("about:2015", {"bare"}),
        ("about:2023", {"term"}),
        ("about:2021", {"term", "code"}),
        ("about:2022-2024", {"term"}),
        ("about:Q2/2020", {"quarter", "month"}),
        ('about:"quý II/2020"', {"quarter", "month"}),
        ("about:05/2020", {"month"}),
        ("about:08/2020", {"day", "spoken"}),
        ("about:06/08/2020", {"day", "spoken"}),
        ("about:2020-08-06 mưa", {"spoken"}),
        ("about:1976", {"months", "said"}),
        ("about:1999", set()),
    ],
)
def test_times_that_a_text_speaks_of(find, text, expected):
    """A year, a term that it lies in, a quarter and its months, a month, a day."""
    assert find(text).keys() == expected
