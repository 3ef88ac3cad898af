"""What a page is by its title alone: an error, search results, a list, or nothing of these.

A table of data in the languages of civic news, in folded form where letters fold well. Add what
says one thing only; a title is compared as a whole, without the name of the site.
"""

from __future__ import annotations

import re
from functools import lru_cache

from civicsearch.analysis.folding import fold
from civicsearch.ingest.layout.title_words import contact_names, gates, section_names

__all__ = [
    "is_contact_title",
    "is_error_title",
    "is_list_title",
    "is_missing_title",
    "is_search_title",
    "is_section_title",
    "names_list",
]

_ERROR_TITLES = (
    r"(?:(?:error|loi|fehler|erreur|chyba|blad|http) ?:? ?)?(?:40[0134]|410|50[0234])\b.{0,60}",
    r"(?:the )?page (?:was |could )?(?:not|cannot)(?: be)? (?:be )?(?:found|available)\b.{0,40}",
    r"(?:this |the )?page (?:does not|doesn't) (?:seem to )?exist\b.{0,20}",
    r"(?:oops|sorry|not found|access denied|forbidden|bad request|bad gateway)\b.{0,20}",
    r"(?:service unavailable|internal server error|server error)\b.{0,40}",
    r"just a moment|attention required!?.{0,20}|(?:site |website )?under maintenance",
    r"(?:dang nhap|connexion|iniciar sesion|zaloguj sie)",
    # Vietnamese, Indonesian
    r"khong tim thay\b.{0,40}|trang (?:ban tim |nay )?khong ton tai\b.{0,40}",
    r"duong dan khong.{0,40}|truy cap bi tu choi|(?:da )?(?:xay ra loi|co loi xay ra).{0,30}",
    r"halaman (?:yang anda cari )?(?:tidak|belum) (?:di)?temukan\b.{0,20}",
    # Spanish, Portuguese, Italian, French, Catalan, Romanian
    r"pagina no (?:encontrada|existe|trobada)\b.{0,20}|acceso denegado",
    r"page (?:introuvable|non trouvee)\b.{0,20}|acces refuse",
    r"pagina non (?:trovata|esiste)\b.{0,20}|pagina nao encontrada\b.{0,20}",
    r"pagina nu (?:a fost gasita|exista)\b.{0,20}",
    # German, Dutch, Nordic, Finnish
    r"(?:die )?seite (?:wurde )?nicht gefunden\b.{0,20}|zugriff verweigert",
    r"pagina (?:is )?niet gevonden\b.{0,20}",
    r"(?:siden|sidan) (?:ble |blev |kunne |kunde )?(?:ikke|inte) (?:bli )?fun(?:det|net)\b.{0,20}",
    r"(?:siden|sidan) kunde inte hittas\b.{0,20}",
    r"(?:siden|sidan) (?:findes|finnes|finns|hittades) (?:ikke|inte)\b.{0,20}",
    r"(?:vi )?fant ikke siden.{0,20}|sivua ei loy(?:dy|tynyt)\b.{0,20}",
    # Czech, Slovak, Polish, Croatian, Slovene, Hungarian, Turkish
    r"(?:stranka|stranku) (?:(?:nebyla |sa )?(?:nalezena|nenasla)|nenalezena|neexistuje)\b.{0,20}",
    r"(?:nie znaleziono|brak) strony\b.{0,20}|brak dostepu",
    r"strona nie (?:(?:zostala )?znaleziona|istnieje)\b.{0,20}",
    r"stranica nije prona\w+\b.{0,20}|stran ne obstaja\b.{0,20}",
    r"az oldal nem talalhato\b.{0,20}|sayfa bulunamadi\b.{0,20}",
)
_ERROR = re.compile("|".join(_ERROR_TITLES))
_EASTERN_ERROR = re.compile(
    "(?:お探しの|指定された)?ページ[はが](?:見つかりません|存在しません).{0,20}"
    "|.{0,8}(?:页面|頁面|网页|網頁)(?:不存在|未找到|找不到).{0,10}"
    "|(?:找不到|没有找到|無法找到)(?:.{0,6})(?:页面|頁面|网页|網頁).{0,10}"
    "|.{0,10}페이지를 찾을 수 없습니다.{0,10}|존재하지 않는 페이지.{0,10}"
    "|(?:عذرا،? ?)?الصفحة (?:المطلوبة )?غير موجودة.{0,20}|لم يتم العثور على الصفحة.{0,20}"
    "|ไม่พบหน้า.{0,30}"
    "|(?:पृष्ठ|पेज) नहीं मिला.{0,10}|הדף לא נמצא.{0,10}"
)
# What was looked for follows in quotes, or after a colon: `Search for the missing` is a story, and
# `Resultados da pesquisa sobre ...` are those of a survey.
_SEARCH = re.compile(
    r"(?:search(?: results?)?|ket qua tim kiem|tim kiem|suchergebnisse?|suche"
    r"|resultats? de (?:la |votre )?recherche|resultados de (?:la |su )?busqueda"
    r"|resultados d[ae] (?:pesquisa|busca)|risultati (?:della |di )?ricerca|wyniki wyszukiwania"
    r"|vysledky (?:vyhledavani|hledani)|arama sonuclari|sokresultat|sogeresultat(?:er)?"
    r"|hasil pencarian|zoekresultaten|rezultatele cautarii|rezultate cautare|wyszukiwanie"
    r"|vyhledavani|rezultaty poiska|rezultati pretrage|rezultati pretrazivanja|busqueda|buscar"
    r"|recherche|apotelesmata anazeteses|anazetese|poisk|hakutulokset|pesquisa|ricerca"
    r"|rechercher|cerca|szukaj|hledat|hledani|vysledky vyhladavania|hladat|poshuk|rezultati poshuku"
    r"|ara|cari|sok|zoeken|cautare|kereses|tarsene|iskat"
    r"|keresesi eredmenyek|keresesi talalatok)(?: (?:for|cho|fur|pour|para|dla"
    r"|pro)(?= ?[:'\"“„«(]))?(?: ?[:'\"“„«(].{0,60})?"
    r"|search results for .{1,60}"
)
_EASTERN_SEARCH = re.compile(
    "(?:サイト内)?検索(?:結果)?(?: ?[:：「].{0,60})?|.{1,60}の検索結果.{0,10}"
    "|(?:站内)?(?:搜索|搜尋|检索)(?:结果|結果)?(?: ?[:：“「].{0,60})?|.{1,60}的?搜[索尋][结結]果"
    "|(?:통합 ?)?검색(?: ?결과)?(?: ?:.{0,60})?|.{1,60} 검색 ?결과"
    "|(?:نتائج )?(?:ال)?بحث(?: عن)?(?: ?:.{0,60})?|תוצאות חיפוש.{0,60}|ผลการค้นหา.{0,60}"
)
# Alone or beside the name of the site, in a headline or a `<title>`.
_LIST = re.compile(
    r"(?:archives?|archivio|archivo|archiv|archief|archiwum|arhiva|arhiv|arkiv|arquivo|arsiv"
    r"|luu tru|arkheio|arkhiv|monthly archives?)"
    r"(?: ?:? ?(?:for |de |du |del )?[^\W\d]{0,14}\.? ?(?:\d{1,2}[ /.-])?\d{4})?"
    r"|(?:tags?|category|kategorie|chuyen muc|schlagwort|etiqueta|mot-cle|etiquette|categoria"
    r"|rubrique|stitek|kategoria|kategori|etiket|author|autor|autore|auteur|autorin|yazar|skribent"
    r"|forfatter|tac gia|tu khoa|eticheta|etikett|etykieta|znacka|metka|teg|ruprika|rubrika"
    r"|suntaktes|etiketa|posts by|articles by) ?: ?.{1,60}"
    r"|(?:year|month|day|annee|mois|jour|jahr|monat|tag|ano|mes|dia|rok|miesiac|mesic|dzien|den"
    r"|yil|ay|gun|nam|thang|ngay) ?: ?.{0,30}\b\d{4}\b.{0,10}"
    r"|(?:posts|articles|stories|entries|news) (?:for|in|from|with)(?: the)?"
    r" (?:tags?|category|author|topic|keyword) .{1,60}"
    r"|tag cloud|site ?map|plan du site|mapa del sitio|mapa do site|mappa del sito|mapa stranek"
    r"|mapa strony|mapa webu|site haritasi|so do (?:trang|site)(?: web)?|seitenubersicht"
    r"|webbplatskarta"
    r"|recent changes|letzte anderungen|modifications recentes|cambios recientes"
    r"|ostatnie zmiany|posledni zmeny|son degisiklikler|thay doi gan day"
    r"|[^,|]{2,60}, (?:author at|autor (?:en|em|bei|w serwisie|na)|autore presso|auteur (?:sur|op"
    r"|chez)) .{1,60}"
    r"|(?:all |alle |tous les |toutes les |todas las |todos los |tutti i |tutte le |vsechny "
    r"|wszystkie |tum |tat ca )?"
    r"(?:tags|categories|authors|archives?|tags (?:and|&) categories|categories (?:and|&) tags"
    r"|schlagworte|schlagworter|kategorien|autoren|archiv|etiquettes|mots-cles|auteurs|etiquetas"
    r"|categorias|autores|archivos?|arquivos?|etichette|categorie|autori|archivio|tagi|kategorie"
    r"|autorzy|archiwum|stitky|stitky a kategorie|etiketler|kategoriler|yazarlar|arsiv|the"
    r"|the va chuyen muc|chuyen muc|danh muc|tac gia|luu tru|tu khoa|trefwoorden|categorieen"
    r"|etiketter|kategorier|forfattere|forfattare|arkiv)"
    r"|(?:tags|categories|authors) (?:on|for) .{1,60}|archives? (?:on|for|of|from) .{1,60}"
    r"|archives? ?: ?\d[\d /.-]{3,9}|timeline"
    r"|(?:(?:one|\d{1,5}) )?(?:posts?|articles|stories|entries)"
    r" (?:by|tagged|about|in|from) .{1,60}"
    r"|(?:posted|published|written|posts|articles|stories|entries) (?:in|for) (?:.{0,15} )?"
    r"(?:19|20)\d\d"
    r"|(?:beitrage|eintrage|artikel) (?:von|aus dem jahr|uber|mit dem schlagwort|in der kategorie)"
    r" .{1,60}"
    r"|(?:articles|billets) (?:de l'annee|du mois|par|avec le mot-cle|dans la categorie) .{1,60}"
    r"|(?:articulos|entradas|publicaciones) (?:de|del ano|por|sobre|con la etiqueta) .{1,60}"
    r"|(?:posty|wpisy|artykuly) (?:z roku|autora|o|z tagiem|w kategorii|z kategorii) .{1,60}"
    r"|(?:prispevky|clanky) (?:v roce|z roku|od|o|se stitkem|v rubrice) .{1,60}"
    r"|bai (?:viet|dang) (?:cua|boi|trong nam|theo the|theo chuyen muc|gan the) .{1,60}"
    r"|.{1,60} (?:tarafindan yazilanlar|etiketli yazilar|hakkindaki yazilar|yilina ait yazilar)"
)
_PARTED = re.compile(r"\s+(?:[|–—»·•-]|::)\s+")
_MAX_PARTS = 6
_SECTION = re.compile(
    r"(?:all |latest |recent )?(?:news|press releases|announcements|events)|news and events"
    r"|aktuelles|aktuelle (?:meldungen|nachrichten)|pressemitteilungen|meldungen|nachrichten"
    r"|(?:toutes les )?actualites|communiques(?: de presse)?|noticias|notas de prensa|notizie"
    r"|comunicati(?: stampa)?|avvisi|aktualnosci|komunikaty|ogloszenia|aktuality|zpravy|novinky"
    r"|nyheder|nyheter|uutiset|ajankohtaista|nieuws|haberler|duyurular|berita|pengumuman"
    r"|veranstaltungen|termine|gioi thieu|tin tuc(?: (?:-|va|&)? ?su kien)?|tin hoat dong"
    r"|tin moi|thong bao|thong cao bao chi"
)
_MAX_SECTION_CHARS = 100
_EASTERN_SECTION = re.compile(
    "お知らせ一?覧?|新着情報一?覧?|ニュース一?覧?|新着記事一?覧?|[新要]闻(?:中心|列表)?"
    "|新聞(?:中心|列表)?|通知公告|뉴스|공지사항|보도자료"
    "|الأخبار|समाचार|ข่าว(?:ประชาสัมพันธ์|กิจกรรม)?"
)


