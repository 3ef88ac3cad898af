import random

import pytest

from civicsearch.engines.local.codebook import IS_UTF8, Codebook, Packer, make_codebook

COMMON = "Ủy ban nhân dân huyện Nà Lường"


def texts_with(common, *, count=300, seed=5):
    """Texts of words that no other has, with one phrase in each fifth."""
    chance = random.Random(seed)  # noqa: S311 - texts, no secrets
    letters = "aăâbcdđeêghiklmnoôơpqrstuưvxy"
    texts = []
    for number in range(count):
        words = ["".join(chance.choices(letters, k=9)) for _ in range(40)]
        if number % 5 == 0:
            words.insert(chance.randrange(40), common)
        texts.append(" ".join(words))
    return texts


def test_a_dictionary_has_what_many_texts_say():
    codebook = make_codebook(texts_with(COMMON))
    spelled = Packer(Codebook(b"", codebook.alphabet)).to_bytes(COMMON)
    assert spelled[2:-2] in codebook.dictionary
    assert codebook.dictionary.count(spelled[2:-2]) == 1
    assert len(codebook.dictionary) <= 8192


def test_a_dictionary_of_pieces_packs_smaller_than_whole_texts():
    chance = random.Random(6)  # noqa: S311 - texts, no secrets
    phrases = [text[:40] for text in texts_with("", count=150, seed=7)]
    texts = [
        " ".join((*chance.choices(phrases, k=3), noise[:150], *chance.choices(phrases, k=3)))
        for noise in texts_with("")
    ]
    codebook = make_codebook(texts[:200])
    plain = Packer(Codebook(b"", codebook.alphabet))
    whole = codebook._replace(dictionary=b"".join(map(plain.to_bytes, texts))[:8192])
    sizes = [
        sum(len(Packer(book).pack(text)) for text in texts[200:]) for book in (codebook, whole)
    ]
    assert sizes[0] < 0.95 * sizes[1]


def test_a_codebook_depends_on_nothing_but_the_texts():
    assert make_codebook(texts_with(COMMON)) == make_codebook(texts_with(COMMON))


@pytest.mark.parametrize("texts", [[""], ["", ""], ["a"], ["a" * 9000], ["ab" * 9000] * 3])
def test_a_codebook_is_made_of_any_texts(texts):
    codebook = make_codebook(texts)
    assert len(codebook.dictionary) <= 8192
    assert Packer(codebook).pack(texts[0])


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
