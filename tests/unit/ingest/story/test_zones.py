"""What blocks are for the reader."""

from __future__ import annotations

import pytest

from civicsearch.ingest.blocks import Block, Kind, Zone
from civicsearch.ingest.story.zones import Zones, label_blocks

PROSE = "Hội đồng nhân dân xã đã bàn rất kỹ về con đường mới, về nước sạch và về trường học của thôn số {}."


def paragraph(text: str, **values) -> Block:
    return Block(kind=values.pop("kind", Kind.PARAGRAPH), text=text, **values)


def story(first: int = 0, last: int = 4) -> list[Block]:
    return [paragraph(PROSE.format(number)) for number in range(first, last)]


def label(*blocks: Block, headline: str = "Họp dân bàn chuyện đường") -> Zones:
    return label_blocks(blocks, headline=headline)


def body(zones: Zones) -> list[str]:
    return [block.text for block in zones.body]


def test_what_stands_above_the_headline_goes():
    zones = label(paragraph("Trang chủ"), paragraph("Họp dân bàn chuyện đường"), *story())
    assert body(zones) == [block.text for block in story()]
    assert zones.decisions[1].zone is Zone.TITLE


def test_date_line_and_byline_are_no_story():
    zones = label(paragraph("06/08/2020 - Lượt xem: 1901"), *story(), paragraph("Nguyễn Văn Lúa"))
    assert body(zones) == [block.text for block in story()]
    assert [block.text for block in zones.bylines] == ["Nguyễn Văn Lúa"]
    assert len(zones.datelines) == 1


def test_a_box_below_ends_the_story():
    zones = label(*story(), paragraph("Tin liên quan"), paragraph("Xã bên khai hội mùa xuân"))
    assert body(zones) == [block.text for block in story()]


def test_a_box_in_the_middle_is_skipped():
    zones = label(
        *story(0, 3),
        paragraph("Xem thêm"),
        paragraph("Xã bên khai hội", link_chars=15),
        *story(3, 6),
    )
    assert body(zones) == [block.text for block in story(0, 6)]


def test_a_bold_paragraph_set_apart_is_the_lead():
    zones = label(
        paragraph(
            "Xã vừa họp dân để bàn việc mở đường trong mùa khô năm nay, sau vụ gặt.", bold=True
        ),
        *story(),
    )
    assert [block.text[:6] for block in zones.lead] == ["Xã vừa"]


def test_a_lead_and_the_first_paragraph_are_one_text_once():
    """The lead stays where they are the same, and the paragraph where the lead is cut from it."""
    first, *others = story()
    zones = label(paragraph(first.text, names="sapo"), *story())
    assert [block.text for block in zones.lead] == [first.text]
    assert body(zones) == [block.text for block in others]
    zones = label(paragraph(f"{first.text[:50]}…", names="sapo"), *story())
    assert not zones.lead
    assert body(zones) == [block.text for block in story()]


def test_a_story_that_is_all_bold_has_no_lead():
    zones = label(*(paragraph(block.text, bold=True) for block in story()))
    assert not zones.lead


def test_a_photo_credit_makes_a_caption():
    zones = label(*story(0, 2), paragraph("Dân góp ý tại cuộc họp. Ảnh: Lê An"), *story(2, 4))
    assert [block.text for block in zones.captions] == ["Dân góp ý tại cuộc họp. Ảnh: Lê An"]


def test_a_byline_with_a_role_is_no_caption():
    zones = label(*story(), paragraph("Bài, ảnh: Trần Thị Bình"))
    assert [block.text for block in zones.bylines] == ["Bài, ảnh: Trần Thị Bình"]


def test_a_list_that_was_announced_may_end_the_story():
    items = [Block(kind=Kind.ITEM, text=text) for text in ("Xã Đồng Vọng", "Xã Khe Rồng")]
    zones = label(*story(), paragraph("Các xã được cấp vốn trong năm nay gồm:"), *items)
    assert body(zones)[-2:] == ["Xã Đồng Vọng", "Xã Khe Rồng"]


def test_a_story_held_for_each_width_of_screen_is_told_once():
    assert body(label(*story(), *story())) == [block.text for block in story()]


def test_every_block_gets_a_decision():
    blocks = [*story(), paragraph("Tin liên quan")]
    assert [decision.text for decision in label(*blocks).decisions] == [b.text for b in blocks]


