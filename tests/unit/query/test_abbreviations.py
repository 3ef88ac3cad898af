"""The built-in table, and files of one's own."""

import json
import re
import tomllib
import unicodedata

import pytest

from civicsearch import AbbreviationsError, Archive
from civicsearch.analysis import Analyzer, fold
from civicsearch.query import abbreviation_files
from civicsearch.query.abbreviation_files import load_abbreviations, write_built_in
from civicsearch.query.abbreviations import BUILT_IN, Kind, built_in

TABLE = tomllib.loads(abbreviation_files.SOURCE.read_text("utf-8"))
LANGUAGES = ["vi", "cs", "pl", "es", "fr", "tr", "de", "en", "ro", "ru", "el"]

# A beginning of consonants, vowels, and an ending, as a Vietnamese syllable has them.
SYLLABLE = re.compile(
    r"(?:ngh?|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdghklmnprstvx])?(?:[aeiou][aeiouy]{0,2}(?:ch|ng|nh|[cmnpt])?|y)"
)


def entries(language):
    """Return what a language has: those of any case, and those in capitals."""
    section = dict(TABLE[language])
    return section, section.pop("capitals", {})


def exact(text):
    return " ".join(token.exact for token in Analyzer().tokens(text))


def readings(table, abbreviation):
    number = next(n for n, form in enumerate(table.forms) if form.exact == exact(abbreviation))
    return [table.forms[other].shown for other in table.readings(number)]


def test_the_table_is_large_enough():
    anywhere, capitals = entries("vi")
    assert len(anywhere) + len(capitals) >= 150
    assert sorted(TABLE) == sorted(LANGUAGES)
    for language in LANGUAGES[1:]:
        assert sum(map(len, entries(language))) >= 10, language


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_abbreviation_stands_in_a_language_twice(language):
    """Also not spelled otherwise: `GD&ĐT` and `GD-ĐT` are the same words."""
    anywhere, capitals = entries(language)
    spelled = [exact(name) for name in (*anywhere, *capitals)]
    assert len(set(spelled)) == len(spelled)


def test_all_texts_are_nfc_and_no_meaning_stands_twice_in_an_entry():
    text = abbreviation_files.SOURCE.read_text("utf-8")
    assert unicodedata.is_normalized("NFC", text)
    for language in LANGUAGES:
        for section in entries(language):
            for name, means in section.items():
                meanings = [exact(m) for m in ([means] if isinstance(means, str) else means)]
                assert meanings, name
                assert len(set(meanings)) == len(meanings), name


def test_what_may_be_a_word_is_an_abbreviation_in_capitals_only():
    """Vietnamese is typed without accents and capitals: `ong` is `ông`, no organization."""
    words = [
        name
        for language in LANGUAGES
        for name in entries(language)[0]
        if SYLLABLE.fullmatch(fold(name))
    ]
    assert words == []


def test_the_table_that_searches_load_is_the_one_that_is_edited(tmp_path):
    """After a change, run `sh script/abbreviations`."""
    write_built_in(tmp_path / "fresh.json")
    assert (tmp_path / "fresh.json").read_bytes() == BUILT_IN.read_bytes()


def test_an_abbreviation_and_what_it_means_are_read_as_each_other():
    table = built_in()
    assert readings(table, "UBND") == ["Ủy ban nhân dân"]
    assert readings(table, "Ủy ban nhân dân") == ["UBND"]
    assert readings(table, "BTC") == ["Ban Tổ chức", "Bộ Tài chính"]
    assert readings(table, "GDĐT") == ["Giáo dục và Đào tạo", "GD&ĐT"]


def test_what_is_one_in_capitals_only_is_no_reading():
    """An archive does not tell capitals: `thị trấn` would find every `tt`."""
    table = built_in()
    assert readings(table, "TT") == ["thị trấn", "thông tư", "trung tâm"]
    assert readings(table, "thị trấn") == []
    assert readings(table, "Trung ương") == ["TW"]


