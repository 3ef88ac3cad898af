"""Whether a line dates something in the life of readers: an event, a deadline, not the page.

Nor do the laws that a decision names above its articles: `Căn cứ Luật Du lịch ngày ...`.

A table of data in the languages of civic news, in their own spelling: both sides are compared
folded. A label that may as well be an ordinary word needs its colon.
"""

from __future__ import annotations

import re

from civicsearch.analysis.folding import fold
from civicsearch.ingest.reading.alternatives import compile_alternatives, fold_table

__all__ = ["dates_event", "is_event_label"]

_WITH_COLON = """
thời gian|khi nào|hạn|hạn cuối|lịch|kdy|kedy|termín|termíny|konání|začátek|konec|začiatok|koniec
|kiedy|termin|początek|koniec|termine|wann|beginn|ende|frist|quand|début|fin|échéance|cuándo
|inicio|plazo|quando|início|prazo|inizio|fine|scadenza|wanneer|aanvang|when|deadline|starts|ends
|start|end|när|tid|tidpunkt|når|hvornår|tidspunkt|milloin|aika|ajankohta|mikor|időpont|când|kada
|kdaj|ne zaman|waktu|kapan|когда|начало|окончание|коли|початок|πότε
"""
_ALONE = """
(?:thời gian|ngày|ngày giờ) (?:tổ chức|diễn ra|khai mạc|bế mạc|sự kiện|thực hiện|bắt đầu|kết thúc
|họp|làm việc)|căn cứ
|xét (?:đề nghị|tờ trình|báo cáo)|theo đề nghị của
|thời hạn (?:nộp|đăng ký|nhận)|hạn (?:nộp|cuối)|ngày hết hạn
|(?:termín|datum|dátum|čas) (?:akce|konání|události|konania|podujatia|udalosti)
|(?:začátek|konec|začiatok|koniec) (?:akce|konání|podujatia)|uzávěrka|uzávierka
|(?:termin|data|czas) (?:wydarzenia|imprezy|spotkania|rozpoczęcia|zakończenia|składania)
|datum (?:der veranstaltung|des termins)|veranstaltungs(?:datum|termin|tag|beginn)|einsendeschluss
|anmeldeschluss|bewerbungsschluss|date limite
|dates? (?:de l.événement|des événements|de la (?:manifestation|réunion)|du (?:concert|conseil)
|de début|de fin)|fecha (?:del? (?:evento|acto|inicio|fin|celebración)|de la (?:reunión|actividad))
|data (?:do evento|da (?:reunião|sessão)|de (?:início|fim|realização))
|data (?:dell.evento|della riunione|dell.incontro|(?:di )?(?:inizio|fine))
|datum (?:van het )?evenement|evenementdatum|begindatum|einddatum
|(?:event|start|end|meeting|closing) (?:date|time)s?|dates? of (?:the )?(?:event|meeting|hearing)
|datum för (?:evenemanget|mötet)|evenemangsdatum|startdatum|slutdatum
|dato for (?:arrangementet|arrangement|møtet|mødet|begivenheden)|arrangementsdato|startdato
|sluttdato|slutdato|tapahtuman (?:aika|ajankohta|päivä|päivämäärä)|tapahtuma-aika
|esemény (?:időpontja|dátuma)|az esemény (?:időpontja|dátuma)|rendezvény (?:időpontja|dátuma)
|a rendezvény (?:időpontja|dátuma)
|data (?:evenimentului|ședinței|începerii|desfășurării)
|(?:datum|vrijeme|termin) (?:događanja|događaja|održavanja|dogodka)|etkinlik (?:tarihi|zamanı)
|(?:başlangıç|bitiş) tarihi|(?:tanggal|waktu) (?:acara|kegiatan|pelaksanaan)
|(?:дата|время) (?:проведения|мероприятия|события|начала)|дата (?:проведення|події|заходу)
|час проведення|ημερομηνία (?:εκδήλωσης|διεξαγωγής|έναρξης|λήξης)
"""


def _alternatives(table: str) -> str:
    return compile_alternatives(fold_table(table)).pattern


_LABELS = rf"\W*(?:(?:{_alternatives(_WITH_COLON)}) ?[:：]|(?:{_alternatives(_ALONE)})(?![^\W_]))"
_LABEL = re.compile(_LABELS)
_WHOLE = re.compile(rf"{_LABELS} ?[:：]?")
_MAX_LABEL = 40


def dates_event(text: str) -> bool:
    """Return whether a line begins with what only the day of an event or a deadline is called.

    >>> dates_event("Termín akce: 3. 5. 2024"), dates_event("Termín platí od 3. 5. 2024")
    (True, False)
    """
    return _LABEL.match(fold(text[:_MAX_LABEL])) is not None


def is_event_label(text: str) -> bool:
    """Return whether a whole line is such a label: the next one then is its day.

    >>> is_event_label("Date of event")
    True
    """
    return len(text) <= _MAX_LABEL and _WHOLE.fullmatch(fold(text).strip()) is not None
