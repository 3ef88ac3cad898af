import pytest

from civicsearch.engines.local.stored import StoredReader, StoredWriter
from fakes.builders import a_document
from fakes.segments import a_file


def stored(folder, documents, name="some.seg"):
    writer = StoredWriter()
    for document in documents:
        writer.add(document)
    return StoredReader(a_file(folder, lambda file: {"stored": writer.write(file)}, name))


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


def test_a_handful_of_documents_has_no_dictionary(tmp_path):
    reader = stored(tmp_path, [a_document() for _ in range(31)])
    assert [dictionary for *_, dictionary in reader.runs()] == [b""]


def test_documents_share_a_dictionary_that_makes_them_smaller(tmp_path):
    text = "Sáng nay, xã Nà Lường khánh thành cây cầu treo dài 120 mét."
    few = stored(tmp_path, [a_document(body=text) for _ in range(31)], "few.seg")
    many = stored(tmp_path, [a_document(body=text) for _ in range(40)], "many.seg")
    ((first, last, dictionary),) = many.runs()
    assert (first, last) == (0, 40)
    assert text.encode() in dictionary
    assert len(many.packed(39)) < len(few.packed(30)) / 2
    assert many.document(39).body == few.document(30).body == text


def test_one_dictionary_is_written_once_however_many_segments_had_it(tmp_path):
    one = stored(tmp_path, [a_document(title=f"dân {n}") for n in range(32)], "one.seg")
    other = stored(tmp_path, [a_document(title=f"vận {n}") for n in range(32)], "other.seg")
    writer = StoredWriter()
    for reader in (one, other, one):
        writer.add_packed([reader.packed(3), reader.packed(4)], reader.dictionary(3))
    writer.add(a_document(document_id="last"))
    merged = StoredReader(a_file(tmp_path, lambda file: {"stored": writer.write(file)}))
    assert [first for first, *_ in merged.runs()] == [0, 0, 2, 4, 6]
    assert len({dictionary for *_, dictionary in merged.runs() if dictionary}) == 2
    assert [merged.document(n).title for n in range(6)] == [
        "dân 3", "dân 4", "vận 3", "vận 4", "dân 3", "dân 4",
    ]  # fmt: skip
    assert merged.document(6).document_id == "last"
