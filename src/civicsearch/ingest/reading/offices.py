"""Whether a piece of a byline is where somebody works: `Văn phòng HĐND`, `Presseamt`.

A table of data in the languages of civic news, in their own spelling: both sides are compared
folded. Each word stands in names of offices, desks and places of work, and in no person's name.
"""

from __future__ import annotations

import re
from functools import lru_cache

from civicsearch.analysis.folding import fold
from civicsearch.ingest.reading.alternatives import fold_table

__all__ = ["is_office", "is_office_word"]

_WORDS = """
pressestelle presseamt pressebüro pressereferat pressedienst presseabteilung pressezentrum
kommunikation öffentlichkeitsarbeit gemeindeverwaltung stadtverwaltung kreisverwaltung
bürgermeisteramt landratsamt bürgerbüro stadtarchiv referat
communications municipality directorate headquarters secretariat
mairie prefecture secrétariat gabinete oficina departamento concejalía consejería diputación
municipio município prefeitura câmara secretaria municipal
ufficio stampa regione prefettura comunicação comunicación comunicazione
gemeente gemeentehuis communicatie afdeling provincie persdienst
kommun kommune kommunen kommunikationsenheten kommunikationsavdelningen kommunikationsafdelingen
kommunikasjonsavdelingen avdelning avdelningen avdeling avdelingen forvaltning forvaltningen
regionen fylkeskommune kaupunki viestintä kunnanhallitus
tiskové tiskový tisková úřad úřadu oddělení magistrát magistrátu kancelář krajský obecní
tlačové oddelenie magistrátu obecný mestský biuro referat wydział urząd urzędu starostwo
prasowe promocji referatu
sajtóiroda iroda hivatal önkormányzat polgármesteri osztály
primăria primăriei biroul serviciul direcția compartimentul consiliul prefectura
ured gradonačelnice gradonačelnika služba odjel općina županija urad občina občinska
bürosu müdürlüğü müdürlük belediyesi başkanlığı valiliği kaymakamlığı
dinas humas kecamatan kelurahan kabupaten pemerintah diskominfo
пресс-служба пресслужба прессслужба администрация администрации управление управления отдел
департамент департаменту міськрада сільрада відділ управління громади община общината
γραφείο τύπου περιφέρεια διεύθυνση
"""
_PHRASES = """
văn phòng|trung tâm|ban (?:tuyên giáo|tuyên truyền|biên tập|dân vận|tổ chức|chỉ huy|quản lý)
|đài (?:truyền thanh|phát thanh|truyền hình|ptth|tt)
|phòng (?:văn hóa|văn hoá|nội vụ|giáo dục|tư pháp)
|(?:huyện|tỉnh|thành|thị|xã|quận) (?:đoàn|ủy|uỷ|đội)|chi (?:bộ|cục|nhánh|đoàn|hội)
|công (?:an|chức|đoàn)|đoàn (?:thanh niên|tncs|xã|trường|cơ sở)|hạt (?:kiểm lâm|quản lý)|sở
|trạm (?:y tế|khuyến nông|thú y|truyền thanh)|đồn biên phòng|bệnh viện|điện lực|viện kiểm sát
|(?:phó |nguyên )?(?:bí thư|chủ tịch|giám đốc|hiệu trưởng|trưởng (?:phòng|ban|thôn|trạm|khoa)) ?
|pct |cán bộ|chuyên viên|giáo viên|giảng viên|sinh viên|hội viên
|liên đoàn|tòa án|kho bạc|ubnd|hđnd|ubmttq|mttq|vp|vhtt|ttvh|bch|bbt|cổng ttđt
|press office|kantor (?:desa|camat|lurah|bupati|wali kota|kecamatan|kelurahan)
|kunnan(?:hallitus|talo|virasto)
|service (?:de )?(?:communication|presse)|servizio stampa
"""
# Last or first words of the names of newspapers: `Lam Hill Ledger`, `Kabar Lamasari`. A few are
# names of persons as well, so they are asked only of what stands behind one.
_PAPER = re.compile(
    r"(?:the )?[^\W\d_][^\s,]*(?: \S+){0,3} (?:ledger|courier|sentinel|observer|chronicle|register"
    r"|dispatch|examiner|enquirer|inquirer|bulletin|advertiser|standard|record|mirror|telegraph"
    r"|express|globe|republic|blatt|zeitung|anzeiger|kurier|rundschau|denik|listy|noviny|gazeta"
    r"|dziennik|dagblad|courant|gazetesi|dergisi)"
    r"|(?:kabar|jornal|diario|gazeta|kurier|dziennik|glos|corriere|gazzetta|giornale"
    r"|periodico) \S.*"
)
_FOLDED_WORDS = frozenset(fold(_WORDS).replace("-", " ").split()) - {"press"}
_PHRASE = re.compile(rf"(?:{fold_table(_PHRASES)})(?![^\W_])")
_WORD = re.compile(r"[^\W\d_]+")
_MAX_CHARS = 80


@lru_cache(maxsize=1 << 12)
def is_office_word(word: str) -> bool:
    """Return whether a word stands in names of offices, and in no person's name."""
    return fold(word).strip(".") in _FOLDED_WORDS


def is_office(piece: str) -> bool:
    """Return whether a piece of a byline is called like an office.

    >>> is_office("Văn phòng HĐND"), is_office("Gabinete de Prensa"), is_office("Ana Ruiz")
    (True, True, False)
    """
    if len(piece) > _MAX_CHARS:
        return False
    folded = fold(piece).strip()
    if _PHRASE.match(folded) is not None or _PAPER.fullmatch(folded.rstrip(" .")) is not None:
        return True
    return not _FOLDED_WORDS.isdisjoint(_WORD.findall(folded))