def test_a_line_with_its_own_link_is_dropped_alone():
    box = paragraph("Xem thêm: Xã bên mở chợ đêm vào cuối tuần này", link_chars=36)
    zones = label(*story(0, 2), box, paragraph("Việc còn lại chờ đến mùa khô năm sau."))
    assert body(zones) == [
        PROSE.format(0),
        PROSE.format(1),
        "Việc còn lại chờ đến mùa khô năm sau.",
    ]


def test_the_last_word_of_an_interview_stays():
    zones = label(*story(), paragraph("Xin cảm ơn ông!", bold=True), paragraph("Chia sẻ"))
    assert body(zones)[-1] == "Xin cảm ơn ông!"


def test_the_imprint_goes_with_its_addresses():
    imprint = [
        paragraph("Cơ quan chủ quản: UBND xã Đồng Vọng"),
        paragraph("Điện thoại: 0200 111 222"),
        paragraph("Ghi rõ nguồn khi phát hành lại thông tin từ trang này."),
    ]
    zones = label(*story(), paragraph("Nguyễn Văn Lúa"), *imprint)
    assert body(zones) == [block.text for block in story()]
    assert [block.text for block in zones.bylines] == ["Nguyễn Văn Lúa"]


def test_the_address_in_a_notice_stays():
    address = "Điện thoại: 0200 111 222, gặp cô Lúa ở văn phòng xã trong giờ làm việc."
    assert body(label(*story(), paragraph(address)))[-1] == address


def test_a_headline_beside_its_date_line_is_the_headline():
    zones = label(paragraph("Họp dân bàn chuyện đường 06/08/2020 - Lượt xem: 12"), *story())
    assert zones.decisions[0].zone is Zone.TITLE
    zones = label(paragraph("06/08/2020 Họp dân bàn chuyện đường"), *story())
    assert zones.decisions[0].zone is Zone.TITLE


def test_a_long_menu_may_stand_above_the_headline():
    menu = [paragraph(f"Mục {number}", link_chars=5) for number in range(100)]
    assert body(label(*menu, paragraph("Họp dân bàn chuyện đường"), *story())) == [
        block.text for block in story()
    ]


def test_a_story_above_a_second_headline_is_kept():
    zones = label(*story(0, 3), paragraph("Họp dân bàn chuyện đường"), *story(3, 4))
    assert PROSE.format(0) in body(zones)


def test_a_story_goes_on_below_a_box_with_one_long_paragraph():
    """`Also interesting` amid the story: what follows is longer than a teaser."""
    prose = "The council met on the quay and spoke about the price of water for an hour. "
    page = [
        paragraph(prose * 4),
        paragraph(prose * 4),
        paragraph("Read more"),
        paragraph("A teaser for another story", link_chars=26),
        paragraph(prose * 4 + "That was all."),
    ]
    zones = label_blocks(page, headline="Water")
    assert zones.body[-1].text.endswith("That was all.")


def test_a_request_for_consent_is_no_part_of_a_story():
    """It stands where a video would be."""
    prose = "The council met on the quay and spoke about the price of water for an hour. "
    ask = "Um eingebettete Inhalte anzuzeigen, ist deine widerrufliche Einwilligung notwendig."
    zones = label_blocks(
        [paragraph(prose * 4), paragraph(ask), paragraph(prose * 4)], headline="Water"
    )
    assert ask not in [block.text for block in zones.body]


def test_an_invitation_of_the_site_is_no_part_of_a_story():
    invitation = paragraph("Theo dõi Báo Lam Khê trên Zalo để nhận tin mới", link_chars=4)
    assert body(label(*story(0, 2), invitation, *story(2, 4))) == [
        block.text for block in story(0, 4)
    ]


def test_an_item_that_is_a_label_and_a_link_points_elsewhere():
    """A box amid the story lists others, each with its kicker."""
    pointer = Block(kind=Kind.ITEM, text="Flood: Where the water stands now", link_chars=26)
    zones = label(*story(0, 2), pointer, *story(2, 4))
    assert pointer not in zones.body
    kept = Block(kind=Kind.ITEM, text="Flood: 3 m above the old mark, see here", link_chars=8)
    assert kept in label(*story(0, 2), kept, *story(2, 4)).body


