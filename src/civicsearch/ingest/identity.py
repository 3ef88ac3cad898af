"""Which address names a page, and which id that address gives its document.

Two fetches of one article differ in what follows the address (campaign parameters, fragments,
the letter case of the host); they must give the same document. Whether two *texts* are the same
is not asked here.
"""

from __future__ import annotations

import hashlib
import re
from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit

__all__ = ["canonical_url", "document_id", "host_of", "is_own_address", "split_address"]

# Parameters that say where the reader came from, never what is shown.
_TRACKING = re.compile(
    r"^(?:utm_\w+|fbclid|gclid|gclsrc|srsltid|dclid|msclkid|yclid|zanpid|igshid|mc_cid|mc_eid|_ga|_gl"
    r"|wt_mc|wt_zmc|xtor|at_(?:medium|campaign|custom\d)|cmpid|ocid|ns_\w+|zarsrc|spm"
    r"|__twitter_impression|amp)$",
    re.IGNORECASE,
)
_DEFAULT_PORTS = {"http": 80, "https": 443}
# Paths of a site's first page: `/`, `/vi/`, `/index.html`, `/Default.aspx`, `/trang-chu`.
_HOME_PATH = re.compile(
    r"(?:/[a-z]{2}(?:-[a-z]{2})?)?"
    r"/(?:(?:index|default|home|homepage|main|portal|trang-?chu|accueil|inicio|startseite)"
    r"(?:\.\w{2,5})?/?)?",
    re.IGNORECASE,
)
# What other editions of one page have behind its address.
_SAME_PAGE = frozenset(["/", "/amp", "/amp/", "/print", "/print/", "/index.html", "/index.php"])
# Parameters that choose what a script shows: `/chitiet.aspx?id=17`.
_CHOOSING = re.compile(
    r"(?:^|&)(?:\w*id|p|n|news|article|item|post|bai|tin)=[\d-]{1,20}(?:&|$)", re.IGNORECASE
)


def document_id(key: str) -> str:
    """Return the stable id of the document that `key` (canonical URL, path or hash) names.

    Returns:
        16 hexadecimal digits.
    """
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def canonical_url(url: str, *, base: str | None = None) -> str:
    """Return `url` with a lower-case host and without fragment or campaign parameters.

    Args:
        url: As the page or the fetcher wrote it.
        base: What a relative `url` is relative to.

    Returns:
        The address, or "" where it is no absolute http(s) address and `base` does not help.

    >>> canonical_url("HTTP://WWW.Example.org:80/a?id=3&utm_source=x#top")
    'http://www.example.org/a?id=3'
    """
    parts = _split("".join(url.split()), base=base)
    if parts is None:
        return ""
    query = "&".join(
        pair for pair in parts.query.split("&") if not _TRACKING.match(pair.partition("=")[0])
    )
    return urlunsplit((parts.scheme.lower(), _host_and_port(parts), parts.path or "/", query, ""))


def is_own_address(address: str, *, url: str = "") -> bool:
    """Return whether a stated address can be the page's own, and not one that all pages state.

    Templates state the first page, a section, or the script without the parameter that chooses
    the article; taken for the page's own, a whole site would become one document.

    Args:
        address: What the page states, cleaned.
        url: Where the page came from, cleaned; "" if unknown.

    >>> is_own_address("https://lamkhe.example/", url="https://lamkhe.example/tin/17")
    False
    """
    parts, fetched = split_address(address), split_address(url)
    if not parts.query and _HOME_PATH.fullmatch(parts.path):
        return bool(url) and not fetched.query and bool(_HOME_PATH.fullmatch(fetched.path))
    if not url or parts.query or _is_telling(parts.path):
        return True
    folder = parts.path.rstrip("/")
    if fetched.path.startswith(folder + "/"):
        below = fetched.path[len(folder) :]
        return below in _SAME_PAGE and not _CHOOSING.search(fetched.query)
    return fetched.path != parts.path or not _CHOOSING.search(fetched.query)


def _is_telling(path: str) -> bool:
    """Return whether the end of a path names one article: by a number or by several words."""
    name = path.rstrip("/").rpartition("/")[2]
    return name.count("-") >= 2 or len(re.findall(r"\d", name)) >= 3


def split_address(url: str) -> SplitResult:
    """Return the parts of an address; all of them empty for one that cannot be read."""
    try:
        return urlsplit(url)
    except ValueError:
        return urlsplit("")


def host_of(url: str) -> str:
    """Return the host of `url` in lower case without `www.`, or "" where it has none."""
    parts = _split(url.strip())
    return (parts.hostname or "").removeprefix("www.") if parts is not None else ""


def _split(url: str, *, base: str | None = None) -> SplitResult | None:
    """Return the parts of an http(s) address, or None for anything else."""
    try:
        parts = urlsplit(urljoin(base, url) if base else url)
        _ = parts.port  # raises where the port is no number
    except ValueError:
        return None
    if parts.scheme.lower() not in _DEFAULT_PORTS or not parts.hostname:
        return None
    return parts


def _host_and_port(parts: SplitResult) -> str:
    host = parts.hostname or ""
    if ":" in host:
        host = f"[{host}]"
    if parts.port is None or parts.port == _DEFAULT_PORTS[parts.scheme.lower()]:
        return host
    return f"{host}:{parts.port}"
