"""What a profile finds wins; what it does not find is left to the generic rules."""

import datetime as dt

import pytest

from civicsearch import extract, extract_with_report, load_profiles
from civicsearch.errors import ExtractionError

URL = "https://suoingan.example/tin/17"
PROSE = (
    "Chiều qua, hội đồng xã Suối Ngàn họp về giá nước sạch và nghe ý kiến của mười hai thôn.",
    "Giá mới được áp dụng từ ngày đầu tháng tới cho tất cả các hộ dân trong toàn xã.",
)
PAGE = f"""<html lang=vi><head><title>Cổng xã</title><meta name=author content="Tống Văn Én"></head>
<body><h1>Cổng thông tin xã Suối Ngàn</h1><div class=muc><a href=/>Kinh tế</a></div>
<div class=tin><h2 class=ten>Giá nước sạch giảm</h2><span class=ngay>12-05-2024 07:30</span>
<p class=tom>Hội đồng xã họp chiều qua và quyết định giảm giá nước cho các thôn vùng cao.</p>
<div class=chu><p>{PROSE[0]}</p>
<div class=quang><p>Mua ngay máy lọc nước giá rẻ nhất hôm nay tại cửa hàng của chúng tôi!</p></div>
<p>{PROSE[1]}</p></div>
<em class=viet>Bài: Lê Thị Bình</em><div class=the><a>nước</a> <a>giá</a></div></div>
<div class=khac><p>Một chuyện khác hẳn, dài hơn cả tin chính, kể về chợ phiên vùng cao ngày cuối
năm với rất nhiều người mua và người bán, có cả những người đi từ đêm hôm trước.</p>
<p>Chợ họp từ sáng sớm đến trưa thì tan, ai về nhà nấy, chỉ còn lại vài quán nhỏ bên đường.</p>
</div></body></html>"""


@pytest.fixture
def profiles(tmp_path):
    def profiles(text):
        file = tmp_path / "profiles.toml"
        file.write_text(f'[sites."suoingan.example"]\n{text}', encoding="utf-8")
        return load_profiles(file)

    return profiles


def test_every_field_may_be_chosen(profiles):
    document = extract(
        PAGE,
        url=URL,
        profiles=profiles(
            'title = ".ten"\nlead = ".tom"\nbody = ".chu"\nauthors = ".viet"\nsection = ".muc a"\n'
            'tags = ".the a"\nremove = [".quang"]\n'
            'published = {selector = ".ngay", format = "%d-%m-%Y %H:%M"}\n'
        ),
    )
    assert document.title == "Giá nước sạch giảm"
    assert document.lead.startswith("Hội đồng xã họp")
    assert document.body.split("\n\n") == list(PROSE)
    assert document.authors == ("Lê Thị Bình",)
    assert document.published.isoformat() == "2024-05-12T07:30:00+07:00"
    assert (document.section, document.tags) == ("Kinh tế", ("nước", "giá"))


def test_what_finds_nothing_is_left_to_the_generic_rules_and_reported(profiles):
    own = profiles('title = ".none"\nauthors = ".ngay"\nbody = "hr"\n')
    extraction = extract_with_report(PAGE, url=URL, profiles=own)
    plain = extract_with_report(PAGE, url=URL)
    assert extraction.document == plain.document
    assert extraction.decisions == plain.decisions
    found = {one.field: (one.matched, one.is_used) for one in extraction.profile.findings}
    assert found == {"title": (0, False), "authors": (1, False), "body": (0, False)}
    assert plain.profile is None


def test_other_sites_are_read_as_ever(profiles):
    own = profiles('title = ".ten"\n')
    assert extract_with_report(PAGE, url="https://a.example/", profiles=own).profile is None
    assert extract_with_report(PAGE, profiles=own).profile is None


def test_the_address_that_a_page_states_will_do(profiles):
    page = PAGE.replace("<head>", f"<head><link rel=canonical href='{URL}'>")
    assert extract_with_report(page, profiles=profiles('title = ".ten"')).profile is not None


def test_an_attribute_has_the_value(profiles):
    own = profiles(
        "authors = {selector = 'meta[name=author]', attribute = 'content'}\n"
        "section = {selector = '.tin', attribute = 'class'}"
    )
    document = extract(PAGE, url=URL, profiles=own)
    assert (document.authors, document.section) == (("Tống Văn Én",), "tin")


def test_a_format_without_a_time_gives_a_day(profiles):
    page = PAGE.replace("12-05-2024 07:30", "2024, 12 / 5")
    own = profiles('published = {selector = ".ngay", format = "%Y, %d / %m"}')
    assert extract(page, url=URL, profiles=own).published == dt.date(2024, 5, 12)


def test_a_date_in_another_format_is_left_to_the_generic_rules(profiles):
    own = profiles('published = {selector = ".ngay", format = "%Y/%m/%d"}')
    extraction = extract_with_report(PAGE, url=URL, profiles=own)
    assert not extraction.profile.findings[0].is_used
    assert extraction.document == extract(PAGE, url=URL)


def test_a_body_in_pieces_is_one_story_in_the_order_of_the_page(profiles):
    document = extract(PAGE, url=URL, profiles=profiles('body = ".chu > p, .khac"'))
    assert document.body.startswith(PROSE[0])
    assert "máy lọc nước" not in document.body
    assert document.body.endswith("vài quán nhỏ bên đường.")


def test_a_body_inside_another_is_read_once(profiles):
    document = extract(PAGE, url=URL, profiles=profiles('body = ".chu, .chu p"'))
    assert document.body.count(PROSE[0]) == 1


def test_a_body_is_believed_whatever_surrounds_it(profiles):
    """A name of a sidebar or a style that hides it do not count."""
    page = PAGE.replace("<div class=tin>", "<aside class=sidebar style='display:none'>").replace(
        "</div>\n<div class=khac>", "</aside>\n<div class=khac>"
    )
    document = extract(page, url=URL, profiles=profiles('body = ".chu"\nremove = ".quang"'))
    assert document.body.split("\n\n") == list(PROSE)


def test_a_page_with_the_body_of_a_profile_is_an_article(profiles):
    links = "".join(
        f"<li><a href=/{n}>Chuyện thứ {n} của xã Suối Ngàn năm nay</a></li>" for n in range(40)
    )
    page = f"<body><ul>{links}</ul><div class=chu><p>Họp xã: nước giảm giá từ mai.</p></div></body>"
    with pytest.raises(ExtractionError, match="no article"):
        extract(page, url=URL)
    own = profiles('body = ".chu"')
    assert extract(page, url=URL, profiles=own).body == "Họp xã: nước giảm giá từ mai."


def test_what_is_removed_says_nothing_of_the_document(profiles):
    """Neither in the text nor in what the page states; what stands behind it stays."""
    own = profiles('remove = ["meta[name=author]", ".quang", "body"]')
    extraction = extract_with_report(PAGE, url=URL, profiles=own)
    assert "Én" not in " ".join(extraction.document.authors)
    page = (
        "<body><div class=chu><p>Một <b class=quang>x</b>hai ba bốn năm sáu bảy.</p></div></body>"
    )
    document = extract(page, url=URL, profiles=profiles('body = ".chu"\nremove = ".quang"'))
    assert document.body == "Một hai ba bốn năm sáu bảy."


def test_a_bottomless_page_with_a_profile_is_read(profiles):
    page = "<div>" * 1000 + f"<p>{PROSE[0]}</p><p>{PROSE[1]}</p>"
    own = profiles('title = "div div h1"\nbody = "p"\nremove = "b b b"')
    assert PROSE[0] in extract(page, url=URL, profiles=own).text
