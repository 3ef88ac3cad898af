"""Who: the persons that a byline names, and who took a picture.

Empty is better than wrong here: a desk, an agency, an office or the site itself is no author.
A name is a few words that begin with capitals (with `van`, `de`, `của` kind of small words in
between) and are none of the words that roles, desks and places of work are made of.
"""

from __future__ import annotations

import re

from civicsearch.analysis.folding import fold, normalize
from civicsearch.ingest.reading.byline_labels import split_label, without_photographer
from civicsearch.ingest.reading.eastern_names import authors_by_role, has_no_case
from civicsearch.ingest.reading.name_words import (
    AGENCIES,
    NO_FIRST_WORDS,
    NO_NAME_PHRASES,
    NO_NAME_WORDS,
    PARTICLES,
    PLACES,
    ROLES,
)
from civicsearch.ingest.reading.offices import is_office, is_office_word
from civicsearch.ingest.reading.placeholders import is_nobody
from civicsearch.ingest.reading.undated import is_sentence, without_dates

__all__ = [
    "agencies_in",
    "desk_in",
    "is_byline",
    "names_office",
    "parse_authors",
    "photo_credit",
    "without_label",
]

_MAX_BYLINE_CHARS = 300
_MAX_NAME_CHARS = 45
# `Ana Ruiz, a teacher here, said that ...`: longer than a name and what the named person does.
_MAX_LINE = 60
_MAX_AUTHORS = 12
_MAX_DESK_WORDS = 5

