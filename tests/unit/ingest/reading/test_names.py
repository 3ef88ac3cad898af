import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicsearch.ingest.reading.names import desk_in, is_byline, parse_authors, photo_credit


@pytest.mark.parametrize(
    ("text", "authors"),
    [
        ("Nguyễn Văn", ("Nguyễn Văn",)),
        ("Bài, ảnh: Trần Thị Bình", ("Trần Thị Bình",)),
        ("Bài: Lê Minh; Ảnh: Phạm Hà", ("Lê Minh",)),
        ("Tác giả: Thanh", ("Thanh",)),
        ("Tin, ảnh: K.T", ("K.T",)),
        ("Phóng viên Lê Minh", ("Lê Minh",)),
        ("Autor: Jan Novák", ("Jan Novák",)),
        ("T.Hà", ("T.Hà",)),
        ("St.Lam", ()),
        ("By Jo Reed, Lam Hill Ledger", ("Jo Reed",)),
        ("By Jo Reed/Lam Hill Observer", ("Jo Reed",)),
        ("Jo Ledger", ("Jo Ledger",)),
        ("Siti Wulan - Kabar Lamasari", ("Siti Wulan",)),
        ("By Jo Reed Contributing Writer", ("Jo Reed",)),
        ("Ditulis oleh Siti Wulan pada 15 Agustus 2023", ("Siti Wulan",)),
        ("Jana Malá tisková mluvčí města", ("Jana Malá",)),
        ("Reporting by Jo Reed; Editing by Pat Lee", ("Jo Reed",)),
        ("Opublikowano przez użytkownika akowalska", ()),
        ("Petr Zlámal, Dana Křivá", ("Petr Zlámal", "Dana Křivá")),
        ("By JANE DOE and John Smith, Political Editor", ("JANE DOE", "John Smith")),
        ("By Laura June Topol July 10, 2015", ("Laura June Topol",)),
        ("Jo Reed Senior Politics Editor, The Lam Post", ("Jo Reed",)),
        ("Por Ana Ruiz y Luis Gil", ("Ana Ruiz", "Luis Gil")),
        ("Par Marie d'Aubert", ("Marie d'Aubert",)),
        ("Von Ludwig van der Berg (dpa)", ("Ludwig van der Berg",)),
        ("Oprac. Jan Kowalski", ("Jan Kowalski",)),
        ("Haber: Ayşe Yılmaz", ("Ayşe Yılmaz",)),
        ("Ann Lee Jr.", ("Ann Lee Jr.",)),
        ("Ann Lee, Ann Lee", ("Ann Lee",)),
        ("Ann Lee Lv2", ("Ann Lee",)),
        ("Ann Lee LV. 12 | 3 May 2024", ("Ann Lee",)),
        ("Maren LeeJoan Reed", ("Maren Lee", "Joan Reed")),
        ("Lê Thị HoàiTrần Văn Nam", ("Lê Thị Hoài", "Trần Văn Nam")),
        ("Ann MacLeod Reed", ("Ann MacLeod Reed",)),
        ("Ali AbdulRahman Saleh", ("Ali AbdulRahman Saleh",)),
        ("Ann McLeod Reed", ("Ann McLeod Reed",)),
        ("Anne Le Goff", ("Anne Le Goff",)),
        ("16/05/2024 - Karel Tichý", ("Karel Tichý",)),
        ("11 maja 2022, Halina Dudek", ("Halina Dudek",)),
        ("Fri, 3 May 2024 at 9:27 AM ET Rebecca Lind", ("Rebecca Lind",)),
        ("Von Tomas Lind Fr, 18. Oktober 2019", ("Tomas Lind",)),
        ("By Ana Ruiz Last updated Nov 8, 2023", ("Ana Ruiz",)),
        ("Người đăng: Đoàn Hữu Tư vào lúc 21:10", ("Đoàn Hữu Tư",)),
        ("Viết bởi Hứa Minh Tâm", ("Hứa Minh Tâm",)),
        ("Wysłany przez: Zofia Wrona dnia 3.05.2020", ("Zofia Wrona",)),
        ("Wytworzył: Piotr Maj", ("Piotr Maj",)),
        ("Autoren Ute Lind und Jo Berg", ("Ute Lind", "Jo Berg")),
        ("Text von Ute Lind Illustration von Jo Berg", ("Ute Lind",)),
        ("Bc. Tomáš Vrzal", ("Tomáš Vrzal",)),
        ("Cô Vàng Thị Mỷ", ("Vàng Thị Mỷ",)),
        ("By: Ana Ruiz", ("Ana Ruiz",)),
        ("Av: Lise Holm", ("Lise Holm",)),
        ("Skrevet av Lise Holm", ("Lise Holm",)),
        ("Oleh: Dewi Lestari", ("Dewi Lestari",)),
        ("Írta: Kis Anna", ("Kis Anna",)),
        ("Autor/in: Ute Lind", ("Ute Lind",)),
        ("Von unserer Mitarbeiterin Ute Lind", ("Ute Lind",)),
        ("De notre correspondante Léa Morin", ("Léa Morin",)),
        ("Articolo di Carla Neri", ("Carla Neri",)),
        ("Tin, ảnh Hồng Minh", ("Hồng Minh",)),
        ("Th.S Hồng Minh", ("Hồng Minh",)),
        ("Von Ute Lind (Text) und Jo Berg (Fotos)", ("Ute Lind",)),
        ("Ann Reed, Local Democracy Reporter", ("Ann Reed",)),
        ("By Ann Reed Special to the Post", ("Ann Reed",)),
        ("L. M.", ("L. M.",)),
        ("di Carla Neri Lunedì 12 Maggio 2025, 08:30", ("Carla Neri",)),
        ("Von Jan Weiß Montag, 12.05.2025, 21:40 Uhr", ("Jan Weiß",)),
        ("Autor: Ewa Lis poniedziałek, 12 maja 2025 r.", ("Ewa Lis",)),
        ("Ayşe Demir Giriş: 12.05.2025 - 08:30", ("Ayşe Demir",)),
        ("Penulis: Dewi Lestari Senin, 12 Mei 2025 08:30 WIB", ("Dewi Lestari",)),
        ("كتب: أحمد سالم الاثنين 12 مايو 2025", ("أحمد سالم",)),
        ("김민수 기자 입력 2025.05.12 08:30", ("김민수",)),
        ("（王小明 李红）", ("王小明", "李红")),
        ("（本报综合）", ()),
        ("文 佐伯 美和 , 2023年5月12日", ("佐伯 美和",)),
        ("Soumis par Odette Brun le lun, 12/05/2025 - 08:30", ("Odette Brun",)),
        ("creato da Ida Ferri — pubblicato 12/05/2025", ("Ida Ferri",)),
        ("Người đăng bài viết: Trần Thị Lan", ("Trần Thị Lan",)),
        ("Interview: Ute Lind", ("Ute Lind",)),
        ("By Lam 5 Staff", ()),
        ("Rita Leal com Lusa", ("Rita Leal",)),
        ("Tổng hợp: Thu Hà", ("Thu Hà",)),
        ("VOV-Tây Bắc", ()),
        ("JEAN-PAUL ROY", ("JEAN-PAUL ROY",)),
        ("न्यूज डेस्क", ()),
        ("FOR IMMEDIATE RELEASE", ()),
        ("Tin, ảnh hưởng của bão", ()),
        ("Nguyễn Trung Tâm", ("Nguyễn Trung Tâm",)),
        ("Trung Tran", ("Trung Tran",)),
        ("Trung tâm Văn hóa", ()),
        ("Gia Lai", ()),
        ("Tác giả: Hà Giang", ("Hà Giang",)),
        ("Huyện Phú Thiện", ()),
        ("Full Bio", ()),
        ("Weitere Informationen", ()),
        ("Ban Biên tập", ()),
        ("Thực hiện: Nhóm PV", ()),
        ("Nguồn: Báo Lam Khê", ()),
        ("TTXVN", ()),
        ("By Jo Lind The Lam Post", ("Jo Lind",)),
        ("CTV: Lê An", ("Lê An",)),
        ("Đại úy Trần Minh Hòa", ("Trần Minh Hòa",)),
        ("Người đưa tin: Lê An", ("Lê An",)),
        ("Nhóm phóng viên: Lê An, Hà Bình", ("Lê An", "Hà Bình")),
        ("Theo Lê An/TTXVN", ("Lê An",)),
        ("Theo TTXVN", ()),
        ("Đ/c Lê An - Phó Bí thư", ("Lê An",)),
        ("Lê An - Hạt Kiểm lâm", ("Lê An",)),
        ("Lê An - Đoàn Văn Tú", ("Lê An", "Đoàn Văn Tú")),
        ("Ghi chép của Lê An", ("Lê An",)),
        ("Scris de Ion Popescu", ("Ion Popescu",)),
        ("Autor: Kamil Wrona Komentarze (4)", ("Kamil Wrona",)),
        ("BS CKI. Lương Thị Bích", ("Lương Thị Bích",)),
        ("PGS.TS. Lò Thị Hoa", ("Lò Thị Hoa",)),
        ("TS Eliot Barnes", ("TS Eliot Barnes",)),
        ("Hải Yến TTVH", ("Hải Yến",)),
        ("Thứ Bảy - 23/12/2023 19h54", ()),
        ("Chủ Nhật", ()),
        ("Tuesday, 3 May 2024 By Ana Ruiz Leave a comment", ("Ana Ruiz",)),
        ("By Ana Ruiz No Comments", ("Ana Ruiz",)),
        ("Von Ute Lind Schreibe einen Kommentar", ("Ute Lind",)),
        ("Yazar Ayşe Demir", ("Ayşe Demir",)),
        ("admin", ()),
        ("ann.reed@lam.example", ()),
        ("Reuters Staff", ()),
        ("Những năm qua, xác định tầm quan trọng", ()),
        ("Redakcja", ()),
        ("", ()),
        ("Ann Reed " * 100, ()),
    ],
)
def test_names_are_found_without_roles(text, authors):
    assert parse_authors(text) == authors


