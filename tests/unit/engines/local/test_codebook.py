import random
from concurrent.futures import ThreadPoolExecutor

import pytest

from civicsearch.engines.local.codebook import IS_UTF8, Codebook, Packer, Unpacker, make_codebook

COMMON = "Ủy ban nhân dân huyện Nà Lường"


def texts_with(common, *, count=300, seed=5):
    """Texts of words that no other has, with one phrase in each."""
    chance = random.Random(seed)  # noqa: S311 - texts, no secrets
    letters = "aăâbcdđeêghiklmnoôơpqrstuưvxy"
    texts = []
    for _ in range(count):
        words = ["".join(chance.choices(letters, k=9)) for _ in range(40)]
        words.insert(chance.randrange(40), common)
        texts.append(" ".join(words))
    return texts


def test_a_dictionary_has_what_many_texts_say():
    codebook = make_codebook(texts_with(COMMON))
    spelled = Packer(Codebook(b"", codebook.alphabet)).to_bytes(COMMON)
    assert spelled in codebook.dictionary
    assert len(codebook.dictionary) <= 65536


def test_a_dictionary_makes_texts_smaller_that_say_what_is_in_it():
    texts = texts_with(COMMON)
    codebook = make_codebook(texts[:200])
    without = codebook._replace(dictionary=b"")
    sizes = [sum(len(Packer(book).pack(t)) for t in texts[200:]) for book in (codebook, without)]
    assert sizes[0] < 0.95 * sizes[1]


def test_a_dictionary_is_small_beside_its_texts():
    """As no others may come: an archive may get forty documents a day."""
    texts = texts_with(COMMON)[:40]
    assert 0 < len(make_codebook(texts).dictionary) <= sum(map(len, texts)) / 20


def test_a_long_text_comes_back_as_a_short_one_does():
    texts = texts_with(COMMON, count=40)
    codebook = make_codebook(texts)
    packer, unpacker = Packer(codebook), Unpacker(codebook)
    for text in (COMMON, COMMON * 40, "市" + COMMON * 40, ""):
        assert unpacker.unpack(packer.pack(text)) == text


def test_texts_are_unpacked_by_several_threads_at_once():
    texts = texts_with(COMMON, count=600)
    codebook = make_codebook(texts)
    packed, unpacker = list(map(Packer(codebook).pack, texts)), Unpacker(codebook)
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(unpacker.unpack, packed * 5)) == texts * 5


def test_a_codebook_depends_on_nothing_but_the_texts():
    assert make_codebook(texts_with(COMMON)) == make_codebook(texts_with(COMMON))


@pytest.mark.parametrize("texts", [[""], ["", ""], ["a"], ["a" * 9000], ["ab" * 9000] * 3])
def test_a_codebook_is_made_of_any_texts(texts):
    codebook = make_codebook(texts)
    assert codebook.dictionary == b""
    assert Unpacker(codebook).unpack(Packer(codebook).pack(texts[0])) == texts[0]


def test_only_the_beginnings_of_enormous_texts_are_read():
    codebook = make_codebook(["a" * 2_000_000 + "ż"])
    assert codebook.alphabet[0] == "a"
    assert "ż" not in codebook.alphabet


def test_texts_with_more_letters_than_an_alphabet_have_a_dictionary_too():
    signs = [chr(0x4E00 + number) for number in range(900)]
    chance = random.Random(3)  # noqa: S311 - texts, no secrets
    texts = ["市议会决定" + "".join(chance.choices(signs, k=120)) for _ in range(100)]
    codebook = make_codebook(texts)
    assert Packer(codebook).to_bytes(texts[0]).startswith(IS_UTF8)
    assert "市议会".encode() in codebook.dictionary
