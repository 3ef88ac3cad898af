"""The words by which sites name the parts of a page in class and id values.

A table of data, in the languages of civic news, in lower case without accents. Add words that
name one thing only; a word that also occurs in the names of article bodies (`content`, `news`,
`detail`) does not belong among those that drop a part.
"""

from __future__ import annotations

import re
from functools import lru_cache

from civicsearch.ingest.reading.alternatives import compile_alternatives, compile_stems

__all__ = [
    "boilerplate_word",
    "is_author_name",
    "is_banner_word",
    "is_body_name",
    "is_breadcrumb_name",
    "is_caption_name",
    "is_comment_word",
    "is_consent_name",
    "is_credit_name",
    "is_lead_name",
    "is_meta_name",
    "is_spoken_name",
    "is_title_name",
    "name_words",
]


def _words(table: str) -> frozenset[str]:
    return frozenset(table.split())


# What stands between punctuation and the humps of camel case.
_PART = re.compile("[A-Z]*[a-z0-9]+|[A-Z]+")
_NO_PARTS = {code: " " for code in range(128) if not chr(code).isalnum()}

_WIDGETS = frozenset(("widget", "widgets", "widgetarea"))


def _pattern(table: str) -> re.Pattern[str]:
    """Return a pattern for words in lines of their own, where `^` and `$` are ends of a word."""
    table = re.sub(r"\^(\w)", r"\1(?<=\n\1)", table)
    return compile_alternatives(table.replace("^", "\n").replace("$", r"(?=\n)"))


# Advertising, or what stands across the top of a page: headline, lead and picture, too.
_BANNERS = frozenset(("banner", "banners"))

# Whole words of a class or id name (after splitting at punctuation and camel case).
_BOILERPLATE_WORDS = _words(
    """
    ad ads adv advert adverts advertisement advertising adsense adsbygoogle dfp sponsor sponsored
    advertorial qc quangcao banner banners werbung anzeige reklama publicidad publicite pub
    comment comments commentlist respond reply disqus binhluan comentarios commentaires kommentare
    komentar komentare komentarze diskuse diskussion leserkommentare
    related relate relatednews relatedposts lienquan tinlienquan tinkhac tincungchuyenmuc
    recommended recommend recommendation recommendations recirculation outbrain taboola plista
    zergnet readmore morenews relacionadas relacionados relacionada similaires souvisejici podobne
    powiazane pokrewne aehnliche verwandte passend lesetipp
    sidebar sidemenu rightbar leftbar aside complementary footer foot pagefooter colophon paticka
    zapati stopka rodape nav navi navbar navigation navigace nawigacja menu menus submenu topmenu
    megamenu
    breadcrumb breadcrumbs drobecky drobeckova miga migas ariane okruszki brotkrumen crumb crumbs
    share sharing sharebar sharer sharethis shares addthis addtoany social socials socialmedia
    sociallinks chiase partage partager compartir udostepnij teilen sdileni sdilet a2a jssocials
    newsletter subscribe subscription subscribebox signup abo login dangnhap register
    cookie cookies consent gdpr onetrust didomi usercentrics tarteaucitron axeptio cookiebot
    cmplz popup modal overlay lightbox toolbar toolbox tools utilities
    nastroje noprint visuallyhidden pagination pager paging paginator prevnext
    postnavigation postnav prevpost nextpost wpnavigation
    calendar kalendar kalendarium calendario calendrier thoitiet weather pocasi pogoda tygia
    mostread mostviewed docnhieu xemnhieu popular trending tagcloud
    rating ratings vote danhgia poll anketa sondaz search searchbox searchform timkiem hledani
    captcha skip skiplink screenreader assistive visitor thongke luottruycap
    promo promos promotion teasers teaserlist advertise mailto
    authorbox authorbio aboutauthor bio jp-relatedposts sharedaddy
    feedback copyright impressum
    othernews other-news news-other tindadua tin-da-dua samecategory same-category yarpp donate
    gopy phanhoi phan-hoi binhchon binh-chon xemthem xem-them
    rsbtn readspeaker textresize text-resize audioplayer audio-player tts
    ez-toc-container toc-container lwptoc table-of-contents kg-bookmark-card
    vjs videojs video-js jwplayer
    """
)
_BOILERPLATE_PARTS = _pattern(
    r"tin-?(?:tuc-?)?lien-?quan|bai-?(?:viet-?)?lien-?quan|lien-?quan|tin-?khac|bai-?khac|"
    r"tin-?cu-|tin-?moi|"
    r"tin-?cung|cung-?chuyen-?muc|cung-?chu-?de|doc-?nhieu|xem-?nhieu|quang-?cao|binh-?luan|"
    r"chia-?se|"
    r"thoi-?tiet|dang-?nhap|tim-?kiem|luot-?truy-?cap|gui-?(?:binh|y-?kien)|y-?kien-?ban-?doc|"
    r"related[-_]?(?:post|article|stor|news|content|link|item|topic|box|read)|"
    r"(?:post|article|story|stories|news|content)s?[-_]?(?:related|share|sharing|social)|"
    r"see[-_]?also|read[-_]?(?:more|next|also)|also[-_]?(?:read|like)|you[-_]?may|"
    r"more[-_]?(?:news|stor|from|article|post|on)|"
    r"most[-_]?(?:read|view|pop)|share[-_]?(?:bar|button|link|box|icon|tool|this|list)|"
    r"social[-_]?(?:share|media|link|button|icon|bar|net)|"
    r"comment[-_]?(?:list|s|form|section|area|wrap|box|thread|respond)|news-?letter|sign-?up|"
    r"cookie|consent|bread-?crumb|side-?bar|mega-?menu|main-?nav|site-?nav|top-?nav|skip-?(?:to|"
    r"link)|"
    r"a-lire-aussi|lire-aussi|lesen-sie|mehr-zum|tambien-te|te-puede|le-puede|leia-tambem|"
    r"czytaj-(?:tez|takze)|"
    r"author-?(?:box|bio|card|profile)|about-?(?:the-?)?author|post-?nav|nav-?(?:links|previous|"
    r"next)|"
    r"you-might|next-?up|inline-?(?:promo|related)|ad-?(?:slot|unit|container|wrapper|block|box|"
    r"zone|place)|google-?ad"
)

