"""Which selectors a site has: a TOML file of profiles, read, checked, and asked by host.

A mistake in the file is named in one sentence when it is loaded, never when a page is read. How
selectors are applied to a page is the question of `selecting` and `applying`.
"""

from __future__ import annotations

import datetime as dt
import difflib
import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from civicsearch.errors import ProfileError
from civicsearch.ingest.identity import host_of
from civicsearch.ingest.profiles.selecting import why_no_selector

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["FIELDS", "Rule", "SiteProfile", "SiteProfiles", "load_profiles"]

FIELDS = ("title", "lead", "body", "published", "authors", "section", "tags")
"""What a profile may choose, in the order of reports."""

_REMOVE = "remove"
_MAX_BYTES = 1_000_000
_MAX_SELECTORS = 200
_MAX_SELECTOR_CHARS = 1000
_HOST = re.compile(r"[^\W_](?:[\w.-]*\w)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Where one field of a document stands on the pages of a site.

    Attributes:
        selector: CSS, as BeautifulSoup understands it.
        attribute: Which attribute has the value; "" for the text.
        format: How a date is written, as for `strptime`; "" for whatever the generic rules read.
    """

    selector: str
    attribute: str = ""
    format: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteProfile:
    """The selectors of one site.

    Attributes:
        host: Without `www.`; hosts below it are the same site.
        rules: By field.
        remove: Selectors of what is taken off the page before anything is read.
    """

    host: str
    rules: Mapping[str, Rule] = field(default_factory=dict)
    remove: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SiteProfiles:
    """All profiles of a file, by host."""

    by_host: Mapping[str, SiteProfile]

    def find(self, url: str) -> SiteProfile | None:
        """Return the profile of the host of `url`, else of the nearest domain above it.

        >>> profiles = SiteProfiles({"tinh.example": SiteProfile(host="tinh.example")})
        >>> profiles.find("https://xa.tinh.example/tin/17").host
        'tinh.example'
        """
        host = host_of(url)
        while host:
            if host in self.by_host:
                return self.by_host[host]
            host = host.partition(".")[2]
        return None


def load_profiles(path: Path | str) -> SiteProfiles:
    """Return the profiles in a TOML file.

    Args:
        path: A file with a table `[sites."host"]` for each site.

    Raises:
        ProfileError: The file cannot be read, or something in it is no profile.
    """
    return _Loader(str(path)).load()


class _Loader:
    """Reads one file; what is wrong is said with its path."""

    def __init__(self, path: str) -> None:
        self._path = path

    def load(self) -> SiteProfiles:
        values = self._read()
        sites = values.pop("sites", None)
        if values:
            self._refuse(f"it has {_list(values)} beside [sites]")
        if not isinstance(sites, dict) or not sites:
            self._refuse('it has no table like [sites."tinh.example"]')
        profiles = (self._profile(host, table) for host, table in sites.items())
        return SiteProfiles({profile.host: profile for profile in profiles})

    def _refuse(self, reason: str) -> None:
        raise ProfileError(self._path, reason)

    def _read(self) -> dict[str, Any]:
        try:
            with Path(self._path).open("rb") as file:
                content = file.read(_MAX_BYTES + 1)
            if len(content) > _MAX_BYTES:
                self._refuse(f"it is larger than {_MAX_BYTES:,} bytes")
            return tomllib.loads(content.decode("utf-8"))
        except OSError as error:
            raise ProfileError(self._path, error.strerror or str(error)) from error
        except UnicodeDecodeError as error:
            raise ProfileError(self._path, "it is not UTF-8") from error
        except (tomllib.TOMLDecodeError, RecursionError) as error:
            raise ProfileError(self._path, f"it is no TOML ({error})") from error

    def _profile(self, name: str, table: object) -> SiteProfile:
        host = name.lower().removeprefix("www.")
        if not _HOST.fullmatch(host):
            self._refuse(f'[sites."{name}"] is no host; write it like tinh.example')
        if not isinstance(table, dict):
            self._refuse(f"sites.{name} is no table of selectors")
            return SiteProfile(host=host)
        remove = table.pop(_REMOVE, [])
        for key in table:
            if key not in FIELDS:
                close = difflib.get_close_matches(key, (*FIELDS, _REMOVE), n=1)
                known = f"{close[0]} may be meant" if close else f"known: {_list(FIELDS)}, remove"
                self._refuse(f"{name} has the unknown key {key!r}; {known}")
        return SiteProfile(
            host=host,
            rules={key: self._rule(f"{name}.{key}", key, table[key]) for key in _ordered(table)},
            remove=self._removed(f"{name}.{_REMOVE}", remove),
        )

    def _removed(self, place: str, value: object) -> tuple[str, ...]:
        selectors = [value] if isinstance(value, str) else value
        if not isinstance(selectors, list) or len(selectors) > _MAX_SELECTORS:
            self._refuse(f"{place} is no list of at most {_MAX_SELECTORS} selectors")
            return ()
        return tuple(self._selector(place, selector) for selector in selectors)

    def _rule(self, place: str, key: str, value: object) -> Rule:
        table = {"selector": value} if isinstance(value, str) else value
        if not isinstance(table, dict):
            self._refuse(f"{place} is neither a selector nor a table with one")
            return Rule(selector="")
        allowed = {"selector", "attribute", *(("format",) if key == "published" else ())}
        strange = [name for name in table if name not in allowed]
        if strange:
            self._refuse(f"{place} has the unknown key {_list(strange)}; known: {_list(allowed)}")
        attribute, form = table.get("attribute", ""), table.get("format", "")
        if not isinstance(attribute, str) or not isinstance(form, str):
            self._refuse(f"{place} has an attribute or a format that is no text")
        if key == "body" and attribute:
            self._refuse(f"{place} has an attribute, but a story is text")
        return Rule(
            selector=self._selector(place, table.get("selector")),
            attribute=attribute,
            format=self._format(place, form),
        )

    def _selector(self, place: str, value: object) -> str:
        if not isinstance(value, str) or not value.strip():
            self._refuse(f"{place} has no selector")
            return ""
        if len(value) > _MAX_SELECTOR_CHARS:
            self._refuse(f"{place} has a selector of more than {_MAX_SELECTOR_CHARS} characters")
        reason = why_no_selector(value)
        if reason:
            self._refuse(f"{place} is no CSS selector: {value!r} ({reason})")
        return value

    def _format(self, place: str, form: str) -> str:
        """Return `form` if a moment that is written so can be read again."""
        moment = dt.datetime(2020, 8, 6, 7, 30, tzinfo=dt.UTC)
        others = (moment.replace(day=7), moment.replace(month=9), moment.replace(year=2021))
        try:
            if form:
                # Before it is read: Python refuses a day without a year, or will (3.15).
                if any(other.strftime(form) == moment.strftime(form) for other in others):
                    self._refuse(f"{place} has a format without day, month or year: {form!r}")
                dt.datetime.strptime(moment.strftime(form), form)  # noqa: DTZ007
        except (ValueError, re.error) as error:
            raise ProfileError(self._path, f"{place} has a wrong format: {error}") from error
        return form


def _ordered(table: Mapping[str, object]) -> list[str]:
    return [name for name in FIELDS if name in table]


def _list(names: Mapping[str, object] | set[str] | list[str] | tuple[str, ...]) -> str:
    return ", ".join(sorted(names) if isinstance(names, set) else names)
