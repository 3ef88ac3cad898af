import pytest

from civicsearch.document import Document
from civicsearch.engines.local import packed_texts
from civicsearch.engines.local.codebook import Packer
from civicsearch.engines.local.stored import StoredReader, StoredWriter
from civicsearch.errors import CivicSearchError
from fakes.builders import a_document
from fakes.rankings import patched
from fakes.segments import a_file


def stored(folder, documents):
    writer = StoredWriter()
    for document in documents:
        writer.add(document)
    return StoredReader(a_file(folder, lambda file: {"stored": writer.write(file)}))


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


def test_what_is_no_document_is_no_error_of_a_request(tmp_path, monkeypatch):
    """One bit turned `path` into `clth`: that a file was changed is to be said, and nothing else."""
    values = a_document().to_dict() | {"origins": [{"clth": "/a.html", "sha256": "0" * 64}]}
    with monkeypatch.context() as patch:
        patch.setattr(Document, "to_dict", lambda _: values)
        reader = stored(tmp_path, [a_document()])
    with pytest.raises(ValueError, match="origins") as caught:
        reader.document(0)
    assert not isinstance(caught.value, CivicSearchError)


def test_what_a_list_shows_of_a_document_is_that_of_the_document(tmp_path):
    documents = [a_document(title="😀 " * 300, url=None), a_document(published=None)]
    reader = stored(tmp_path, documents)
    for number, document in enumerate(documents):
        expected = (document.title, document.url, document.source, document.published)
        assert tuple(reader.summary(number)) == expected


def test_documents_that_are_not_written_yet_have_a_size():
    writer = StoredWriter()
    writer.add(a_document(body="dân " * 100))
    assert 400 < writer.size_bytes < 1000


@pytest.mark.parametrize("place", range(6))
def test_a_document_that_cannot_be_packed_is_not_added(tmp_path, monkeypatch, place):
    """Not its head alone, either: all heads after it would have the stories of others."""
    documents = [a_document(body=f"dân vận {n}") for n in range(6)]
    writer = StoredWriter()
    with patched({"SAMPLE": 3}):
        for number, document in enumerate(documents):
            if number == place:
                with monkeypatch.context() as patch:
                    patch.setattr(Packer, "pack", failing_after(1 if place > 3 else 0, Packer.pack))
                    added = is_added(writer, document)
                assert added == (place < 3)  # those wait, and are packed later
            else:
                writer.add(document)
    kept = [document for n, document in enumerate(documents) if n != place or place < 3]
    reader = StoredReader(a_file(tmp_path, lambda file: {"stored": writer.write(file)}))
    assert [reader.document(number) for number in range(len(kept))] == kept


def test_documents_that_wait_for_a_codebook_still_do_where_none_can_be_made(tmp_path, monkeypatch):
    """Else another try to commit would write a segment without its first documents."""
    documents = [a_document(body=f"dân vận {n}") for n in range(40)]
    writer = StoredWriter()
    for document in documents:
        writer.add(document)
    with monkeypatch.context() as patch:
        patch.setattr(packed_texts, "make_codebook", failing_after(1, packed_texts.make_codebook))
        with pytest.raises(MemoryError):
            a_file(tmp_path, lambda file: {"stored": writer.write(file)}, "first.seg")
    reader = StoredReader(a_file(tmp_path, lambda file: {"stored": writer.write(file)}))
    assert [reader.document(number) for number in range(40)] == documents


def failing_after(count, function):
    """Return a function that has no memory left after so many calls."""
    calls = iter(range(count))

    def called(*arguments):
        if next(calls, None) is None:
            raise MemoryError
        return function(*arguments)

    return called


def is_added(writer, document):
    try:
        writer.add(document)
    except MemoryError:
        return False
    return True