def is_error_title(title: str) -> bool:
    """Return whether a title says that there is no such page, or none for this reader.

    >>> is_error_title("Trang không tồn tại - Xã Lam Khê"), is_error_title("404 jobs lost")
    (True, True)
    """
    is_gate = _first_part(title) in gates() or _last_part(title) in gates()
    return is_gate or is_missing_title(title)


def is_missing_title(title: str) -> bool:
    """Return whether a title says that there is no such page, or that it cannot be shown."""
    if _ERROR.fullmatch(_first_part(title)):
        return True
    return bool(_EASTERN_ERROR.fullmatch(_raw_part(title)))


def is_contact_title(title: str) -> bool:
    """Return whether a title says that the page tells how to reach somebody, and no more.

    >>> is_contact_title("Contact us - Lam Hill"), is_contact_title("Contact with the ferry lost")
    (True, False)
    """
    return len(title) <= _MAX_SECTION_CHARS and _first_part(title) in contact_names()


def is_search_title(title: str) -> bool:
    """Return whether a title is that of search results."""
    if _SEARCH.fullmatch(_first_part(title)):
        return True
    return not title.isascii() and _EASTERN_SEARCH.fullmatch(_raw_part(title)) is not None


def is_list_title(title: str) -> bool:
    """Return whether a part of a title says that the page lists what has a tag, a year, an author.

    >>> is_list_title("Lam Hill Ledger – Category: Roads"), is_list_title("Roads in Lam Hill")
    (True, False)
    """
    if len(title) > _MAX_SECTION_CHARS * 2:
        return False
    parts = _PARTED.split(fold(title), maxsplit=_MAX_PARTS)
    return any(_LIST.fullmatch(part.strip(" .!:–-")) for part in parts)


def names_list(title: str) -> bool:
    """Return whether a title is that of a list: sites state their sections as articles, too."""
    return is_section_title(title) or is_list_title(title) or is_search_title(title)


def is_section_title(title: str) -> bool:
    """Return whether a title is no more than the name of a section: `News`."""
    return len(title) <= _MAX_SECTION_CHARS and _names_section(title)


@lru_cache(maxsize=1 << 10)
def _names_section(title: str) -> bool:
    """Return the same; a page asks it for each of its lines that may be the headline."""
    first = _first_part(title)
    if first in section_names() or _SECTION.fullmatch(first):
        return True
    return bool(_EASTERN_SECTION.fullmatch(title))


def _first_part(title: str) -> str:
    return re.split(r"\s+(?:[|–—»·•-]|::)\s+", fold(title), maxsplit=1)[0].strip(" .!:–-")


def _last_part(title: str) -> str:
    """Return what follows the name of the site; a dash parts headlines as well."""
    return re.split(r"\s+(?:[|»]|::)\s+", fold(title))[-1].strip(" .!:–-")


def _raw_part(title: str) -> str:
    return re.split(r"\s+[|–—-]\s+|[|｜]", title, maxsplit=1)[0].strip(" .!:。–-")
