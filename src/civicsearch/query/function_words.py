"""Which words of a query say nothing of what it is about: those that ask, and the small ones.

Articles answer and seldom ask, so `what` and `anyone` are rare in them and would count as much as
names. How rare they are cannot tell that, so they are listed, by language. Which language a query
is in is told by its small words: articles, prepositions and the like. They are folded, since
accents may be missing; a page tells its language by common words with their accents
(`ingest.reading.language`).
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from civicsearch.analysis.folding import fold, standardize
from civicsearch.query.syllables import are_vietnamese, is_syllable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = [
    "ASKING_WEIGHT",
    "SMALL_PAIR_SHARE",
    "asking_words",
    "function_words",
    "words_without_accents",
]

ASKING_WEIGHT = 0.35
"""What a word that only asks counts in place of 1."""
SMALL_PAIR_SHARE = 0.3
"""What two neighbours count in place of 1 where one is such a word: `of the`, `the hall`."""

_LEAST_HITS = 2
"""So many small words tell the language: `war` alone may be English or German."""

_ASKING = {
    "cs": "co kdo koho komu cim jak jaky jaka jake jakou kde kam odkud kdy proc kolik ktery ktera"
    " ktere kterou je jsou byl byla bylo byly ma maji muze",
    "de": "was wer wen wem wessen welche welcher welches welchen welchem wie wo wohin woher wann"
    " warum weshalb wieso wieviel ist sind war waren wird werden wurde wurden hat haben hatte"
    " hatten kann konnen konnte konnten gibt gab",
    "el": "τι ποιος ποια ποιο ποιοι ποιες ποιους ποιον ποιων πώς πού πότε γιατί πόσο πόσα πόσοι"
    " πόσες είναι ήταν έχει είχε",
    "en": "what which how who whom whose where when why is are was were am be been being do does"
    " did has have had can could will would should may might must there any anyone anybody",
    "es": "que quien quienes cual cuales como donde adonde cuando cuanto cuanta cuantos cuantas"
    " porque es son era eran fue fueron esta estan ha han habia hay puede",
    "fr": "que quoi qui quel quelle quels quelles comment ou quand pourquoi combien est sont etait"
    " etaient fut furent a ont avait peut peuvent lequel laquelle",
    "id": "apa apakah siapa siapakah mana dimana kemana kapan mengapa kenapa bagaimana berapa"
    " adalah ada",
    "it": "che cosa chi quale quali come dove quando quanto quanta quanti quante perche e sono era"
    " erano fu furono ha hanno aveva puo",
    "nl": "wat wie wiens welke welk hoe waar waarom wanneer hoeveel is zijn was waren wordt werd"
    " werden heeft hebben had kan kunnen",
    "pl": "co kto kogo komu czym jak jaki jaka jakie gdzie dokad skad kiedy dlaczego ile ktory"
    " ktora ktore czy jest sa byl byla bylo byly ma moze",
    "pt": "que quem qual quais como onde aonde quando quanto quanta quantos quantas porque e sao"
    " era eram foi foram esta estao ha tem pode",
    "ro": "ce cine pe cui care cum unde cand cat cati cate este sunt era erau fost a au are poate",
    "ru": "что кто кого кому чем чего какой какая какое какие каких какого каким как где куда"
    " откуда когда почему зачем сколько был была были было есть является",
    "sv": "vad vem vems vilken vilket vilka hur var vart varifran nar varfor ar blev blir har hade"
    " kan kunde finns fanns",
    "tr": "ne nedir nelerdir kimdir kime kimin hangi hangisi nasil nerede nereye nereden kac neden"
    " nicin mi mu midir",
    "uk": "що хто кого кому чим чого який яка яке які яких якого яким як де куди звідки коли чому"
    " навіщо скільки був була були було є",
}
"""Interrogatives and auxiliaries, Latin ones folded, but for those that are names as well."""

_SMALL = {
    "cs": "a v ve na se s z ze do od po pri pro podle za ktery nebo i ale",
    "de": "der die das den dem des ein eine einer eines einem und oder in im an am auf bei mit von"
    " vom zu zum zur fur nach aus uber unter vor durch als nicht sich es man viele",
    "el": "ο η το οι τα του της των τον την στο στη στον στην στα και με για από σε ένα μια να",
    "en": "the of and to in a an on for at by from with as it its this that these those or not if"
    " into about between during after before",
    "es": "el la los las un una de del al y o en con por para sin sobre entre se su sus lo no",
    "fr": "le la les l un une des du de d au aux et en dans par pour sur avec sans entre se son sa"
    " ses ne pas ce cette",
    "id": "yang di ke dari dan untuk dengan pada dalam oleh itu ini tidak atau sebagai",
    "it": "il lo la i gli le un uno una di del della dei delle a al alla da dal dalla in nel nella"
    " con su sul per tra fra si non ed",
    "nl": "de het een van in op aan te en of met voor door bij naar uit over onder niet dat die er",
    "pl": "i w we na z ze do od po przy dla o sie nie lub oraz przez za",
    "pt": "o a os as um uma de do da dos das em no na nos nas e ou com por para sem sobre entre se"
    " nao",
    "ro": "un o al ai ale de la in din pe cu si sau pentru prin intre se nu lui dintre",
    "ru": "в во на с со к ко по из от до для при за о об и или не у над под между этот это",
    "sv": "en ett den det de i pa av till for med och eller som om fran under mellan inte att",
    "tr": "ve ile bir bu su o da de icin olarak olan en cok gibi kadar veya sonra once",
    "uk": "в у на з із до по від для при за про і й та або не над під між цей це",
}
"""Articles, prepositions and the like, Latin ones folded."""


_WITHOUT_ACCENTS = frozenset(("de", "en", "id", "nl"))
"""Languages of which the words above have no accents, but for a few."""
_MOST_SYLLABLES = 0.4
"""Of the other words of a query in such a language, so many may be built as Vietnamese ones are."""
_MAY_HAVE_ACCENTS = frozenset(
    ["fur", "hatte", "hatten", "konnen", "konnte", "konnten", "uber", "wurde", "wurden"]
)


def _by_word(table: dict[str, str]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for language, words in table.items():
        for word in words.split():
            # As words of a query are: `qui` is `quy`, and `si` is `sy`.
            found.setdefault(fold(standardize(word)), set()).add(language)
    return {word: frozenset(languages) for word, languages in found.items()}


_ASKED_IN = _by_word(_ASKING)
_SMALL_IN = _by_word(_SMALL)
_NONE: frozenset[str] = frozenset()


def asking_words(folded: Sequence[str]) -> frozenset[str]:
    """Return which of the folded words of a query only ask, in the language that it is in.

    None do in Vietnamese, whose questions are told by words that are names of places elsewhere,
    and where leaving out `gì`, `nào` and the like cost 0.010 of nDCG.

    >>> sorted(asking_words("what is the height of the new town hall".split()))
    ['is', 'what']
    """
    if _ASKED_IN.keys().isdisjoint(folded):
        return _NONE
    return _that_mean_so_in(_languages_of(tuple(folded)), folded, _ASKED_IN)


def function_words(folded: Sequence[str]) -> frozenset[str]:
    """Return which of the folded words of a query ask or are small, in the language that it is in.

    >>> sorted(function_words("what is the height of the new town hall".split()))
    ['is', 'of', 'the', 'what']
    """
    if _ASKED_IN.keys().isdisjoint(folded) and _SMALL_IN.keys().isdisjoint(folded):
        return _NONE
    languages = _languages_of(tuple(folded))
    small = _that_mean_so_in(languages, folded, _SMALL_IN)
    return small | _that_mean_so_in(languages, folded, _ASKED_IN)


def words_without_accents(folded: Sequence[str]) -> frozenset[str]:
    """Return which of the folded words of a query are such words that have no accents to add.

    In an archive of several languages `the` would be `thế` to who writes Vietnamese. Where the
    language is not known, those are meant that are words of languages without accents alone.

    >>> words_without_accents(["the", "council"]), words_without_accents(["the", "gioi"])
    (frozenset({'the'}), frozenset())
    """
    languages = _languages_of(tuple(folded))
    if languages and not languages <= _WITHOUT_ACCENTS:
        return _NONE
    found = set()
    for word in folded:
        own = _ASKED_IN.get(word, _NONE) | _SMALL_IN.get(word, _NONE)
        if languages & own if languages else own and own <= _WITHOUT_ACCENTS:
            found.add(word)
    # `may bay cua my` is four words of Vietnamese, beside names from elsewhere.
    others = [word for word in folded if word not in found]
    if not others or sum(map(is_syllable, others)) > _MOST_SYLLABLES * len(others):
        return _NONE
    return frozenset(found) - _MAY_HAVE_ACCENTS


def _that_mean_so_in(
    languages: frozenset[str], folded: Sequence[str], known: Mapping[str, frozenset[str]]
) -> frozenset[str]:
    """Return the words that are known in all of the languages, of which there is one at least."""
    if not languages:
        return _NONE
    return frozenset(word for word in folded if languages <= known.get(word, _NONE))


@lru_cache(maxsize=256)
def _languages_of(folded: tuple[str, ...]) -> frozenset[str]:
    """Return the language of a query, or those that it may be in as well; none if it is unknown."""
    hits: Counter[str] = Counter()
    for word in dict.fromkeys(folded):
        hits.update(_ASKED_IN.get(word, _NONE) | _SMALL_IN.get(word, _NONE))
    most = max(hits.values(), default=0)
    if most < _LEAST_HITS or are_vietnamese(folded):
        return _NONE
    return frozenset(language for language, count in hits.items() if count == most)