def test_typed_bullets_below_the_prose_are_a_list():
    items = [paragraph("+ Xã Đồng Vọng"), paragraph("+ Xã Khe Rồng")]
    assert body(label(*story(), *items))[-2:] == ["+ Xã Đồng Vọng", "+ Xã Khe Rồng"]


def test_a_fifth_of_the_prose_is_not_above_the_headline():
    """What was taken for the headline is the heading of a later part."""
    zones = label(*story(0, 1), paragraph("Họp dân bàn chuyện đường"), *story(1, 5))
    assert body(zones)[0] == PROSE.format(0)


def test_a_last_line_without_a_full_stop_stays_below_prose():
    """`Further information`, sources, a farewell; teasers stand in a box or by themselves."""
    last = "Danh sách các hộ góp đất làm đường được niêm yết tại nhà văn hóa thôn trong mười lăm ngày tới"
    assert body(label(*story(), paragraph(last)))[-1] == last
    apart = label(*story(), paragraph("Xã Khe Rồng"), paragraph(last))
    assert body(apart)[-1] == PROSE.format(3)
    linked = label(*story(), paragraph(last, link_chars=20))
    assert body(linked)[-1] == PROSE.format(3)


def test_a_sentence_round_its_link_is_no_link_alone():
    """The words before the link are the reporter's."""
    text = "As of today, the whole list of the wells can be read here in the office."
    zones = label(*story(0, 2), paragraph(text, link_chars=60), *story(2, 4))
    assert text in body(zones)
    alone = label(*story(0, 2), paragraph(text, link_chars=len(text)), *story(2, 4))
    assert text not in body(alone)


def test_a_thai_paragraph_ends_a_story_without_a_full_stop():
    last = "ฝ่ายคัดค้านต้องการให้สร้างสะพานใหม่ทั้งหมด แต่รายงานของวิศวกรระบุว่าสายเคเบิลยังอยู่ในสภาพดี"
    zones = label(*story(), paragraph(last))
    assert body(zones)[-1] == last


@pytest.mark.parametrize("line", ["Aktualisiert: 6. August 2020", "3 hours ago | Jo Lind"])
def test_a_line_that_says_when_in_another_way_is_a_date_line(line):
    """Above the story alone: below it says of another."""
    zones = label(paragraph(line), *story())
    assert body(zones) == [block.text for block in story()]


def test_items_that_the_last_line_announces_end_a_story():
    items = [paragraph(text, kind=Kind.ITEM) for text in ("Từ tháng 6", "Trong 12 tuần")]
    zones = label(*story(), paragraph("Kế hoạch:"), *items)
    assert body(zones)[-2:] == ["Từ tháng 6", "Trong 12 tuần"]


def test_a_line_with_two_signs_before_it_points_to_another_story():
    zones = label(*story(0, 2), paragraph(">> Xã bên sửa cầu"), *story(2, 4))
    assert body(zones) == [block.text for block in story()]
    assert "prints" in body(label(*story(), paragraph(">>> prints what is typed.")))[-1]


def test_a_table_that_tells_about_the_page_is_no_story():
    told = "Wytworzył: | Ewa Lis\nData publikacji: | 12.05.2025\nLiczba wyświetleń: | 210"
    price = "Ngày | Giá\n06/08/2020 | 12.000"
    tables = [paragraph(text, kind=Kind.TABLE) for text in (told, price)]
    zones = label(*story(), *tables)
    assert body(zones)[-1] == price
    assert [block.text for block in zones.bylines] == [told]


def test_what_is_kept_for_subscribers_goes_with_what_they_are_promised():
    zones = label(
        *story(0, 2),
        paragraph("Subscribe now to read the latest news of Lam Hill."),
        paragraph("A puzzle every day, and the printed paper to leaf through.", kind=Kind.ITEM),
        *story(2, 4),
        paragraph("An item of the story that stands alone, of quite some length.", kind=Kind.ITEM),
        paragraph("Sign in to comment"),
    )
    assert body(zones) == [block.text for block in story()] + [zones.decisions[-2].text]


def test_three_rows_right_below_the_story_are_its_end():
    """Each is a label and what it stands for; addresses are the site's."""
    rows = ["Thôn Nà Lường: 12 hộ", "Thôn Nà Dưới: 9 hộ", "Thôn Khau Lạ: 7 hộ"]
    assert body(label(*story(), *map(paragraph, rows)))[4:] == rows
    address = ["Địa chỉ: thôn Nà Lường", "Điện thoại: 0299 381 234", "Email: xa@lamkhe.example"]
    assert body(label(*story(), *map(paragraph, address)))[4:] == []