def test_every_reading_is_a_form_and_every_head_leads_to_one():
    values = json.loads(BUILT_IN.read_bytes())
    count = len(values["forms"])
    assert all(0 <= other < count for form in values["forms"] for other in form[3])
    reached = {n for seconds in values["heads"].values() for own in seconds.values() for n in own}
    assert reached == set(range(count))


def write(folder, text):
    path = folder / "own.toml"
    path.write_text(text, "utf-8")
    return path


def test_entries_of_a_file_are_added_take_the_place_of_others_or_take_them_away(tmp_path):
    path = write(
        tmp_path,
        """
        NL = "Nà Lường"
        [vi]
        UBND = "Uỷ ban nhân dân các cấp"
        BTC = []
        [vi.capitals]
        PS = ["Phiêng Say", "Phiêng Sậy"]
        """,
    )
    table = load_abbreviations(path)
    assert readings(table, "NL") == ["Nà Lường"]
    assert readings(table, "UBND") == ["Uỷ ban nhân dân các cấp"]
    assert readings(table, "HĐND") == ["Hội đồng nhân dân"]
    assert readings(table, "PS") == ["Phiêng Say", "Phiêng Sậy"]
    assert exact("BTC") not in {form.exact for form in table.forms}
    assert next(form.kind for form in table.forms if form.shown == "PS") == Kind.CAPITALS


def test_an_entry_typed_in_decomposed_letters_is_the_same(tmp_path):
    table = load_abbreviations(
        write(tmp_path, unicodedata.normalize("NFD", '"HĐƯ" = "Hội đồng ứng phó"'))
    )
    assert readings(table, "HĐƯ") == ["Hội đồng ứng phó"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('[vi]\nHĐ = "x"\n', "(at line 2, column 2); names with accents or signs need quotes"),
        ('A = "b"\nA = "c"\n', "Cannot overwrite a value (at line 2, column 8)"),
        ("[vi]\nAB = 3\n", "vi.AB must be a text in quotes, or a list of such texts"),
        ('[vi]\nAB = ["c d", 4]\n', "vi.AB must be a text in quotes, or a list of such texts"),
        ('[vi]\nAB = "--"\n', "vi.AB means '--', which has no words"),
        ('[vi]\n"&" = "and"\n', "'vi.&' has neither letters nor digits"),
        ('[vi]\nAB = "ab"\n', "vi.AB means itself"),
        (f'AB = "{"a " * 17}"\n', "AB has a text of more than 16 words"),
        (f"AB = {[f'w{n} x' for n in range(9)]}\n", "AB has more than 8 meanings"),
        ('[vi]\n"A&B" = "c"\nA-B = "d"\n', "vi.A-B and vi.A&B are the same abbreviation"),
        ('[vi.sub]\nAB = "c"\n', "vi.sub is a section too deep"),
        ('[vi.capitals.x]\nAB = "c"\n', "vi.capitals.x is a section too deep"),
        ("\n".join(f'A{n} = "b c"' for n in range(5001)), "it has more than 5,000 entries"),
        ("#" * (1 << 20) + "\n", "it is larger than 1,048,576 bytes"),
    ],
)
def test_a_file_that_cannot_be_used_is_told_with_line_or_entry(tmp_path, text, reason):
    path = write(tmp_path, text)
    with pytest.raises(AbbreviationsError) as raised:
        load_abbreviations(path)
    message = str(raised.value)
    assert message.startswith(f"The abbreviations in '{path}' cannot be used: ")
    assert reason in message
    assert message.endswith(". Mend the file, or search without it.")


def test_what_is_no_text_or_not_there_is_told(tmp_path):
    path = tmp_path / "own.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(AbbreviationsError, match="it is not UTF-8"):
        load_abbreviations(path)
    with pytest.raises(AbbreviationsError, match="No such file"):
        load_abbreviations(tmp_path / "none.toml")
    with pytest.raises(AbbreviationsError, match="directory"):
        Archive.in_memory(abbreviations=tmp_path)


def test_a_file_nested_too_deep_is_refused(tmp_path):
    path = write(tmp_path, "A = " + "[" * 100_000 + "]" * 100_000)
    with pytest.raises(AbbreviationsError, match=r"nested too deep|line 1"):
        load_abbreviations(path)
