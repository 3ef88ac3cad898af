import weakref

import pytest

from civicsearch.engines.local.codebook import PLAIN
from civicsearch.engines.local.packed_texts import PackedTexts, PackedTextsWriter
from fakes.rankings import patched
from fakes.segments import a_file


def read(folder, writer, name="some.seg"):
    file = a_file(folder, lambda file: writer.write(file, "texts"), name)
    return PackedTexts(file, "texts", file.facts)


def packed(folder, texts, name="some.seg"):
    writer = PackedTextsWriter()
    for text in texts:
        writer.add(text)
    return read(folder, writer, name)


def texts_back(folder, texts):
    reader = packed(folder, texts)
    return reader, [reader.text(number) for number in range(len(texts))]


def test_a_handful_of_texts_has_no_codebook(tmp_path):
    reader = packed(tmp_path, ["dân"] * 31)
    assert list(reader.runs()) == [(0, 31, PLAIN)]


def test_texts_share_a_codebook_that_makes_them_smaller(tmp_path):
    text = "Sáng nay, xã Nà Lường khánh thành cây cầu treo dài 120 mét, bắc qua suối Pha, nối bản "
    text += "Huổi với trung tâm xã; bà con không còn phải lội suối mỗi mùa mưa."
    few = packed(tmp_path, [f"{n} {text}" for n in range(31)], "few.seg")
    many = packed(tmp_path, [f"{n} {text}" for n in range(40)], "many.seg")
    ((first, last, codebook),) = many.runs()
    assert (first, last) == (0, 40)
    assert set(text) <= set(codebook.alphabet)
    assert codebook.dictionary
    assert many.codebook(39) == codebook
    assert len(many.packed(39)) < 0.65 * len(few.packed(30))
    assert (many.text(39), few.text(30)) == (f"39 {text}", f"30 {text}")


def test_an_alphabet_is_filled_with_what_is_usual(tmp_path):
    """So that letters which the first documents lack do not make the others larger."""
    with patched({"SAMPLE": 1}):
        reader, _ = texts_back(tmp_path, ["ŝ"])
    alphabet = reader.codebook(0).alphabet
    assert alphabet[0] == "ŝ"
    assert set("aZ09~ ựỴđ\n…") <= set(alphabet)
    assert len(alphabet) == len(set(alphabet)) <= 255


def test_an_alphabet_has_the_commonest_letters_alone(tmp_path):
    with patched({"SAMPLE": 1, "_MOST_LETTERS": 2}):
        reader, back = texts_back(tmp_path, ["aabbbc", "ab", "abc"])
    assert reader.codebook(0).alphabet == "ba"
    assert back == ["aabbbc", "ab", "abc"]


@pytest.mark.parametrize(
    "odd",
    ["\0", "\x01", "\ufffe", "\uffff", "\ud800", "\U00010000", "😀", "\ud83d\ude00"],
)
def test_an_odd_letter_comes_back_whether_the_alphabet_has_it_or_not(tmp_path, odd):
    """None can be a letter: what is undefined, beyond two bytes, or half of a pair.

    Of two halves side by side, JSON would make one, and all letters after them another.
    """
    for number, texts in enumerate(([odd, "a", f"a{odd}"], ["a", odd, f"{odd}{odd}a", ""])):
        folder = tmp_path / f"{number}"
        folder.mkdir()
        with patched({"SAMPLE": 1}):
            reader, back = texts_back(folder, texts)
        assert back == texts
        alphabet = reader.codebook(0).alphabet
        assert "\ufffe" not in alphabet
        assert all(ord(letter) < 1 << 16 for letter in alphabet)
        assert not any("\ud800" <= letter <= "\udfff" for letter in alphabet)


def test_one_codebook_is_written_once_however_many_segments_had_it(tmp_path):
    one = packed(tmp_path, [f"dân {n}" for n in range(32)], "one.seg")
    other = packed(tmp_path, [f"vận {n}" for n in range(32)], "other.seg")
    writer = PackedTextsWriter()
    for reader in (one, other, one):
        writer.add_packed(*reader.packed_together(3, 5), reader.codebook(3))
    writer.add("last")
    merged = read(tmp_path, writer)
    assert [run for *run, _ in merged.runs()] == [[0, 0], [0, 2], [2, 4], [4, 6], [6, 7]]
    assert len({codebook for *_, codebook in merged.runs() if codebook != PLAIN}) == 2
    assert [merged.text(n) for n in range(7)] == [
        "dân 3", "dân 4", "vận 3", "vận 4", "dân 3", "dân 4", "last",
    ]  # fmt: skip


def test_texts_may_be_packed_by_what_others_have_in_common(tmp_path):
    """As a merge does, which packs some of its texts only, amid others."""
    writer = PackedTextsWriter(samples=["dân vận khéo"] * 40)
    writer.add_packed(b"", [], PLAIN)
    writer.add("dân vận")
    reader = read(tmp_path, writer)
    assert set("dân vậkhéo") <= set(reader.codebook(0).alphabet[:20])
    assert reader.text(0) == "dân vận"


def test_what_is_packed_is_written_at_once_where_there_is_a_section(tmp_path):
    def write(file):
        writer = PackedTextsWriter(file.section("texts", "u1"))
        writer.add_packed(b"abcde", [3, 2], PLAIN)
        assert writer.size_bytes == 0
        return writer.write(file, "texts")

    file = a_file(tmp_path, write)
    reader = PackedTexts(file, "texts", file.facts)
    assert [reader.packed(0), reader.packed(1)] == [b"abc", b"de"]


def test_texts_in_memory_have_the_size_of_what_is_packed_and_what_waits(tmp_path):
    writer = PackedTextsWriter()
    with patched({"SAMPLE": 3}):
        for text in ("dân vận khéo " * 9,) * 3:
            writer.add(text)
        assert writer.size_bytes == 3 * 9 * 13
        writer.add("vận")
    reader = read(tmp_path, writer)
    assert writer.size_bytes == sum(len(reader.packed(number)) for number in range(4))


def test_a_reader_is_gone_with_its_last_user(tmp_path):
    """Else the files of segments that were merged would stay open, and on the disk."""
    reader, _ = texts_back(tmp_path, ["dân"] * 40)
    gone = weakref.ref(reader)
    del reader
    assert gone() is None
