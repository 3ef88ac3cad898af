import pytest

from civicsearch.analysis import Analyzer
from civicsearch.engines.local.words import WordNumbers
from fakes.rankings import patched


class CountingAnalyzer(Analyzer):
    def __init__(self):
        self.texts = []

    def iter_tokens(self, text):
        self.texts.append(text)
        return super().iter_tokens(text)


@pytest.fixture
def analyzer():
    return CountingAnalyzer()


@pytest.fixture
def words(analyzer):
    return WordNumbers(analyzer)


def read(words, text):
    chunks, _ = words.chunks_of([text])
    found, _ = words.freeze().words_of(chunks)
    return [words.exact[number] for number in found.tolist()]


def test_a_chunk_is_analysed_once(words, analyzer):
    assert read(words, "dân vận, dân vận. (vận)") == ["dân", "vận", "dân", "vận", "vận"]
    assert analyzer.texts == ["dân", "vận"]
    assert words.chunk_count == 4


def test_one_word_has_one_number_whatever_signs_and_case_it_has(words):
    assert read(words, "Dân dân DÂN, “dân”") == ["dân"] * 4
    assert len(words) == 1


def test_a_chunk_may_hold_several_words_or_none(words):
    assert read(words, "thị-ủy ... 19/2021 –") == ["thị", "ủy", "19", "2021"]


@pytest.mark.parametrize("blank", [" ", "\u00a0", "\u202f"])
def test_a_number_parted_by_blanks_is_one_word(words, blank):
    assert read(words, f"có 1{blank}700 lượt") == ["có", "1700", "lượt"]
    assert read(words, f"1{blank}700{blank}000 1{blank}70") == ["1700000", "1", "70"]


def test_a_number_before_another_word_is_a_number_alone(words, analyzer):
    assert read(words, "1\u00a0chuyến và 700") == ["1", "chuyến", "và", "700"]


def test_what_is_too_long_to_be_a_word_is_not_kept(words, analyzer):
    long_word, long_chunk = "x" * 65, "x-" * 40
    for _ in range(2):
        assert read(words, long_word) == [long_word]
        assert read(words, long_chunk) == ["x"] * 40
    assert analyzer.texts == [long_word, long_chunk] * 2


def test_no_text_has_no_words(words):
    assert read(words, "") == []
    assert (len(words), words.chunk_count) == (0, 0)


def test_words_of_chunks_come_one_after_the_other_however_many_at_once(words):
    chunks, _ = words.chunks_of(["dân thị-ủy ... vận dân"])
    for at_once in (1, 2, 1 << 14):
        with patched({"_CHUNKS_AT_ONCE": at_once}):
            found, bounds = words.freeze().words_of(chunks)
        assert [words.exact[n] for n in found.tolist()] == ["dân", "thị", "ủy", "vận", "dân"]
        assert bounds.tolist() == [0, 1, 3, 3, 4, 5]


def test_what_is_known_at_one_moment_stays_as_it_is(words):
    """Another thread reads it while more words are met."""
    read(words, "dân")
    known = words.freeze()
    read(words, "vận khéo")
    assert (known.exact, known.folded) == (["dân"], ["dan"])
    assert (known.chunk_ends.tolist(), known.chunk_words.tolist()) == ([1], [0])