def test_the_site_is_no_author():
    assert parse_authors("Lam Khê Mới", site_name="Lam khê mới") == ()


def test_one_word_is_a_name_only_where_asked():
    assert parse_authors("Krystyna") == ()
    assert parse_authors("Krystyna", lone_word=True) == ("Krystyna",)
    assert parse_authors("EcoShop", lone_word=True) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Nguyễn Văn",
        "Bài, ảnh: Trần Thị B",
        "Autor: Jan Novák",
        "Jana Malá, tisková mluvčí",
        "Ann Reed, Staff Writer",
        "Ute Lind/dpa",
        "Lê Minh/VOV-Nà Pheo",
        "Lê Minh - Phòng Văn hóa",
        "Lê Minh - Báo Lam Khê",
        "Lê Minh - Tú Ân",
    ],
)
def test_a_byline_is_seen(text):
    assert is_byline(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ann Reed, who leads the town",
        "Ann Reed, a teacher at the school, said it had been so for as long as she could remember.",
        "Tin liên quan",
        "Một là",
        "Nguyễn Văn nói gì?",
        "Lên đầu trang",
        "Lịch họp 2024",
        "x" * 200,
    ],
)
def test_other_short_lines_are_no_bylines(text):
    assert not is_byline(text)


@pytest.mark.parametrize(
    ("caption", "credit"),
    [
        ("Cán bộ làm việc với chi bộ. Ảnh: Nguyễn Đông", "Nguyễn Đông"),
        ("Người dân góp ý. (Ảnh: Lê A)", "Lê A"),
        ("Hội nghị - Ảnh: VGP/Nhật Bắc", "VGP/Nhật Bắc"),
        ("Nguoi dan gop y. Anh: Trieu Van Hien", "Trieu Van Hien"),
        ("Nový most. Foto: Vojtěch Pešava", "Vojtěch Pešava"),
        ("Rynek po remoncie, fot. Anna Nowak", "Anna Nowak"),
        ("Plaza. Foto Juan Pérez", "Juan Pérez"),
        ("Vue du port. © Jean Dupont / AFP", "Jean Dupont"),
        ("Vue du port. © Photo Yann Tanguy", "Yann Tanguy"),
        ("Crédit photo : Service communication / B. Astruel", "B. Astruel"),
        ("The mayor. Photo by Jim Beam", "Jim Beam"),
        ("Residents wait to speak. (Priya Reed / Lam Tribune)", "Priya Reed"),
        ("El salón de plenos. / Gaspar Lebrún", "Gaspar Lebrún"),
        ("Ảnh minh họa", ""),
        ("Ảnh: Internet", ""),
        ("Ảnh hưởng của bão số 4", ""),
        ("Toàn cảnh buổi họp.", ""),
        ("", ""),
    ],
)
def test_the_credit_is_cut_from_the_caption(caption, credit):
    assert photo_credit(caption) == credit