# Off the screen, for those who hear a page: `(opens in a new window)` behind a link. Not Drupal's
# `element-invisible`: on one of the development pages people took its text for the story's.
_SPOKEN_NAMES = _pattern(
    "sr-only|screen-?reader|visually-?hidden|show-for-sr|hidden-?structure|a11y-?hidden"
)
_COMMENT_WORD = re.compile(
    r"^(?:comment|disqus|respond|repl|binh-?luan|coment|komment|koment|diskus|leserk)|y-kien"
)
_CONSENT_NAMES = _pattern(
    "cookie|consent|gdpr|onetrust|didomi|usercentrics|tarteaucitron|axeptio|cmplz"
)
_BODY_NAMES = _pattern(
    r"article-?_?body|story-?body|post-?body|entry-?content|article-?_?content|articlecontent|"
    r"post-?content|"
    r"news-?content|story-?content|content-?detail|detail-?content|contentdetail|news-?detail|"
    r"detail-?news|"
    r"article-?text|story-?text|body-?text|article-?main|main-?detail-?body|cms-?body|"
    r"fck-?detail|maincontent-?detail|"
    r"noi-?dung|chi-?tiet|bai-?viet|tin-?chi-?tiet|cuerpo|contenido-?noticia|corps-?article|"
    r"texte-?article|"
    r"tresc|clanek-?(?:text|obsah|telo)|text-?clanku|artikel-?text|artikel-?inhalt|the-?content|"
    r"rich-?text|richtext"
)
_LEAD_WORDS = _words(
    """
    sapo lead lede leadtext perex anot anotace anotacia uvod chapeau chapo accroche standfirst
    stand-first
    dek deck zajawka wstep lid entradilla entradilha bajada copete subtitulo sommario occhiello
    catenaccio vorspann teaser-text intro introtext introduction ingress manchet sinopsis
    spot haberspot spottext motangan motanngan trichdan trichyeu tomtat dandau headnote
    summary excerpt mota hometext cms-desc subhead shortcontent short-content shortdesc short-desc
    document-description
    subtitle subtitle-text subheadline subheading sub-headline undertitle soustitre
    """
)
_LEAD_PARTS = _pattern(
    r"sapo|perex|chapeau|standfirst|stand-first|zajawka|entradilla|bajada|copete|vorspann|"
    r"introtext|"
    r"mo-ta|motangan|motanngan|trich-?(?:dan|yeu)|tom-?tat|"
    r"(?:article|post|story|news|detail|entry|artikel|content|wiadomosc|clanek|"
    r"noticia)[-_]*(?:summary|lead|lede|intro|excerpt|desc(?:ription)?|dek|deck|subtitle|"
    r"subhead(?:line)?|teaser)$"
)
_TITLE_NAMES = _pattern(
    r"title|headline|heading|^ten-?bai|^ten-?tin|tieu-?de|tieude|titulo|titular|titre|nadpis|naslov|tytul|titel|"
    r"ueberschrift|baslik|tit\b"
)
_CAPTION_NAMES = _pattern(
    r"caption|chu-?thich|popis(?:ek|ka)|legend(?:e|a)?\b|pie-?(?:de-?)?foto|podpis|"
    r"bildunterschrift|"
    r"bildtext|bildzeile|didascalia|img-?desc|image-?desc|(?:news|lead|hero)-?image-?(?:container|wrapper)|photo-?desc|mo-?ta-?anh|"
    r"chu-?anh|resim-?alt|(?:image|photo|img|picture)-?(?:text|info|note)|pictext|piccap|"
    r"figure-?text|opis-?(?:zdjecia|foto)"
)
_META_NAMES = _pattern(
    r"^(?:article|post|entry|news|story|page|item|content)-*(?:info|meta|details|data)$|^(?:meta|"
    r"metadata|byline|dateline|"
    r"pubdate|publish(?:ed)?-?(?:date|time)?|timestamp|info-?clan(?:ek|ku)|ngay-?dang|fecha|"
    r"firma|datum|createdate|ngay|ngay-?thang|lbl-?date|(?:date|time)-?detail|detail-?(?:date|time)|postmeta|entrymeta)$"
)
_AUTHOR_NAMES = _pattern(
    r"^(?:(?:article|post|entry|news|story|byline|meta|detail|info|item|text|"
    r"content)-*)?(?:contributors?-?name|authors?(?:-?name)?|byline(?:-?(?:name|author))?|by|tac-?gia|"
    r"nguoi-?viet|but-?danh|autor(?:ka|i|es|zy)?(?:-?(?:name|jmeno|nombre|nom))?|auteurs?|firma(?:-?autor)?|"
    r"redaktor|vcard|signature|yazar|"
    r"author-?(?:info|line|link|text|title|wrap))$"
)
_CREDIT_NAMES = _pattern(
    r"(?:photo|image|img|caption|media|foto|figure|picture)-*(?:credits?|author|by|firma|autor|"
    r"source|copyright)|"
    r"^(?:credits?|photographer|firma-?foto|copyright|credito|autor-?fot[oa]?|bildquelle|"
    r"photocredit|picture-?source)$"
)
# One of these is in every word of the next pattern.
_BREADCRUMB_STEM = compile_stems(
    "crumb|drobeck|miga|ariane|hierarchie|chemin|yol|are|trail|okruszk|brotkrum|duong|path|navigace"
)
_BREADCRUMB_NAMES = _pattern(
    r"bread-?crumb|crumbs?\b|drobeck|migas?(?:-de-?pan)?\b|ariane|hierarchie|chemin|^yol$|"
    r"^you-?are$|trail\b|okruszk|brotkrum|duong-?dan|sitemap-?path|"
    r"navigace-?cesta|pathway|you-?are-?here|site-?path|navi-?path"
)