_SEPARATORS = re.compile(
    r"\s*(?:[,;|•·⋅∙/\n]|\s[–—-]+\s|\s(?:và|and|et|und|y|i|a|e|ve|og|och|en|és|și|with|avec|con"
    r"|com|med|mit)\s|\s?&\s?)\s*"
)
_IN_BRACKETS = re.compile(r"[(\[]([^()\[\]]{4,120})[)\]]\.?")
_NOT_NAME = re.compile(r"https?://\S+|www\.\S+|\S+@\S+\.\w+|(?<!\w)@\w+|[(\[{].{0,80}?[)\]}]|#\w+")
# Where a byline goes on to something else: `Ana Ruiz on 3 May`, `Jo Li in Sports`.
# Small words in small letters only: `Anne Le Goff` and `Am Johal` are names.
_TAIL = re.compile(
    r"\s(?:[Oo][Nn]|[Ii][Nn]|[Aa][Tt]|[Ff]or|am|vom|für|le|em|op|pour|para|dne|dnia|pada|ngày"
    r"|lúc|vào)\s.*$"
    r"|\s(?i:(?:last )?updated?|modified|published|posted|veröffentlicht|aktualisiert|publié"
    r"|mis à jour|publicado|actualizado|stand)(?!\w).*$"
    r"|\s(?i:no comments?|comments? (?:off|closed)|leave (?:a|your) (?:comment|reply)"
    r"|add (?:a )?comment|schreiben? (?:sie )?einen kommentar|kommentar (?:schreiben|hinterlassen)"
    r"|keine kommentare"
    r"|laisser un commentaire|aucun commentaire|dej[ae] (?:un comentario|una respuesta)"
    r"|sin comentarios|deix[ae] um comentário|sem comentários|lascia un commento|nessun commento"
    r"|(?:dodaj|zostaw) komentarz|brak komentarzy|(?:přidat|napsat) komentář|žádné komentáře"
    r"|оставить комментарий|нет комментариев|залишити коментар|немає коментарів"
    r"|αφήστε ένα σχόλιο|yorum (?:yap|yaz)|tulis komentar|tinggalkan komentar"
    r"|(?:để lại|gửi|viết) bình luận|(?:أضف|اترك) تعليقا?)(?!\w).*$"
    r"|\s(?i:komentarze|kommentare|comentarios|commentaires|comentários|commenti|komentáře"
    r"|bình luận)(?!\w).*$"
    r"|\s(?i:lv|lvl|level|rank)\.?\s?\d{1,3}(?!\w).*$"  # a badge: `Ana Ruiz Lv2`
    r"|\s*[|,–—-]?\s*\d.*$"
    r"|\s[^\W\d_]{3,14}:(?!\S).*$",  # the next role: `Autor: Ana Ruiz Quelle: Agentur`
    re.DOTALL,
)
# What Czech, Polish and Vietnamese bylines put before a name; `Dr.` is kept, as it is printed.
_HONORIFICS = frozenset(
    [
        *("Bc.", "Mgr.", "Ing.", "MgA.", "mgr", "inż.", "red."),
        *("Cô", "Thầy", "Ông", "Bà"),
    ]
)
# Degrees and titles of honour before Vietnamese names, which may be glued: `PGS.TS.`, `BS CKII.`.
_DEGREE = re.compile(
    r"(?:(?:GS|PGS|TSKH|TS|Th\.?[Ss]|BSC?K?I*|BS\.?CK|CKI{1,2}|DS|KS|KTS|CN|NCS|LS|YS|ĐD|NGƯT|NGND"
    r"|NSƯT|NSND|TTƯT|TTND)(?:\.|(?=\.?$)))+"
)
# `Đại úy Trần Minh Hòa`, `Bác sĩ Lê Thị Minh`.
_RANK = re.compile(
    r"(?:thiếu|trung|thượng|đại) (?:úy|tá|tướng|uý)|luật sư|(?:bác|tiến|thạc|nhạc|họa|kỹ) s[ĩỹ]"
    r"|giáo sư|đồng chí"
)
_COMRADE = re.compile(r"(?<![^\W_])[Đđ]/[Cc]\.?:?\s+(?=[^\W\d_])")
# `Hải Yến TTVH`: where a named person works, in letters that are no word.
_INITIALS = re.compile(r"[BCDĐGHKLMNPQRSTVX]{3,6}")
# With the vowel signs of Arabic, Hindi and Thai, which are no letters.
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[.'’\u2010\u064b-\u0655\u0900-\u0e4e-])*\.?")

_DIGIT = re.compile(r"\d")
_MAX_GLUED_WORDS = 9
_INITIAL_LAST = re.compile(r"\s[^\W\d_a-z]\.$")
_GLUED_ROLE = re.compile(r"([^\W\d_a-z][^\W\d_A-Z]+)([A-Z][^\W\d_A-Z]+)")
# Capitals inside of names: `MacLeod`, `FitzGerald`, `AbdulRahman`.
_BEFORE_CAPITAL = frozenset(
    [
        "mac",
        "fitz",
        "van",
        "von",
        "der",
        "den",
        "del",
        "della",
        "las",
        "los",
        "san",
        "saint",
        "abd",
        "abdel",
        "abdul",
        "abu",
        "ibn",
        "bin",
        "bint",
    ]
)
_AFTER_NAME = ROLES | {"in", "on", "at", "am", "by"}
# `Center for Research` is an office; what goes on after a person's name has a role before it.
_OFFICE_FOR = re.compile(r"\W*[^\W\d_]+ (?:for|für|pour|para) (?:the )?[^\W\d_a-z]")
# `Lê Minh - Báo Lam Khê`: where the named person works.
_OFFICES = frozenset(("báo", "đài", "tạp", "ubnd"))
_ELIDED = re.compile(r"[dl]['’][^\W\d_a-z]")
# One word: a capital and small letters, initials, or signs of a script without capitals.
_LONE_NAME = re.compile(
    r"[^\W\d_a-z][^\W\d_A-Z]{2,}|(?:[^\W\d_]\.){1,3}[^\W\d_]?|(?:[^\W\d_a-z]\.){1,2}[^\W\d_a-z]"
    r"[^\W\d_A-Z]{1,5}|[\u3040-\u9fff]{2,6}"
    r"|[\uac00-\ud7a3]{2,4}"
)
# As people sign in small papers: `T.Hà`, `H.N.Lan`.
_ABBREVIATED = re.compile(r"(?:[^\W\d_a-z]\.){1,2} ?[^\W\d_a-z][^\W\d_A-Z]{1,5}")
# Before a credit. `Ảnh` needs its colon: `Ảnh hưởng` begins as well.
_CREDIT = re.compile(
    r"(?:(?<=[.!?] )anh:\s*|(?<![^\W\d_])(?:(?:nguồn )?ảnh(?: minh họa| tư liệu)?|hình(?: ảnh)?"
    r"|ảnh,? (?:bài|clip|video)"
    r"|fot(?:o(?:graf(?:ie|ia|ía|ija|i|ové|ka)?|s|ğraf)?)?\.?|photos?|photograph|picture|image"
    r"|bild(?:er)?|zdjęci[ea]"
    r"|crédits?(?: photos?)?|credits?|photo credits?|image credits?|zdroj|źródło|fuente|fonte"
    r"|quelle|source|kuva|kép"
    r"|autor(?:ka)?(?: \w+){0,2}|auteur|vi[zs]uali[zs]a\w+|grafika?|фото|снимка)\s*[:：]\s*"
    r"|(?<![^\W\d_])(?:photos?|photograph|picture|image|foto|illustration) (?:by|von|de|par|por"
    r"|courtesy of)\s+"
    r"|©\s*|\(c\)\s*"
    r"|(?:(?<=[.!?…)\],] )|(?<=\()|(?<=\| )|(?<=[/–—-] )|^)(?:fot\.|foto|photo"
    r"|zdj\.)\s*/?\s+(?-i:(?=[^\W\d_a-zß-ÿ])))",
    re.IGNORECASE,
)
# `(Ana Ruiz / Agency)` or `. Ana Ruiz` or `. / Ana Ruiz` as the last words of a caption.
_CREDIT_AT_END = re.compile(r"\(([^()]{4,60})\)\.?$|[.!?…”]\s*/?\s+([^.!?…()]{4,40})$")
_CREDIT_END = re.compile(r"[()\[\]|\n]|(?<![\s/][A-Z])\.\s|\.$|;|\s[–—]\s|\s-\s")
_NO_CREDIT = re.compile(
    r"^(?:minh h[oọ]a|t[uư] li[eệ]u|internet|illustration|archiv\w*|ilustra\w+)$", re.IGNORECASE
)
_CREDIT_LABEL = re.compile(
    r"^(?:photo|foto|ảnh|fot\.)\s*[:/]?\s+(?=\w)", re.IGNORECASE
)  # © Photo X
_CREDIT_TAIL = re.compile(r"\s+(?:cung cấp|chụp)$")


def parse_authors(text: str, *, site_name: str = "", lone_word: bool = False) -> tuple[str, ...]:
    """Return the persons that a byline or a metadata value names.

    Args:
        text: `Bài, ảnh: Trần Thị B`, `Por Ana Ruiz y Luis Gil`, or a name alone.
        site_name: What the publisher is called; it is never an author.
        lone_word: Whether a name of one word is believed without a role before it.

    Returns:
        Names as printed, in order, without roles and without doubles; () for no person.

    >>> parse_authors("Bài, ảnh: Trần Thị Bình - Lê Minh")
    ('Trần Thị Bình', 'Lê Minh')
    >>> parse_authors("Ban Biên tập")
    ()
    """
    text = _cleaned(text)
    if not text or len(text) > _MAX_BYLINE_CHARS:
        return ()
    by_role = authors_by_role(text)
    if by_role:
        return by_role
    rest, labelled = split_label(without_photographer(text))
    for part in _parts_round_dates(rest):
        if not labelled and _OFFICE_FOR.match(part):
            continue
        pieces = [_name_of(piece) for piece in _without_roles(_pieces(part))[: 3 * _MAX_AUTHORS]]
        # "By Jo Li, Linguist": one word beside a full name is a role, not a second author.
        is_lone = labelled or lone_word or _ABBREVIATED.fullmatch(part.strip()) is not None
        single = is_lone and not _DIGIT.search(part)
        single = single and (labelled or " - " not in part)
        single = single and all(len(piece.split()) <= 1 for piece in pieces)
        names = {
            fold(name): name
            for name in reversed(pieces)
            if fold(name) != fold(site_name)
            and _is_name(name, single=single)
            and (labelled or fold(name) not in PLACES)
        }
        if names:
            return tuple(reversed(names.values()))[:_MAX_AUTHORS]
    return ()


def agencies_in(text: str) -> tuple[str, ...]:
    """Return the news agencies that a byline names as authors of their own.

    >>> agencies_in("Ute Lind und Jan Berg, dpa")
    ('dpa',)
    """
    pieces = (piece.strip(" .") for piece in _pieces(_cleaned(text)))
    return tuple(piece for piece in pieces if fold(piece) in AGENCIES)


def desk_in(byline: str) -> str:
    """Return who a byline with a role names that is no person: a desk, an office; else "".

    >>> desk_in("March 15, 2024 · By Lam Hill Council")
    ''
    >>> desk_in("By Lam Hill Council · 3 min read")
    'Lam Hill Council'
    """
    rest, labelled = split_label(_cleaned(byline))
    if not labelled:
        return ""
    first = _parts_round_dates(rest)[0]
    desk = _pieces(first)[0].strip(" .,:;-–—*")
    if _DIGIT.match(first[len(desk) :].lstrip()):  # the number of a channel
        return ""
    words = desk.split()
    is_name = 0 < len(words) <= _MAX_DESK_WORDS and all(word[0].isupper() for word in words)
    return desk if is_name and len(desk) > 2 and not is_nobody(desk) else ""


def without_label(byline: str) -> str:
    """Return a byline without the role before and the picture credit after its names.

    >>> without_label("Geschrieben von lamhill")
    'lamhill'
    """
    return split_label(_cleaned(byline))[0].strip()


def is_byline(text: str) -> bool:
    """Return whether a short paragraph only says who wrote the article.

    True for `Autor: Jan Novák` and for a line that is a name or two and nothing else; whether a
    bare name stands where bylines stand is for the caller to see.
    """
    text = _cleaned(text)
    if not text or len(text) > 120 or text.endswith(("?", "!", ":")):
        return False
    if authors_by_role(text):
        return True
    rest, labelled = split_label(text)
    if not labelled and (has_no_case(text) or (len(text) > _MAX_LINE and is_sentence(text))):
        return False
    names = parse_authors(text)
    if not names:
        return False
    rest = _NOT_NAME.sub(" ", rest)
    pieces = [piece for piece in _pieces(rest) if piece.strip(" .()*")]
    if labelled:
        return len(rest.split()) <= 14
    shouts = pieces[0].isupper() if pieces else False
    others = (piece for piece in pieces[1:] if shouts or not _is_acronym(piece))
    pieces = pieces[:1] + [piece for piece in others if not _is_role(piece)]
    return len(pieces) == len(names) and len(names) <= 4 and not re.search(r"\d", text)


def names_office(text: str) -> bool:
    """Return whether a line is a name and where the named person works, as people sign.

    >>> names_office("Peter Holt, Communications Office"), names_office("Peter Holt, Ann Lee")
    (True, False)
    """
    text = _cleaned(text)
    if not 0 < len(text) <= _MAX_BYLINE_CHARS // 2 or "@" in text or _DIGIT.search(text):
        return False  # whom to call is no signature
    pieces = [piece for piece in _pieces(text) if piece.strip()]
    if len(pieces) != 2:
        return False
    return _is_office(pieces[1]) and _is_name(_name_of(pieces[0]), single=False)


def photo_credit(caption: str) -> str:
    """Return who made the picture that `caption` stands under, or "" where nobody is named.

    >>> photo_credit("Cán bộ làm việc với chi bộ. Ảnh: Nguyễn Đông")
    'Nguyễn Đông'
    """
    caption = " ".join(normalize(caption[-3000:]).split())[-1000:]
    for match in reversed(list(_CREDIT.finditer(caption))):
        rest = _CREDIT_LABEL.sub("", caption[match.end() :].lstrip(" :©/"))
        end = _CREDIT_END.search(rest)
        credit = (rest[: end.start()] if end else rest).strip(' .,:;-–—/"“”')
        credit = _CREDIT_TAIL.sub("", credit)
        if 2 <= len(credit) <= 70 and len(credit.split()) <= 9 and not _NO_CREDIT.match(credit):
            return _person_of(credit)
    unlabelled = _CREDIT_AT_END.search(caption)
    if unlabelled is None:
        return ""
    credit = _person_of(unlabelled[1] or unlabelled[2])
    return credit if _is_name(credit, single=False) else ""


def _person_of(credit: str) -> str:
    """Return the photographer of `Name / Agency`, else the whole credit."""
    parts = [part.strip() for part in credit.split(" / ")]
    persons = [part for part in parts if _is_name(part, single=False)]
    return persons[0] if len(parts) > 1 and len(persons) == 1 else credit


def _cleaned(text: str) -> str:
    """Return `text` on one line; what is far too long for a byline is cut, and then refused."""
    text = text[: 4 * _MAX_BYLINE_CHARS]
    text = _COMRADE.sub("", " ".join(normalize(text).replace("\n", " | ").split()))
    in_brackets = _IN_BRACKETS.fullmatch(text)
    return text if in_brackets is None else in_brackets[1]


def _parts_round_dates(text: str) -> list[str]:
    """Return what stands before, between and after the dates of a byline.

    Names stand on one side: `Ana Ruiz, 3 May 2024 Comments Off`, `16/05/2024 - Karel Tichý`.
    """
    return without_dates(_NOT_NAME.sub(" ", text), filler="\n").split("\n")


def _pieces(text: str) -> list[str]:
    """Return what separators part in a byline, up to where it goes on to something else."""
    pieces = _SEPARATORS.split(_TAIL.sub("", text))
    return [part for piece in pieces for part in _unglued(piece)]


def _unglued(piece: str) -> list[str]:
    """Return the two names that a template printed without anything between them.

    >>> _unglued("Jo LindAnn Reed"), _unglued("Jo MacLeod Reed")
    (['Jo Lind', 'Ann Reed'], ['Jo MacLeod Reed'])
    """
    words = piece.split()
    if not 3 <= len(words) <= _MAX_GLUED_WORDS or not all(word[0].isupper() for word in words):
        return [piece]
    for index, word in enumerate(words[1:-1], start=1):
        end = next((at for at in range(3, len(word)) if _is_hump(word, at)), 0)
        if end and word.isalpha() and fold(word[:end]) not in _BEFORE_CAPITAL:
            rest = (word[end:], *words[index + 1 :])
            return [" ".join((*words[:index], word[:end])), " ".join(rest)]
    return [piece]


def _is_hump(word: str, at: int) -> bool:
    """Return whether a capital stands in a word of letters between small ones."""
    around = word[at - 1 : at + 2]
    return len(around) == 3 and around[1].isupper() and around[0].islower() and around[2].islower()


def _without_roles(pieces: list[str]) -> list[str]:
    """Return pieces without those that say what the one before does: `Local News Reporter`."""
    others = (piece for piece in pieces[1:] if not _ends_with_role(piece))
    return pieces[:1] + [piece for piece in others if not is_office(piece)]


def _ends_with_role(piece: str) -> bool:
    words = fold(piece).split()
    return len(words) > 1 and words[-1].strip(" .,*") in ROLES


def _is_role(piece: str) -> bool:
    """Return whether a piece after a name is an agency, or what the named person does."""
    words = fold(piece).strip(" .*").split()
    if fold(piece).strip(" .*") in AGENCIES or _is_office(piece):
        return True
    if not 0 < len(words) <= 4:
        return False
    return words[-1] in ROLES | NO_NAME_WORDS or (len(words) < 4 and piece.strip().islower())


def _is_acronym(piece: str) -> bool:
    """Return whether a piece begins with a word of capitals alone: `VOV`, `VOV-Tây Bắc`."""
    first = re.split(r"[\s-]", piece.strip(), maxsplit=1)[0]
    return 2 <= len(first) <= 7 and first.isupper()


def _begins_with_acronym(word: str) -> bool:
    """Return whether a word is an office: `VOV-Tây`; `JEAN-PAUL` has capitals throughout."""
    return "-" in word and _is_acronym(word) and not word.isupper()


def _is_office(piece: str) -> bool:
    first = normalize(piece).lower().strip(" (").partition(" ")[0]
    return len(piece) < 60 and (first in NO_FIRST_WORDS or first in _OFFICES or is_office(piece))


def _name_of(piece: str) -> str:
    """Return a piece without roles before and after the name, and without signs round it."""
    text = split_label(piece.strip())[0].strip(" ,:;-–—*\"“”'")
    words = (text if _INITIAL_LAST.search(text) else text.strip(" .,:;-–—*\"“”'")).split()
    if len(words) > 2 and words[0] in _HONORIFICS:
        words = words[1:]
    while len(words) > 2 and _is_degree(words[0], text):
        words = words[1:]
    if len(words) > 3 and _RANK.fullmatch(" ".join(words[:2]).lower()):
        words = words[2:]
    if len(words) > 2 and _INITIALS.fullmatch(words[-1]):
        words = words[:-1]
    words = _without_copy(_without_role(words))
    if words and words[-1] in {"Jr", "Sr"}:
        words[-1] += "."
    return " ".join(words)


def _is_degree(word: str, text: str) -> bool:
    """Return whether a word is a degree; without its dot letters may be initials elsewhere."""
    return _DEGREE.fullmatch(word) is not None and ("." in word or not text.isascii())


def _without_role(words: list[str]) -> list[str]:
    """Return a name's words up to the role behind it, which may be glued to it: `Jo LindReporter`.

    `Lam Hill Staff` stays whole, and so is no person: the staff is a paper's.
    """
    glued = _GLUED_ROLE.fullmatch(words[1]) if len(words) > 1 else None
    if glued is not None and fold(glued[2]) in _AFTER_NAME:
        return [words[0], glued[1]]
    for index, word in enumerate(words[2:], start=2):
        if word == "The" and index + 1 < len(words):  # `Jo Lind The Lam Post`
            return words[:index]
        role = fold(word).strip(".,")
        if role in ROLES and (role, index + 1) != ("staff", len(words)):
            return words[:index]
        if word.islower() and is_office_word(word):  # `Jana Malá tisková mluvčí`
            return words[:index]
    return words


def _without_copy(words: list[str]) -> list[str]:
    """Return what is said twice once: a picture beside the name is called so as well."""
    half = len(words) // 2
    if half > 1 and words[:half] == words[half:]:
        return words[:half]
    text = " ".join(words)
    half = len(text) // 2
    is_glued = " " in text[:half] and text[:half] == text[half:]  # `Jo LindJo Lind`
    return text[:half].split() if is_glued else words


def _is_name(name: str, *, single: bool) -> bool:
    """Return whether `name` can be a person's; one word only where `single` allows it."""
    words = name.split()
    if not 1 <= len(words) <= 6 or len(name) > _MAX_NAME_CHARS or (len(words) == 1 and not single):
        return False
    folded = fold(name)
    if NO_NAME_PHRASES.search(folded) or any(map(_is_no_name_word, words)):
        return False
    if normalize(words[0]).lower() in NO_FIRST_WORDS or any(map(_begins_with_acronym, words)):
        return False
    return _is_capitalised(words)


def _is_no_name_word(word: str) -> bool:
    if is_office_word(word):
        return True
    word = normalize(word).lower()
    if not word.isascii() and word in NO_NAME_WORDS:
        return True
    return (word if len(word) < 5 else fold(word)) in NO_NAME_WORDS


def _is_capitalised(words: list[str]) -> bool:
    """Return whether all words are letters, begin with capitals, or are small name words."""
    if not all(_WORD.fullmatch(word) for word in words):
        return False
    if len(words) == 1 and not _LONE_NAME.fullmatch(words[0]):
        return False
    capitals = [not word[0].islower() or _ELIDED.match(word) is not None for word in words]
    small = sum(
        word.lower() in PARTICLES
        for word, capital in zip(words, capitals, strict=True)
        if not capital
    )
    return capitals[-1] and sum(capitals) + small == len(words)
