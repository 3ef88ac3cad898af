"""Reads tables of abbreviations from TOML files, the built-in one and those of users.

    [vi]
    UBND = "Ủy ban nhân dân"
    BTC = ["Ban Tổ chức", "Bộ Tài chính"]
    XYZ = []                                   stands for nothing: takes a built-in one away

    [vi.capitals]
    TT = ["thị trấn", "thông tư"]

The names of sections say whose languages they are and mean nothing else; entries may also stand
before all sections. An entry of a user's file takes the place of the built-in one that is spelled
alike.
"""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from civicsearch.analysis.analyzer import Analyzer
from civicsearch.analysis.folding import fold, normalize
from civicsearch.errors import AbbreviationsError
from civicsearch.query.abbreviations import BUILT_IN, Abbreviations, Form, Kind, built_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = ["MAX_ENTRIES", "MAX_FILE_BYTES", "SOURCE", "load_abbreviations", "write_built_in"]

SOURCE = BUILT_IN.with_suffix(".toml")
"""The built-in table as it is edited."""
MAX_FILE_BYTES = 1 << 20
MAX_ENTRIES = 5000
MAX_MEANINGS = 8
"""Each is a phrase to look for."""
MAX_WORDS = 16
"""The longest meaning; of real ones the longest has eleven words."""
_CAPITALS = "capitals"


class _Text(NamedTuple):
    """A text of a file: as it is written there, and the exact forms of its words."""

    shown: str
    exact: str


class _Entry(NamedTuple):
    """An abbreviation of a file.

    Attributes:
        place: Where it stands, for messages: `vi.UBND`.
        abbreviation: The abbreviation.
        is_capital: Whether it is one in capitals only.
        means: What it means; nothing, where it is taken away.
    """

    place: str
    abbreviation: _Text
    is_capital: bool
    means: tuple[_Text, ...]


def load_abbreviations(path: str | Path) -> Abbreviations:
    """Return the built-in table with the entries of a user's file in it.

    Raises:
        AbbreviationsError: The file cannot be read, or an entry means nothing that can be
            searched for; the message names the line or the entry.
    """
    own = _read(Path(path))
    taken = {entry.abbreviation.exact for entry in own}
    others = [entry for entry in _entries_of(built_in()) if entry.abbreviation.exact not in taken]
    return _table([*others, *own])


def write_built_in(path: Path = BUILT_IN) -> None:
    """Write the built-in table ready for use."""
    table = _table(_read(SOURCE))
    rows = ",\n".join(json.dumps(form, ensure_ascii=False) for form in table.forms)
    heads = json.dumps(table.heads, ensure_ascii=False, sort_keys=True)
    path.write_text(f'{{"forms": [\n{rows}\n],\n"heads": {heads}}}\n', "utf-8")


def _entries_of(table: Abbreviations) -> Iterator[_Entry]:
    """Yield the entries of a table, whose words are known already."""
    for form in table.forms:
        if form.kind == Kind.WORDS:
            continue
        means = [table.forms[other] for other in form.readings]
        yield _Entry(
            form.shown,
            _Text(form.shown, form.exact),
            form.kind == Kind.CAPITALS,
            tuple(_Text(one.shown, one.exact) for one in means if one.kind == Kind.WORDS),
        )