def test_the_rows_of_a_table_without_one_may_end_a_story():
    rows = ["Thôn Nà Lường: 12 hộ", "Thôn Nà Dưới: 9 hộ", "Thôn Khau Lạ: 7 hộ"]
    zones = label(*story(), *map(paragraph, rows[:2]), paragraph("Về trang đầu"))
    assert body(zones) == [block.text for block in story()]  # two lines are no table
    ended = paragraph("Thôn Nà Trên: 15 hộ, là thôn đông nhất xã, đã có nước sạch cả năm.")
    below = [paragraph("Thôn Nà Giữa: 8 hộ đã có nước sạch từ tháng năm."), ended]
    zones = label(*story(), *below, *map(paragraph, rows), paragraph("Về trang đầu"))
    assert body(zones)[4:] == [block.text for block in below] + rows
    zones = label(*story(), *below, *map(paragraph, rows[:1]), paragraph("Tin liên quan: xã bên"))
    assert body(zones)[4:] == [block.text for block in below] + rows[:1]


def test_comments_longer_than_the_story_end_it_at_their_heading():
    """A heading that a report may have as well does not."""
    said = [
        paragraph(
            f"Bạn đọc {n} nói rằng con đường mới của thôn sẽ giúp bà con đi chợ nhanh hơn trước nhiều."
        )
        for n in range(9)
    ]
    heading = paragraph("3 bình luận", kind=Kind.HEADING, level=3)
    assert body(label(*story(), heading, *said)) == [block.text for block in story()]
    heading = paragraph("Responses to the plan", kind=Kind.HEADING, level=3)
    assert len(body(label(*story(), heading, *said))) > len(said)


@pytest.mark.parametrize("heading", ["Bình luận (9)", "9 Comments", "Kommentare:", "Комментарии"])
def test_comments_may_be_headed_by_bold_words(heading):
    said = [
        paragraph(
            f"Bạn đọc {n} nói rằng con đường mới của thôn sẽ giúp bà con đi chợ nhanh hơn trước nhiều."
        )
        for n in range(9)
    ]
    head = paragraph(heading, bold=True)
    assert body(label(*story(), head, *said)) == [block.text for block in story()]
    assert len(body(label(*story(), paragraph("Kommentar", bold=True), *said))) > len(said)


def test_the_last_paragraph_below_a_small_box_belongs_to_the_story():
    """In a list of teasers links follow each; elsewhere its elements are named otherwise."""
    link = "Xã Nà Lường đón cầu mới"
    box = (paragraph("Xem thêm", bold=True), paragraph(link, kind=Kind.ITEM, link_chars=len(link)))
    last = paragraph(PROSE.format(9), names="p1")
    above = [block._replace(names="p1") for block in story()]
    assert body(label(*above, *box, last))[-1] == last.text
    teaser = last._replace(names="teaser")
    assert body(label(*above, *box, teaser)) == [block.text for block in above]
    assert body(label(*above, *box, last, box[1])) == [block.text for block in above]


def test_a_date_line_may_stand_below_the_lead():
    """Below the first paragraph a heading of two words is none, and no date is the page's."""
    lead = paragraph(PROSE.format(9), names="standfirst")
    by, heading = paragraph("Lê An • 6 tháng 8, 2020"), paragraph("Đồng Vọng")
    zones = label(lead, by, heading, *story())
    assert [block.text for block in zones.datelines] == [by.text]
    assert body(zones) == [heading.text, *(block.text for block in story())]
    zones = label(lead, paragraph(PROSE.format(8)), by, *story())
    assert not zones.datelines


@pytest.mark.parametrize("heading", ["Contact", "Kontakt", "Liên hệ:"])
def test_whom_to_ask_about_a_notice_is_not_who_wrote_it(heading):
    told = [Block(kind=Kind.HEADING, text=heading, level=2), paragraph("Jo Lind")]
    zones = label(*story(), *told)
    assert "Jo Lind" not in [block.text for block in zones.bylines]
    assert "Jo Lind" in [block.text for block in label(*story(), told[1]).bylines]
