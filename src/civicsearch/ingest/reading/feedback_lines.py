"""Short lines that ask readers about the page, or tell how long it takes to read.

`Was this page useful?`, `Reading time: 3 minutes`. Tables of data in the languages of civic news,
in their own spelling: both sides are compared folded.
"""

from __future__ import annotations

import re

from civicsearch.analysis.folding import fold, fold_in_place
from civicsearch.ingest.reading.alternatives import fold_table

__all__ = ["asks_for_feedback", "is_reading_time", "without_reading_time"]

_PAGE = """
page|article|story|content|information|seite|artikel|beitrag|inhalt|informationen|contenu|contenido
|página|artículo|noticia|información|artigo|notícia|conteúdo|informação|pagina|articolo|notizia
|informazioni|contenuto|bericht|informatie|strona|artykuł|informacje|informacja|stránka|stránky
|článek|článok|informace|informácie|sida|sidan|artikeln|informationen|innehållet|siden|artikkelen
|artiklen|saken|innholdet|indholdet|sivu|artikkeli|sisältö|oldal|cikk|információ|articolul
|informația|stranica|članak|informacija|sayfa|haber|içerik|bilgi|halaman|informasi|страница
|статья|материал|информация|новость|сторінка|стаття|матеріал|інформація|новина|σελίδα|άρθρο
|trang|bài|bài viết|thông tin|nội dung
"""
_JUDGED = """
useful|helpful|useless|like this|liked|enjoy|clear|hilfreich|gefallen|nützlich|verständlich|utile
|utili|utiles|plu|aidé|claire|clair|útil|útiles|úteis|gustado|gustó|ayudado|gostou|ajudou|chiare
|chiaro|chiara|piaciuto|piaciuta|nuttig|behulpzaam|geholpen|duidelijk|przydatna|przydatne|pomocna
|pomocne|pomocny|spodobał|užitečná|užitečné|užitečný|pomohl|pomohla|líbil|líbila|užitočná|užitočné
|páčil|hjälpte|hjälpsam|nytta|nyttig|hjalp|hjælp|brugbar|hyödyllinen|hyötyä|hasznos|tetszett|utilă
|util|plăcut|korisna|korisno|koristan|svidio|faydalı|yararlı|beğendiniz|yardımcı|bermanfaat|berguna
|membantu|полезна|полезной|полезен|полезной|понравилась|понравился|корисна|корисною|сподобалась
|сподобався|χρήσιμη|χρήσιμο|hữu ích|bổ ích|có ích
"""
# Whole questions and invitations to tell what is wrong with the page.
_QUESTIONS = """
(?:did|have) you (?:find|found) what you (?:were|are) looking for|haben sie gefunden, wonach sie
 gesucht haben|haben sie alles gefunden|avez-vous trouvé ce que vous (?:cherchiez|cherchez)
|(?:has encontrado|encontraste|encontró) lo que buscaba?s?|encontrou o que procurava
|hai trovato (?:quello|ciò) che cercavi|(?:heeft u|heb je) gevonden wat (?:u|je) zocht
|fant du det du lette etter|fandt du det,? du (?:søgte|ledte efter)
|hittade du det du (?:sökte|letade efter)|löysitkö (?:etsimäsi|mitä etsit)
|našli jste,? co jste hledali|našli ste,? čo ste hľadali
|czy znalazłeś to,? czego szuka(?:łeś|sz)|megtalálta,? amit keresett
|(?:report|is there) (?:a |an )?(?:problem|error|mistake|anything wrong)(?: (?:with|on|in) this
 (?:page|article|story))?|report this (?:content|article|page)|fehler (?:gefunden|melden)
|(?:нашли|заметили) (?:ошибку|опечатку)|(?:знайшли|помітили) помилку|nahlásit chybu|zgłoś błąd
|signaler une erreur|informar de un error|segnala un errore|báo lỗi bài viết
"""
_MINUTES = r"(?:min(?:ut\w*|\.)?|phut|dk|dakika|perc|hv|khv|lepta|menit|мин\w*|хв\w*|λεπτ\w*)"
_READING = """
(?:estimated )?reading time|read time|lesezeit|lesedauer|temps de lecture|durée de lecture
|tiempo de lectura|tempo de leitura|tempo di lettura|leestijd|czas czytania|doba čtení|čas čtení
|čas čítania|lästid|lesetid|læsetid|lukuaika|olvasási idő|timp de citire|timp de lectură
|vrijeme čitanja|čas branja|okuma süresi|waktu baca|время чтения|час читання|χρόνος ανάγνωσης
|thời gian đọc
"""
_AFTER_MINUTES = """
read|reading|lesezeit|lesen|de lecture|de lectura|de leitura|di lettura|leestijd|leestijd|czytania
|čtení|čítania|läsning|lesetid|læsetid|lukuaika|okuma|baca|đọc
"""


_ASKS = re.compile(
    rf"(?=.*\b(?:{fold_table(_PAGE)})\b).*\b(?:{fold_table(_JUDGED)})\b.*|(?:{fold_table(_QUESTIONS)})\b.*"
)
_TOLD = re.compile(
    rf"(?:{fold_table(_READING)}) ?:? ?\D{{0,6}}\d{{1,3}} ?{fold(_MINUTES)}"
    rf"|\d{{1,3}} ?-?{fold(_MINUTES)} ?(?:{fold_table(_AFTER_MINUTES)})"
)
_MAX_CHARS = 140
_MAX_READING = 40


def asks_for_feedback(text: str) -> bool:
    """Return whether a short question is about the page: `War diese Seite hilfreich?`.

    >>> asks_for_feedback("Is this page useful?"), asks_for_feedback("Is this bridge useful?")
    (True, False)
    """
    if len(text) > _MAX_CHARS or "?" not in text:
        return False
    return _ASKS.fullmatch(fold(text).strip(" ?¿!.")) is not None


def is_reading_time(folded: str) -> bool:
    """Return whether a folded line only tells how long the page takes to read.

    >>> is_reading_time("lesezeit: 3 minuten"), is_reading_time("3 min read")
    (True, True)
    """
    if len(folded) > _MAX_READING:
        return False
    return _TOLD.fullmatch(folded) is not None


def without_reading_time(text: str) -> str:
    """Return a short line without how long the page takes to read.

    >>> without_reading_time("Jo Lind 3 min read")
    'Jo Lind '
    """
    if len(text) > _MAX_CHARS or not any(map(str.isdigit, text)):
        return text
    told = _TOLD.search(fold_in_place(text))
    return text if told is None else text[: told.start()] + text[told.end() :]
