"""Which month a word names, in the languages that civic news is met in.

Names are compared folded, so accents and case of the page do not matter; inflected forms stand
beside the base form (`maja`, `května`, `августа`). Abbreviations are those that sites print.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from civicsearch.analysis.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["iter_forms", "month_number"]

# One line a language; the months parted by "|", the forms of a month by blanks.
_NAMES = (
    # English
    (
        "january jan|february feb|march mar|april apr|may|june jun|july jul|august aug"
        "|september sept sep|october oct|november nov|december dec"
    ),
    # German, Austrian
    (
        "januar jänner jaen jän|februar feber|märz mär maerz mrz|april|mai|juni|juli|august"
        "|september|oktober okt|november|dezember dez"
    ),
    # French
    (
        "janvier janv|février fév févr|mars|avril avr|mai|juin|juillet juil|août aou"
        "|septembre|octobre|novembre|décembre déc"
    ),
    # Spanish, Galician
    (
        "enero ene xaneiro|febrero febreiro|marzo|abril abr|mayo maio|junio xuño|julio xullo"
        "|agosto ago|septiembre setiembre setembro|octubre outubro|noviembre novembro"
        "|diciembre dic decembro"
    ),
    # Portuguese
    (
        "janeiro|fevereiro fev|março|abril|maio|junho|julho|agosto|setembro set|outubro out"
        "|novembro|dezembro"
    ),
    # Italian
    (
        "gennaio gen|febbraio|marzo|aprile|maggio mag|giugno giu|luglio lug|agosto|settembre"
        "|ottobre ott|novembre|dicembre"
    ),
    # Catalan
    "gener|febrer|març|abril|maig|juny|juliol|agost|setembre|octubre|novembre|desembre",
    # Romanian
    (
        "ianuarie ian|februarie|martie|aprilie|mai|iunie iun|iulie iul|august|septembrie"
        "|octombrie|noiembrie noi|decembrie"
    ),
    # Czech
    (
        "leden ledna led|únor února úno|březen března bře|duben dubna dub|květen května kvě"
        "|červen června čvn čer|červenec července čvc|srpen srpna srp|září zář|říjen října říj"
        "|listopad listopadu lis|prosinec prosince pro"
    ),
    # Slovak
    (
        "január januára|február februára|marec marca|apríl apríla|máj mája|jún júna|júl júla"
        "|august augusta|september septembra|október októbra|november novembra|december decembra"
    ),
    # Polish
    (
        "styczeń stycznia sty|luty lutego lut|marzec marca|kwiecień kwietnia kwi|maj maja"
        "|czerwiec czerwca cze|lipiec lipca lip|sierpień sierpnia sie|wrzesień września wrz"
        "|październik października paź|listopad listopada lis|grudzień grudnia gru"
    ),
    # Hungarian
    (
        "január|február febr|március márc|április ápr|május máj|június jún|július júl"
        "|augusztus|szeptember szept|október|november|december"
    ),
    # Turkish
    (
        "ocak oca|şubat şub|mart|nisan nis|mayıs|haziran haz|temmuz tem|ağustos ağu|eylül eyl"
        "|ekim eki|kasım kas|aralık ara"
    ),
    # Dutch, Swedish, Norwegian, Danish
    "januari|februari|maart mrt|april|mei|juni|juli|augustus|september|oktober|november|december",
    "januar|februar|mars|april|maj|juni|juli|augusti|september|oktober|november|desember",
    # Finnish
    (
        "tammikuuta|helmikuuta|maaliskuuta|huhtikuuta|toukokuuta|kesäkuuta|heinäkuuta|elokuuta"
        "|syyskuuta|lokakuuta|marraskuuta|joulukuuta"
    ),
    # Russian, Bulgarian
    (
        "январь января янв януари|февраль февраля фев февр февруари|март марта мар"
        "|апрель апреля апр|май мая|июнь июня юни|июль июля юли"
        "|август августа авг|сентябрь сентября сен сент септември"
        "|октябрь октября окт октомври|ноябрь ноября ноя нояб ноември|декабрь декабря дек декември"
    ),
    # Ukrainian
    (
        "січень січня|лютий лютого|березень березня|квітень квітня|травень травня|червень червня"
        "|липень липня|серпень серпня|вересень вересня|жовтень жовтня|листопад листопада"
        "|грудень грудня"
    ),
    # Greek
    (
        "ιανουαρίου ιαν|φεβρουαρίου φεβ|μαρτίου μαρ|απριλίου απρ|μαΐου μάιος|ιουνίου ιουν"
        "|ιουλίου ιουλ|αυγούστου αυγ|σεπτεμβρίου σεπ|οκτωβρίου οκτ|νοεμβρίου νοε|δεκεμβρίου δεκ"
    ),
    # Croatian, Bosnian
    (
        "siječanj siječnja|veljača veljače|ožujak ožujka|travanj travnja|svibanj svibnja"
        "|lipanj lipnja|srpanj srpnja|kolovoz kolovoza|rujan rujna||studeni studenoga"
        "|prosinac prosinca"
    ),
    # Slovene, Serbian
    (
        "januarja|februarja|marec marca|aprila|maja|junija juna|julija jula|avgust avgusta"
        "|septembra|oktobra|novembra|decembra децембра децембар"
    ),
    # Belarusian
    (
        "студзень студзеня|люты лютага|сакавік сакавіка|красавік красавіка|травень траўня"
        "|чэрвень чэрвеня|ліпень ліпеня|жнівень жніўня|верасень верасня|кастрычнік кастрычніка"
        "|лістапад лістапада|снежань снежня"
    ),
    # Lithuanian, Latvian, Estonian
    (
        "sausio|vasario|kovo|balandžio|gegužės|birželio|liepos|rugpjūčio|rugsėjo|spalio"
        "|lapkričio|gruodžio"
    ),
    (
        "janvāris janvārī|februāris|marts|aprīlis|maijs|jūnijs|jūlijs|augusts|septembris"
        "|oktobris|novembris|decembris"
    ),
    "jaanuar|veebruar|märts|aprill|mai|juuni|juuli|august|september|oktoober|november|detsember",
    # Indonesian, Malay
    (
        "januari|februari|maret mac|april|mei|juni jun|juli julai|agustus ogos ags agt|september"
        "|oktober|november nop|desember disember des"
    ),
    # Vietnamese, after the word for month
    "một giêng|hai|ba|tư|năm|sáu|bảy|tám|chín|mười|mười-một|mười-hai chạp",
)
# `listopad` is October in Croatian and November everywhere else.
_BY_LANGUAGE = {("hr", "listopad"): 10, ("hr", "listopada"): 10, ("bs", "listopad"): 10}


def iter_forms(tables: Iterable[str]) -> Iterator[tuple[str, int]]:
    """Yield the forms in tables of months, parted by "|" and blanks, each with its month."""
    for table in tables:
        for number, forms in enumerate(table.split("|"), start=1):
            for form in forms.split():
                yield form, number


def _months() -> dict[str, int]:
    numbers: dict[str, int] = {}
    for form, number in iter_forms(_NAMES):
        numbers.setdefault(fold(form), number)
    return numbers


_MONTHS = _months()
# Vietnamese numerals are everyday words of other languages ("hai", "ba", "nam"), so they count
# only where the caller has seen the word for month.
_NUMERALS = frozenset(fold(_NAMES[-1]).replace("|", " ").split())


def month_number(word: str, *, language: str = "", numeral: bool = False) -> int | None:
    """Return 1 to 12 for the name of a month, or None.

    Args:
        word: One word, in any case, with or without accents and a final full stop.
        language: Two letters, if known; decides names that mean two months.
        numeral: Whether the Vietnamese word for month stands before, so that `tám` is one.

    >>> month_number("srpna")
    8
    """
    folded = fold(word).strip(". ").replace(" ", "-")
    if numeral != (folded in _NUMERALS):
        return None
    return _BY_LANGUAGE.get((language[:2], folded)) or _MONTHS.get(folded)
