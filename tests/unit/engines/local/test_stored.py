import pytest

from civicsearch.engines.local.stored import StoredReader, StoredWriter
from fakes.builders import a_document
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
