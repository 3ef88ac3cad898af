import pytest

from civicsearch.engines.local.codebook import PLAIN
from civicsearch.engines.local.stored import StoredReader, StoredWriter
from fakes.builders import a_document
from fakes.rankings import patched
from fakes.segments import a_file


def stored(folder, documents, name="some.seg"):
    writer = StoredWriter()
    for document in documents:
        writer.add(document)
    return StoredReader(a_file(folder, lambda file: {"stored": writer.write(file)}, name))


def texts_back(folder, texts):
    writer = StoredWriter()
    for text in texts:
        writer.add_text(text)
    reader = StoredReader(a_file(folder, lambda file: {"stored": writer.write(file)}))
    return reader, [reader.text(number) for number in range(len(texts))]


@pytest.mark.parametrize(
    "values",
    [
        {"views": 0},
        {"views": None},
        {"url": ""},
        {"url": None},
        {"lead": "Một.\n\nHai.", "body": "\nBa \ud800"},
        {"lead": "😀 đầu"},
        {"body": "thân"},
        {},
    ],
)
def test_a_document_comes_back_as_it_went_in(tmp_path, values):
    document = a_document(**values)
    assert stored(tmp_path, [document]).document(0) == document


def test_a_handful_of_documents_has_no_codebook(tmp_path):
    reader = stored(tmp_path, [a_document() for _ in range(31)])
    assert list(reader.runs()) == [(0, 31, PLAIN)]


def test_documents_share_a_codebook_that_makes_them_smaller(tmp_path):
    text = "Sáng nay, xã Nà Lường khánh thành cây cầu treo dài 120 mét, bắc qua suối Pha, nối bản "
    text += "Huổi với trung tâm xã; bà con không còn phải lội suối mỗi mùa mưa."
    few = stored(tmp_path, [a_document(body=text) for _ in range(31)], "few.seg")
    many = stored(tmp_path, [a_document(body=text) for _ in range(40)], "many.seg")
    ((first, last, codebook),) = many.runs()
    assert (first, last) == (0, 40)
    assert set(text) <= set(codebook.alphabet)
    assert codebook.dictionary
    assert many.codebook(39) == codebook
    assert len(many.packed(39)) < 0.6 * len(few.packed(30))
    assert many.document(39).body == few.document(30).body == text


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
    one = stored(tmp_path, [a_document(title=f"dân {n}") for n in range(32)], "one.seg")
    other = stored(tmp_path, [a_document(title=f"vận {n}") for n in range(32)], "other.seg")
    writer = StoredWriter()
    for reader in (one, other, one):
        writer.add_packed(*reader.packed_together(3, 5), reader.codebook(3))
    writer.add(a_document(document_id="last"))
    file = a_file(tmp_path, lambda file: {"stored": writer.write(file)})
    assert len(file.facts["stored"]["alphabets"]) == 3
    merged = StoredReader(file)
    assert [run for *run, _ in merged.runs()] == [[0, 0], [0, 2], [2, 4], [4, 6], [6, 7]]
    assert len({codebook for *_, codebook in merged.runs() if codebook != PLAIN}) == 2
    assert [merged.document(n).title for n in range(6)] == [
        "dân 3", "dân 4", "vận 3", "vận 4", "dân 3", "dân 4",
    ]  # fmt: skip
    assert merged.document(6).document_id == "last"


def test_what_is_packed_is_written_at_once_where_there_is_a_section(tmp_path):
    def write(file):
        writer = StoredWriter(file.section("stored", "u1"))
        writer.add_packed(b"abcde", [3, 2], PLAIN)
        assert writer.size_bytes == 0
        return {"stored": writer.write(file)}

    reader = StoredReader(a_file(tmp_path, write))
    assert [reader.packed(0), reader.packed(1)] == [b"abc", b"de"]