@given(st.text(max_size=300))
def test_any_text_is_read_without_error(text):
    assert all(name == name.strip() for name in parse_authors(text))
    assert isinstance(photo_credit(text), str)
    assert isinstance(is_byline(text), bool)


def test_two_dates_in_a_row_are_both_cut_off():
    assert parse_authors("By Ana Ruiz August 12, 2021 August 13, 2021 roads") == ("Ana Ruiz",)


def test_a_name_beside_a_picture_of_that_name_is_one():
    assert parse_authors("Ana Ruiz Ana Ruiz") == ("Ana Ruiz",)


@pytest.mark.parametrize("text", ["Lamwein GmbH", "Fraktion Lamberg", "PDF Version"])
def test_firms_and_groups_are_no_persons(text):
    assert parse_authors(text) == ()


@pytest.mark.parametrize(
    ("text", "authors"),
    [
        ("By Joe S.", ("Joe S.",)),
        ("Nico Gutierrez C.", ("Nico Gutierrez C.",)),
        ("By Ana Ruiz.", ("Ana Ruiz",)),
    ],
)
def test_the_full_stop_behind_a_last_initial_is_part_of_the_name(text, authors):
    assert parse_authors(text) == authors


@pytest.mark.parametrize(
    "text", ["Center for Bridges and Roads", "Organization for Old Bridges", "LAMM - Brewer"]
)
def test_one_word_of_an_office_is_no_person(text):
    assert parse_authors(text, lone_word=True) == ()