def _read(path: Path) -> list[_Entry]:
    """Return the entries of a file."""
    try:
        return _checked(_iter_entries(_load(path), "", is_capital=False))
    except UnicodeDecodeError:
        raise AbbreviationsError(path, "it is not UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        hint = 'names with accents or signs need quotes, like "HĐND" = "Hội đồng nhân dân"'
        raise AbbreviationsError(path, f"{error}; {hint}") from None
    except RecursionError:
        raise AbbreviationsError(path, "it is nested too deep") from None
    except ValueError as error:
        raise AbbreviationsError(path, str(error)) from None
    except OSError as error:
        raise AbbreviationsError(path, error.strerror or "it cannot be read") from error


def _checked(entries: Iterable[_Entry]) -> list[_Entry]:
    """Return entries that can be used, each abbreviation once in a section."""
    known: dict[tuple[str, str], _Entry] = {}
    for number, entry in enumerate(entries, start=1):
        key = entry.abbreviation.exact, entry.place.partition(".")[0]
        reason = _fault(entry)
        if number > MAX_ENTRIES:
            reason = f"it has more than {MAX_ENTRIES:,} entries"
        elif key in known:
            reason = f"{entry.place} and {known[key].place} are the same abbreviation"
        if reason:
            raise ValueError(reason)
        known[key] = entry
    return list(known.values())


def _load(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        content = file.read(MAX_FILE_BYTES + 1)
    if len(content) > MAX_FILE_BYTES:
        reason = f"it is larger than {MAX_FILE_BYTES:,} bytes"
        raise ValueError(reason)
    return tomllib.loads(content.decode("utf-8-sig"))


def _iter_entries(values: Mapping[str, Any], section: str, *, is_capital: bool) -> Iterator[_Entry]:
    for name, value in values.items():
        place = f"{section}.{name}" if section else name
        if not isinstance(value, dict):
            means = (value,) if isinstance(value, str) else value
            if not isinstance(means, list | tuple) or not all(isinstance(m, str) for m in means):
                reason = f"{place} must be a text in quotes, or a list of such texts"
                raise ValueError(reason)
            yield _Entry(place, _text(name), is_capital, tuple(map(_text, means)))
        elif is_capital or (section and name != _CAPITALS):
            reason = f"{place} is a section too deep; there are [language] and [language.capitals]"
            raise ValueError(reason)
        else:
            yield from _iter_entries(value, place, is_capital=name == _CAPITALS)


def _text(shown: str) -> _Text:
    shown = normalize(shown)
    return _Text(shown, " ".join(token.exact for token in Analyzer().tokens(shown)))


def _fault(entry: _Entry) -> str:
    """Return why an entry cannot be used, or ""."""
    own = entry.abbreviation
    if not own.exact:
        return f"{entry.place!r} has neither letters nor digits"
    if len(entry.means) > MAX_MEANINGS:
        return f"{entry.place} has more than {MAX_MEANINGS} meanings"
    for text in (own, *entry.means):
        if not text.exact:
            return f"{entry.place} means {text.shown!r}, which has no words"
        if text.exact.count(" ") >= MAX_WORDS:
            return f"{entry.place} has a text of more than {MAX_WORDS} words"
    return f"{entry.place} means itself" if own.exact in {m.exact for m in entry.means} else ""


def _table(entries: Iterable[_Entry]) -> Abbreviations:
    """Return a table of entries; those that are spelled alike are one with several meanings."""
    shown: dict[str, str] = {}
    kinds: dict[str, int] = {}
    meanings: dict[str, dict[str, None]] = {}  # of an abbreviation
    abbreviations: dict[str, dict[str, None]] = {}  # of a meaning
    for _, own, is_capital, means in entries:
        for text in means:
            shown.setdefault(own.exact, own.shown)
            shown.setdefault(text.exact, text.shown)
            kind = Kind.CAPITALS if is_capital else Kind.ABBREVIATION
            kinds[own.exact] = max(kinds.get(own.exact, 0), kind)
            kinds.setdefault(text.exact, Kind.WORDS)
            meanings.setdefault(own.exact, {})[text.exact] = None
            abbreviations.setdefault(text.exact, {})[own.exact] = None
    numbers = {exact: number for number, exact in enumerate(shown)}
    forms = []
    for exact, written in shown.items():
        found = dict(meanings.get(exact, {}))
        for meaning in (*found, exact):
            found.update(abbreviations.get(meaning, {}))
        found.pop(exact, None)
        readings = [numbers[other] for other in found]
        forms.append(Form(written, exact, kinds[exact], readings))
    return Abbreviations(forms, _heads(forms))


def _heads(forms: list[Form]) -> dict[str, dict[str, list[int]]]:
    heads: dict[str, dict[str, list[int]]] = {}
    for number, form in enumerate(forms):
        first, *others = map(fold, form.exact.split(" "))
        seconds = heads.setdefault(first, {})
        seconds.setdefault(others[0] if others else "", []).append(number)
    return heads