def name_words(names: str) -> frozenset[str]:
    """Return the words of class and id values, lower case, whole names joined by `-` included.

    >>> sorted(name_words("newsDetail tin_khac"))
    ['detail', 'khac', 'news', 'news-detail', 'newsdetail', 'tin', 'tin-khac', 'tinkhac']
    """
    return frozenset(_lines_of_words(names).split())


@lru_cache(maxsize=1 << 14)
def _lines_of_words(names: str) -> str:
    """Return the words of class and id values, each in a line: one look finds any of them."""
    lines = "\n".join([_lines_of_name(name[:80]) for name in names.split()[:20]])
    return f"\n{lines}\n"


@lru_cache(maxsize=1 << 14)
def _lines_of_name(name: str) -> str:
    """Return the words of one value: elements of different names share every second of them."""
    if name.islower() and name.isascii():  # nearly all, and in a third of the time
        parts = name.translate(_NO_PARTS).split()
    else:
        parts = [part.lower() for part in _PART.findall(name)]
    if len(parts) > 1:
        parts += ["-".join(parts), "".join(parts)]
    return "\n".join(parts)


@lru_cache(maxsize=1 << 14)
def boilerplate_word(names: str) -> str:
    """Return the word of a class or id name that marks no part of the story, or ""."""
    # A page builder's `elementor-widget-wrap` holds stories; a blog's sidebar holds `widget`.
    if "widget" in names.lower() and not _WIDGETS.isdisjoint(names.lower().split()):
        return "widget"
    lines = _lines_of_words(names)
    hits = _BOILERPLATE_WORDS.intersection(lines.split())
    if hits:
        return min(hits)
    match = _BOILERPLATE_PARTS.search(lines) or _SPOKEN_NAMES.search(lines)
    return match[0] if match else ""


