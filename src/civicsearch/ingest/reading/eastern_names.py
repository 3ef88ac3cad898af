"""Who wrote an article, where names have no capitals: by the roles that stand at them.

Chinese, Japanese and Korean roles are found with the names between them; of Arabic, Hebrew, Hindi
and Thai only the role before the names. Without a role a line in these scripts is no byline: any
few words of it could be a name.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["authors_by_role", "has_no_case", "opening_byline", "role_before"]

_NO_CASE = re.compile("[\u0590-\u06ff\u0900-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_SIGNS = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_REPORTER = (
    "(?:本[报報台网網刊]|特[约約]|[见見][习習]|首席|[全融]媒[体體])*(?:[记記]者|通[讯訊]员|通訊員)"
)
_OPENING = "^[\\s(（\\[【〔]*"
_SIGN = r"\s*[:：/／|=＝-]\s*"
_FIRST_ROLE = re.compile(
    f"{_OPENING}(?:{_REPORTER}[\\s:：/／]*"
    f"|(?:作者|撰文|撰稿|供稿|[图圖]文|文[图圖字]?|取材[・･]文|取材|文[・･]写真|執筆者?|筆者|著者|ライター|글|취재"
    f"|작성자?|기자)(?:{_SIGN}|\\s+|[・･])"
    ")"
)
_LATER_ROLE = re.compile(f"{_REPORTER}[\\s:：/／]*|(?:선임|인턴|객원|수습)?(?:기자|특파원)|通信員")
_LAST_ROLE = re.compile(
    r"(?:\s*(?:記者|[记記]者)|\s*(?:선임|인턴|객원|수습)?(?:기자|특파원))\s*(?:=\s*)?[\])）】]?$"
)
# What follows is somebody else's part, or no name.
_OTHERS = re.compile(
    "입력|등록|승인|수정|게시|\\d{4}[.-]|[编編]辑?輯?|[责責]任|[责責]编|校[对對]|来源|來源|[摄攝]影?|撮影|写真|사진|편집|영상|[\\w.]+@|[\u3400-\u9fff]{0,3}(?:報導|[报報]道)|\\bEditor"
)
_DAY_BEHIND = re.compile(r"[\s,，、|]*\d{4}\s?[年./-].*$", re.DOTALL)
_PLACE_BEFORE = re.compile(r"^\s*[(\[（【][^)\]）】]{0,30}[)\]）】]\s*(?=\S)")
_SIGNS_BETWEEN = "[\\s、，,・･·/／()（）\\[\\]【】〔〕:：=＝]+"
_PARTING = re.compile(f"{_SIGNS_BETWEEN}|[和及與与]")
_JAPANESE_PARTING = re.compile(_SIGNS_BETWEEN)  # `和` is a sign of many names
_NAME = re.compile(
    "[\u3005\u3400-\u9fff]{2,4}|(?=.*[\u3040-\u30ff])[\u3005\u3041-\u9fff]{3,8}|[\uac00-\ud7a3]{2,4}"
)
# `佐々木 健太郎`: family name and given name have up to three signs each, or four.
_JAPANESE_NAME = re.compile("[\u3005\u3041-\u9fff]{2,7}")
_HAN_NAME = re.compile("[\u3005\u3400-\u9fff]{2,4}")
_HANGUL = re.compile("[\uac00-\ud7a3]")
_KOREAN_NAME = re.compile("[\uac00-\ud7a3]{3}")
_NO_NAME = re.compile(
    "(?:[报報]|日报|新[闻聞]|网|網|社|台|[电電]|[讯訊]|部|局|府|室|中心|委|会|會|院|实习生|[综綜]合|写真|記事|一覧|特集|連載|会員|限定|提供|完[结結]|[续續]く|일보|신문|뉴스|방송|연합뉴스)$"
)
# `（王小明 李红）` as a line of its own; agencies have shorter names.
_SIGNED = re.compile("[（(]((?=[^）)]*[\u4e00-\u9fff]{3})[\u3400-\u9fff\\s、]{3,20})[）)]")
_OPENING_BYLINE = re.compile(
    f"[^（(。]{{0,30}}[（(]({_REPORTER}[^）)。]{{2,30}})[）)]"
    f"|(?:[(\\[][^)\\]]{{1,20}}[)\\]]\\s*)?([\uac00-\ud7a3·, ]{{2,20}}(?:기자|특파원))\\s*="
)
_JAPANESE_ROLE = re.compile("取材|文[・･:：\\s]|執筆|筆者|著者|ライター")
_ROLE_BEFORE = re.compile(
    f"{_OPENING}(?:(?:كتبت?|بقلم|إعداد|اعداد|الكاتب|تقرير|مراسل\\w*|लेखक|रिपोर्ट|द्वारा|ผู้เขียน|เรื่อง|ผู้สื่อข่าว)"
    f"(?:{_SIGN}|\\s+)|(?:บทความ|เขียน|รายงาน)?โดย\\s*:?\\s*|מאת\\s*:?\\s*)"
)
_ENDS_OF_LABELS = frozenset(":：/／|=＝・･-")
_MAX_CHARS = 80


def has_no_case(text: str) -> bool:
    """Return whether a text has letters of a script without capitals."""
    return not text.isascii() and _NO_CASE.search(text) is not None


def role_before(text: str) -> int:
    """Return where the names begin behind an Arabic, Hebrew, Hindi or Thai role, 0 without one.

    >>> text = "بقلم: أحمد سالم"
    >>> text[role_before(text) :] == "أحمد سالم"
    True
    """
    match = None if text.isascii() else _ROLE_BEFORE.match(text)
    return match.end() if match else 0


def authors_by_role(text: str) -> tuple[str, ...]:
    """Return the names at Chinese, Japanese and Korean roles; () where there is none.

    >>> authors_by_role("本报记者 王小明 通讯员 李红")
    ('王小明', '李红')
    >>> authors_by_role("김민수 기자 minsu@lam.example")
    ('김민수',)
    """
    if text.isascii() or len(text) > _MAX_CHARS or not _SIGNS.search(text):
        return ()
    first = _FIRST_ROLE.match(text)
    if first is not None:
        rest = _DAY_BEHIND.sub("", text[first.end() :])
        # `记者从市政府获悉`, `기자 회견`: the word begins a sentence as well.
        is_japanese = _JAPANESE_ROLE.search(first[0]) is not None
        parting = _JAPANESE_PARTING if is_japanese else _PARTING
        if first[0][-1] not in _ENDS_OF_LABELS and not _is_all_names(rest, parting):
            return ()
        return _names_in(rest, is_japanese=is_japanese)
    signed = _SIGNED.fullmatch(text)
    if signed is not None:
        return _names_in(signed[1], is_japanese=False) if _is_all_names(signed[1]) else ()
    others = _OTHERS.search(text)
    before = (text[: others.start()] if others else text).strip()
    last = _LAST_ROLE.search(before)
    if last is None:
        return ()
    names = _PLACE_BEFORE.sub("", before[: last.start()])
    return _names_in(names, is_japanese="記者" in last[0])


def opening_byline(text: str) -> Iterator[str]:
    """Yield who is named, with a role, before the first sentence of a story.

    >>> list(opening_byline("新华社岚山5月12日电（记者王小明、李红）会议决定修缮吊桥。"))
    ['记者王小明、李红']
    """
    match = None if text.isascii() else _OPENING_BYLINE.match(text)
    if match is not None:
        yield match[1] or match[2]


def _is_all_names(text: str, parting: re.Pattern[str] = _PARTING) -> bool:
    """Return whether a text holds names, roles and what follows them alone."""
    others = _OTHERS.search(text)
    text = _LATER_ROLE.sub("、", text[: others.start()] if others else text).strip()
    parts = [part for part in parting.split(text) if part]
    if any(map(_HANGUL.match, parts)):
        return len(parts) == 1 and _KOREAN_NAME.fullmatch(parts[0]) is not None
    return all(_HAN_NAME.fullmatch(part) and not _NO_NAME.search(part) for part in parts)


def _names_in(text: str, *, is_japanese: bool) -> tuple[str, ...]:
    """Return the names between roles and signs, up to what is no name."""
    others = _OTHERS.search(text)
    text = _LATER_ROLE.sub(" 、 ", text[: others.start()] if others else text).strip()
    if is_japanese:  # family name and given name have a blank between them
        text = re.sub("(?<=[\u3005-\u9fff])[ \u3000](?=[\u3040-\u9fff])", "_", text)
    name, parting = (_JAPANESE_NAME, _JAPANESE_PARTING) if is_japanese else (_NAME, _PARTING)
    names = (
        part.replace("_", " ")
        for part in parting.split(text)
        if name.fullmatch(part.replace("_", "")) and not _NO_NAME.search(part)
    )
    return tuple(dict.fromkeys(names))