def test_a_lone_name_behind_a_role_may_write_for_a_paper():
    assert parse_authors("By Ana for The Lam Post") == ("Ana",)


@pytest.mark.parametrize(
    ("text", "authors"),
    [
        ("by Ana RuizAna Ruiz", ("Ana Ruiz",)),
        ("By Ana RuizReporter", ("Ana Ruiz",)),
        ("By Ana RuizIn Budget Travel", ("Ana Ruiz",)),
        ("By Jo McLind", ("Jo McLind",)),
    ],
)
def test_what_the_next_element_says_is_no_part_of_the_name(text, authors):
    assert parse_authors(text)[:1] == authors


@pytest.mark.parametrize(
    ("text", "authors"),
    [
        ("Autor: Fritz Lamm Quelle: Lampost", ("Fritz Lamm",)),
        ("13:30 von Olga Symbolbild imago", ()),
        ("von Olga Symbolbild imago", ("Olga",)),
        ("By Sina Lind IN Fashion", ("Sina Lind",)),
        ("Autorin/Autor Ute Lind", ("Ute Lind",)),
        ("Napsal Jana Novotná", ("Jana Novotná",)),
        ("Escribe Ana Ruiz", ("Ana Ruiz",)),
        ("Nicole Berg, Master Gardener & Garden Educator", ("Nicole Berg",)),
        ("Sina Lind Landespolitische Korrespondentin", ("Sina Lind",)),
    ],
)
def test_labels_and_roles_round_a_name_are_none(text, authors):
    assert parse_authors(text) == authors


@pytest.mark.parametrize("text", ["Lam Hill Staff", "Photo by Mo Stone", "Ihre Nachricht"])
def test_a_staff_a_photographer_and_a_form_are_no_authors(text):
    assert parse_authors(text) == ()


@pytest.mark.parametrize("text", ["By Super User", "By Anonymous", "By Guest Author"])
def test_a_placeholder_is_no_desk(text):
    assert desk_in(text) == ""
