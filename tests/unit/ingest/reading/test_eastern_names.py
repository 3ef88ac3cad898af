import pytest

from civicsearch.ingest.layout.bylines import is_labelled_byline
from civicsearch.ingest.reading.eastern_names import opening_byline
from civicsearch.ingest.reading.names import is_byline, parse_authors


@pytest.mark.parametrize(
    ("text", "authors"),
    [
        ("文: 中原 健太郎", ("中原 健太郎",)),
        ("文 佐伯 美和", ("佐伯 美和",)),
        ("取材・文 佐々木 健太郎", ("佐々木 健太郎",)),
        ("记者：王小明", ("王小明",)),
        ("本报记者 王小明 通讯员 李红", ("王小明", "李红")),
        ("（记者 王小明 李红）", ("王小明", "李红")),
        ("記者王小明／北山報導", ("王小明",)),
        ("文/王小明", ("王小明",)),
        ("取材・文＝山田 太郎", ("山田 太郎",)),
        ("執筆者：山田太郎", ("山田太郎",)),
        ("김민수 기자 minsu@lam.example", ("김민수",)),
        ("[한들일보 김민수 기자]", ("김민수",)),
        ("(한들=통신) 김민수·이지은 기자 =", ("김민수", "이지은")),
        ("글 김민수", ("김민수",)),
        ("بقلم: أحمد سالم", ("أحمد سالم",)),
        ("كتبت - منى حسن", ("منى حسن",)),
        ("लेखक: रवि मेहता", ("रवि मेहता",)),
        ("เขียนโดย สมชาย ใจดี", ("สมชาย ใจดี",)),
        ("מאת: דוד לוי", ("דוד לוי",)),
    ],
)
def test_a_role_names_authors_in_scripts_without_capitals(text, authors):
    assert parse_authors(text) == authors
    assert is_byline(text)
    assert is_labelled_byline(text)


@pytest.mark.parametrize(
    "text",
    [
        "编辑：王小明",
        "来源：岚山日报",
        "作者：岚山日报",
        "记者从市政府获悉",
        "記者会見が開かれた",
        "기자 회견이 열렸다",
        "قال رئيس البلدية",
        "주민 설명회 개최",
        "สภาเทศบาลประชุม ครั้งที่สอง",
    ],
)
def test_without_a_role_no_line_of_them_is_a_byline(text):
    assert not is_byline(text)


@pytest.mark.parametrize(
    ("text", "authors"),
    [
        ("新华社岚山5月12日电（记者王小明、李红）会议决定修缮吊桥。", ("王小明", "李红")),
        ("(한들=통신) 김민수 기자 = 군의회는 다리를 보수하기로 했다.", ("김민수",)),
        ("会议决定修缮吊桥（图为吊桥）。", ()),
        ("The council met.", ()),
    ],
)
def test_a_story_may_open_with_its_reporters(text, authors):
    found = [parse_authors(byline) for byline in opening_byline(text)]
    assert found == ([authors] if authors else [])


def test_a_stated_person_may_have_a_name_in_any_script():
    assert parse_authors("김민수", lone_word=True) == ("김민수",)
    assert parse_authors("रवि मेहता") == ("रवि मेहता",)
