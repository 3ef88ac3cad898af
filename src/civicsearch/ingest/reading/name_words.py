"""Words that tell the names of persons from other short texts with capitals.

Lists only; how they are used is said in `names`.
"""

from __future__ import annotations

import re

__all__ = [
    "AGENCIES",
    "NO_FIRST_WORDS",
    "NO_NAME_PHRASES",
    "NO_NAME_WORDS",
    "PARTICLES",
    "PLACES",
    "ROLES",
]

_PARTICLE_LIST = (
    "van von der den de da di del della dos das do du la le les el al bin ibn ben ten ter zu zur"
    " y af av op 't d st jr sr ibnu e i"
)
PARTICLES = frozenset(_PARTICLE_LIST.split())
# Words that no person's name holds, folded where they have five letters or more. Shorter ones stand
# as they are typed: folded, `the` would refuse the name Thế and `bao` the name Bảo.
_NO_NAME_LIST = """
    superuser
    admin administrator administrador administrateur webmaster editor editors editorial staff team
    newsroom news desk agency agencies press reuters afp ap dpa afp upi efe ansa ctk pap lusa tass
    xinhua anadolu ttxvn vnexpress vietnamplus tuoitre dantri redaktion redakcja redakce redaccion
    redaction redacao redazione redactie redaktor redakteur redacteur correspondent correspondents
    correspondant corresponsal korrespondent reporter reporters writer writers contributor
    contributors columnist author authors guest freelance journalist journaliste periodista
    dziennikarz novinar photographer producer director manager chief senior deputy assistant
    politics political business sports sport science technology health culture opinion
    correspondente colaborador bureau office department ministry council university institute
    center centre organization organisation society federation
    ihre nachricht votre message
    anstalt stiftung union gesponserte inhalte patrocinado sponsorise
    company media online daily weekly times post journal gazette tribune herald magazine radio tv
    television channel blog website portal group foundation association committee government
    urad mesto obec mestsky urzad miasta gmina ayuntamiento mairie comune belediyesi belediye
    stadt gemeinde landkreis rathaus pressestelle presse tiskove oddeleni odbor redakcni zprava
    haber merkezi servisi muhabir ajansi editoru
    báo ban bientap toasoan nguồn nguon theo pv ctv btv ubnd hđnd hdnd mttq sở nhóm phongvien
    share comment comments print email subscribe follow read more updated published posted
    unknown anonymous none null undefined user profile view all the this that with from about
    minutes min ago hours monday tuesday wednesday thursday friday saturday sunday
    contact gallery link links text size full bio chapter review reviews cart calculator resource
    resources solutions information informationen informations thoughts alert alerts recent related
    weitere mehr nachster nachste discover planning article articles artikel posts blogs category
    categories software theme width menu search login customer shopping summary conclusion
    advertisement sponsored loading download privacy policy cookie cookies your
    gmbh ltd inc llc corp institut verband verein fraktion kammer ministerium bundesamt
    landesanstalt pdf version desktop
    डेस्क ब्यूरो संवाददाता एजेंसी
    release immediate content frequently asked questions faq ads remove fiction
    kommentieren kommentar kommentare eintrag powiazane dalsi wszystkie
"""
NO_NAME_WORDS = frozenset(_NO_NAME_LIST.split())
# Words that begin the name of a place or an office, and no person's; some are given names as well.
_NO_FIRST_WORD_LIST = (
    "xã phường huyện quận tỉnh thôn làng bản bộ cục vụ viện trường phòng hội đảng ủy"
    " thứ chủ"  # `Thứ Bảy`, `Chủ Nhật`: a day of the week
)
NO_FIRST_WORDS = frozenset(_NO_FIRST_WORD_LIST.split())
# Folded words that may follow a name and end it: `Ana Ruiz Redactora jefe`, `Jo Li Twitter`.
_ROLE_LIST = """
    editor editors reporter correspondent writer columnist journalist journaliste periodista author
    photographer producer director chief senior deputy assistant expert professor contributor
    founder gardener specialist analyst educator strategist consultant therapist nutritionist
    dietitian dietician engineer scientist physician attorney instructor designer developer
    president officer historian economist psychologist horticulturist horticulturalist
    korrespondent korrespondentin onlineredaktion chefredakteur redakteur redakteurin redaktor
    redactor redactora novinar dziennikarz muhabir landespolitische politische stellvertretende
    stellvertretender leitende leitender freie freier
    twitter facebook stand updated published posted phd md dvm cfp follow bio
    staff special local associated contributing freelance
"""
ROLES = frozenset(_ROLE_LIST.split())
# Folded: the agencies whose texts newspapers print under their names.
AGENCIES = frozenset(
    [
        *("dpa", "afp", "apa", "sda", "keystone-sda", "reuters", "ap", "associated press", "epd"),
        *("kna", "sid", "tass", "interfax", "efe", "europa press", "ansa", "adnkronos", "ctk"),
        *("pap", "lusa", "belga", "anp", "ntb", "tt", "ritzau", "stt", "mti", "agerpres", "hina"),
        *("tanjug", "xinhua", "kyodo", "jiji", "yonhap", "pti", "ani", "aa", "anadolu", "ttxvn"),
        *("aap", "pa", "pa media", "upi", "agencia estado", "agencia brasil"),
    ]
)
# Folded pairs of syllables, each of them harmless alone: `Ban Biên tập` is no person.
NO_NAME_PHRASES = re.compile(
    r"^trung (?:tam|uong|hoc|doan)\b|^thanh pho\b|"
    r"\b(?:bien tap|toa soan|phong vien|cong tac vien|thong tin|thong tan|tong hop|suu tam"
    r"|dai hoc|cong ty|dien tu|bao chi"
    r"|van phong|cong thong|thi xa|thi tran"
    r"|uy ban|hoi dong|mat tran|thi uy|tinh uy|huyen uy|so y|bo y|theo \w+|el pais|le monde"
    r"|new york|associated press"
    r"|dau trang|trang chu|lien he|dang nhap|dang ky|xem them|in bai|haber merkezi|by the"
    r"|all rights|read more)\b"
)
# Folded. Provinces and cities: a page of `Gia Lai` names itself where a byline may stand. A few are
# given names as well, so they count only where no role stands before them.
_PLACE_LIST = """
    an giang|ba ria|bac giang|bac kan|bac lieu|bac ninh|ben tre|binh dinh|binh duong|binh phuoc
    |binh thuan|ca mau|can tho|cao bang|da nang|dak lak|dak nong|dien bien|dong nai|dong thap
    |gia lai|ha giang|ha nam|ha noi|ha tinh|hai duong|hai phong|hau giang|ho chi minh|hoa binh
    |hung yen|khanh hoa|kien giang|kon tum|lai chau|lam dong|lang son|lao cai|long an|nam dinh
    |nghe an|ninh binh|ninh thuan|phu tho|phu yen|quang binh|quang nam|quang ngai|quang ninh
    |quang tri|soc trang|son la|tay ninh|thai binh|thai nguyen|thanh hoa|thua thien hue
    |tien giang|tra vinh|tuyen quang|viet nam|vinh long|vinh phuc|vung tau|yen bai
"""
PLACES = frozenset(" ".join(place.split()) for place in _PLACE_LIST.split("|"))