def _has_word(pattern: re.Pattern[str], names: str) -> bool:
    """Return whether a word of class and id values matches `pattern`."""
    return pattern.search(_lines_of_words(names)) is not None


@lru_cache(maxsize=1 << 13)
def is_spoken_name(names: str) -> bool:
    """Return whether a class name says that only screen readers tell what is inside."""
    return _has_word(_SPOKEN_NAMES, names)


def is_banner_word(word: str) -> bool:
    """Return whether a word that `boilerplate_word` found names advertising or a page's top.

    >>> is_banner_word(boilerplate_word("content-banner")), is_banner_word("ads")
    (True, False)
    """
    return word in _BANNERS


def is_comment_word(word: str) -> bool:
    """Return whether a word that `boilerplate_word` found names readers' comments."""
    return bool(_COMMENT_WORD.search(word))


def is_consent_name(names: str) -> bool:
    """Return whether a class or id name is of what asks for consent."""
    return _has_word(_CONSENT_NAMES, names)


@lru_cache(maxsize=1 << 13)
def is_body_name(names: str) -> bool:
    """Return whether a class or id name says that the story's text is inside."""
    return _has_word(_BODY_NAMES, names)


@lru_cache(maxsize=1 << 13)
def is_lead_name(names: str) -> bool:
    """Return whether a class or id name says that the lead is inside."""
    words = _lines_of_words(names).split()
    return not _LEAD_WORDS.isdisjoint(words) or _has_word(_LEAD_PARTS, names)


@lru_cache(maxsize=1 << 13)
def is_title_name(names: str) -> bool:
    """Return whether a class or id name says that the headline is inside."""
    return _has_word(_TITLE_NAMES, names)


@lru_cache(maxsize=1 << 13)
def is_caption_name(names: str) -> bool:
    """Return whether a class or id name says that a picture's caption is inside."""
    return _has_word(_CAPTION_NAMES, names)


@lru_cache(maxsize=1 << 13)
def is_breadcrumb_name(names: str) -> bool:
    """Return whether a class or id name says that the way to the page is inside."""
    # Asked of every list and box of a page; nearly all end here.
    return bool(_BREADCRUMB_STEM.search(names.lower())) and _has_word(_BREADCRUMB_NAMES, names)


@lru_cache(maxsize=1 << 13)
def is_meta_name(names: str) -> bool:
    """Return whether a class or id name says that date, author or counters are inside."""
    return _has_word(_META_NAMES, names)


@lru_cache(maxsize=1 << 13)
def is_author_name(names: str) -> bool:
    """Return whether a class or id name says that the authors' names are inside."""
    return _has_word(_AUTHOR_NAMES, names)


@lru_cache(maxsize=1 << 13)
def is_credit_name(names: str) -> bool:
    """Return whether a class or id name says that a picture's maker is inside."""
    return _has_word(_CREDIT_NAMES, names)
