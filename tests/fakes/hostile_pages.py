"""Pages that nobody wrote for readers: each is one idea of what may break an extractor, or hold it up.

Every function takes about how many bytes to give, and gives them. `HOSTILE` has all by name.
"""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Callable
from functools import partial

PROSE = "Hội đồng xã Suối Ngàn họp về giá nước sạch và nghe ý kiến của mười hai thôn trong xã. "
Maker = Callable[[int], bytes]
HOSTILE: dict[str, Maker] = {}


def hostile(maker: Maker) -> Maker:
    """Enter a maker under its name."""
    HOSTILE[maker.__name__] = maker
    return maker


def fill(pattern: str | bytes, size: int) -> bytes:
    """Return `pattern` again and again, about `size` bytes."""
    piece = pattern.encode() if isinstance(pattern, str) else pattern
    return piece * max(1, size // len(piece))


def story(before: bytes = b"", *, head: bytes = b"", after: bytes = b"") -> bytes:
    """Return an ordinary page with something in its head, before or after its story."""
    text = f"<h1>Giá nước sạch</h1><p>{PROSE * 3}</p><p>{PROSE * 2}</p>".encode()
    return b"<html><head>" + head + b"</head><body>" + before + text + after + b"</body></html>"


def head_of(pattern: str) -> Maker:
    """Return a maker of stories with `pattern` in the head, as often as fits."""
    return lambda size: story(head=fill(pattern, size))


def before(pattern: str) -> Maker:
    """Return a maker of stories with `pattern` above them, as often as fits."""
    return lambda size: story(fill(pattern, size))


def within(start: str, pattern: str | bytes, end: str) -> Maker:
    """Return a maker of stories that hold `pattern`, as often as fits, between two tags."""
    return lambda size: story(after=start.encode() + fill(pattern, size) + end.encode())


def in_head(start: str, pattern: str | bytes, end: str) -> Maker:
    """Return a maker of stories whose head holds `pattern` between two tags."""
    return lambda size: story(head=start.encode() + fill(pattern, size) + end.encode())


def linked(start: str, pattern: str, end: str) -> Maker:
    """Return a maker of stories with `pattern` in their JSON-LD."""
    return in_head(f"<script type='application/ld+json'>{start}", pattern, f"{end}</script>")


# What is deep: 100,000 and more of each.
NESTED = {
    "divs": "<div>",
    "tables": "<table><tr><td>",
    "fonts": "<font color=red>",
    "links": "<a href=/x>",
    "bolds": "<b>",
    "lists": "<ul><li>",
    "quotes": "<blockquote>",
    "named_boxes": "<div class='related-posts share'>x",
    "authors": "<div class=author itemprop=author itemscope>x",
    "breadcrumbs": "<ol class=breadcrumb><li><a href=/>x</a>",
    "headings": "<h1>x",
    "pres": "<pre>\n",
    "forms": "<form><div>",
    "drawings": "<svg><g>",
    "formulas": "<math><mrow>",
    "templates": "<template>",
    "objects": "<object>",
    "unknown_tags": "<x-y>",
    "articles": "<article class=content>",
    "hidden_boxes": "<div style='display:none'>x",
    "spoken_headings": "<div role=heading aria-level=2>x",
    "banners": "<div class=banner>x",
    "overlaid_links": "<div><a href=/n title=x></a><h3>x</h3>",
}
HOSTILE |= {f"nest_of_{name}": before(pattern) for name, pattern in NESTED.items()}


@hostile
def nest_with_an_end(size: int) -> bytes:
    """Deep, and closed properly."""
    depth = size // 11
    return b"<div>" * depth + PROSE.encode() + b"</div>" * depth


# What is many.
MANY = {
    "paragraphs_without_end": "<p>" + PROSE,
    "stray_end_tags": "</div></p></table></b>",
    "divs": "<div>x</div>",
    "line_breaks": "<br>",
    "empty_paragraphs": "<p></p>",
    "links": "<a href='/tin/17'>Tin mới của xã hôm nay có gì hay</a> ",
    "list_items": "<li>Một dòng của danh sách dài",
    "pictures": "<img src=x alt='y'>",
    "headings": "<h2>Tin mới của xã hôm nay</h2>",
    "main_headings": "<h1>Tin mới của xã hôm nay có gì hay</h1>",
    "inputs": "<input name=x value=y>",
    "options": "<select><option>x<option>y</select>",
    "frames": "<iframe src=x></iframe>",
    "forms": "<form><input></form>",
    "styled_spans": "<span style='font-weight:bold;display:block'>x</span>",
    "times": "<time datetime='2024-05-12T07:30:00+07:00' class=published>12/5/2024</time>",
    "bylines": "<p class=author>Lê Thị Bình</p>",
    "tags": "<a rel=tag class=tags href=/x>nước</a>",
    "breadcrumbs": "<div class=breadcrumb><a href=/>Trang chủ</a> &gt; </div>",
    "captions": "<figure><img src=x><figcaption>Ảnh: Lê Thị Bình</figcaption></figure>",
    "date_lines": "<p>12/5/2024 07:30 - Lượt xem: 17</p>",
    "same_paragraphs": f"<p>{PROSE}</p>",
    "microdata": "<span itemprop='headline author datePublished'>x</span>",
    "small_tables": "<table><tr><td>1<td>2<tr><td>3<td>4</table>",
    "comments": "<!-- x -->",
    "instructions": "<?php echo 1 ?>",
    "related_boxes": "<h3>Tin liên quan</h3><ul><li><a href=/x>Tin khác của xã</a></ul>",
    "form_boxes": "<div><form>x</form></div>",
    "spoken_headings": "<div role=heading aria-level=3>Tin mới của xã hôm nay</div>",
    "overlaid_links": "<a href=/n title='Tin mới'></a>",
    "banners": f"<div class=banner><p>{PROSE}</div>",
}
HOSTILE |= {f"many_{name}": before(pattern) for name, pattern in MANY.items()}
HOSTILE |= {
    "many_meta_tags": head_of("<meta name=author content='Lê Thị Bình'>"),
    "many_link_tags": head_of("<link rel=canonical href='https://a.example/tin/17-x'>"),
    "many_titles": head_of("<title>x</title>"),
    "many_linked_scripts": head_of("<script type='application/ld+json'>{}</script>"),
}


@hostile
def many_attributes(size: int) -> bytes:
    """A million attributes on one element."""
    names = b" ".join(b"a%d=1" % number for number in range(size // 14))
    return story(b"<div " + names + b">x</div>")


@hostile
def many_attributes_with_signs_of_tags(size: int) -> bytes:
    """As many, with values that look like the end of a tag, and like the next one."""
    names = b"".join(b"a%d=' >< ' b%d=\">\"\n" % (number, number) for number in range(size // 34))
    return story(b"<div " + names + b">x</div>")


@hostile
def table_of_a_million_cells(size: int) -> bytes:
    """A thousand rows of a thousand cells."""
    side = max(2, int((size / 5) ** 0.5))
    return story(after=b"<table>" + (b"<tr>" + b"<td>1" * side) * side + b"</table>")


@hostile
def many_names_of_elements(size: int) -> bytes:
    """No two elements are called the same, so nothing can be remembered."""
    boxes = (b"<div class='c%d share%d' id=i%d>x</div>" % (n, n, n) for n in range(size // 55))
    return story(b"".join(boxes))


# What is long.
LONG = {
    "class": ("<div class='", "share-", "'>x</div>"),
    "class_of_words": ("<div class='", "share related ", "'>x</div>"),
    "id": ("<div id='", "Aa", "'>x</div>"),
    "style": ("<div style='", "display :", "'>x</div>"),
    "address": ("<a href='", "/x", "'>x</a>"),
    "picture_in_the_page": ("<img src='data:image/png;base64,", "QUJD", "'>"),
    "label": ("<nav aria-label='", "bread crumb ", "'>x</nav>"),
    "tag_name": ("<", "x", ">x"),
    "heading": ("<h1>", "Giá nước ", "</h1>"),
    "paragraph": ("<p>", PROSE, "</p>"),
    "word": ("<p>", "x", "</p>"),
    "word_of_ideographs": ("<p>", "水价会议", "</p>"),
    "typed_text": ("<pre>", "x\n\n", "</pre>"),
    "typed_lines": ("<pre>", f"{PROSE[:60]}\n", "</pre>"),
    "script": ("<script>", "var x = '</p>';\n", "</script>"),
    "script_without_end": ("<script>", "x<y ", ""),
    "style_sheet": ("<style>", "p { color: red }\n", "</style>"),
    "comment": ("<!--", " x - ", "-->"),
    "comment_without_end": ("<!--", " <p>x</p> ", ""),
    "comment_of_dashes": ("<!--", "-", "-->"),
    "cdata": ("<![CDATA[", "x ", "]]>"),
    "text_area": ("<textarea>", "x ", "</textarea>"),
    "drawing": ("<svg><path d='", "M0 0 L1 1 ", "'/></svg>"),
    "plain_text": ("<plaintext>", "x\n", ""),
    "line_of_blanks": ("<p>x", " ", "x</p>"),
    "line_of_fixed_blanks": ("<p>x", "\u00a0", "x</p>"),
    "line_of_digits": ("<p>", "1", "</p>"),
    "line_of_commas": ("<p>", ",", "</p>"),
    "line_of_dots": ("<p>x", ".", "</p>"),
    "line_of_quotes": ("<p>x.", "”’)]", "x</p>"),
    "line_of_colons": ("<p>x", ":", "</p>"),
    "line_of_dashes": ("<p>x", " - ", "</p>"),
    "line_of_bars": ("<p>x", " | ", "</p>"),
    "line_of_steps": ("<p><a href=/>Trang chủ</a>", " > x", "</p>"),
    "line_of_capitals": ("<p class=author>", "Lê Thị Bình ", "</p>"),
    "line_of_names": ("<p class=author>", "Lê Thị Bình, ", "</p>"),
    "line_of_by": ("<p class=author>", "by ", "x</p>"),
    "line_of_roles": ("<p>", "Tác giả: bài, ảnh: ", "</p>"),
    "line_of_dates": ("<p>", "12/5/2024 ", "</p>"),
    "line_of_near_dates": ("<p>", "1-1-", "x</p>"),
    "line_of_months": ("<p>", "12 tháng ", "x</p>"),
    "line_of_times": ("<p>12/5/2024 ", "1:1:", "</p>"),
    "line_of_counters": ("<p>Lượt xem: ", "1.111", "x</p>"),
    "line_of_photo_credits": ("<p>", "Ảnh: ", "</p>"),
    "line_of_brackets": ("<p class=author>", "((([[[{{{", "</p>"),
    "line_of_addresses": ("<p class=author>", "a@b.c www.x http://", "</p>"),
    "error_text": ("<p>", "Warning: x ", "on line</p>"),
    "error_text_of_dots": ("<p>", "System.", "Exception: x</p>"),
    "run_of_marks": ("<p>a", "\u0301", "</p>"),
    "run_of_many_marks": ("<p>a", "\u0323\u0301\u0308", "</p>"),
    "run_of_nothing_to_see": ("<p>a", "\u200b\u200d\u2060", "</p>"),
    "run_of_turned_text": ("<p>a", "\u202e\u2066x", "</p>"),
    "run_of_half_surrogates": ("<p>a", b"\xed\xa0\x80", "</p>"),
    "run_of_overlong_letters": ("<p>a", b"\xc0\xaf\xe0\x80\xaf", "</p>"),
    "run_of_nulls": ("<p>abc", "\0x", "</p>"),
    "run_of_terminal_escapes": ("<p>abc ", "\x1b[31m\x1b]0;x\x07 ", "</p>"),
    "run_of_pictures": ("<p>a", "👩‍👩‍👧‍👦", "</p>"),
    "run_of_ampersands": ("<p>a", "&", "</p>"),
    "run_of_entities": ("<p>a", "&nbsp;&amp;&#769;", "</p>"),
    "run_of_wrong_entities": ("<p>a", "&#0;&#x110000;&#55357;&#99999999999;", "</p>"),
    "run_of_open_entities": ("<p>a", "&nbs &#12 &#x", "</p>"),
    "name_of_an_entity": ("<p>&", "x", ";</p>"),
    "run_of_open_signs": ("<p>a", "<", "</p>"),
    "run_of_open_tags": ("<p>a", "<a ", "</p>"),
    "run_of_open_quotes": ("<p title='", '"<p>', "</p>"),
}
HOSTILE |= {f"long_{name}": within(*parts) for name, parts in LONG.items()}
HOSTILE |= {
    "long_title": in_head("<title>", "Giá nước | ", "</title>"),
    "long_title_of_blanks": in_head("<title>x", " -", "x</title>"),
    "script_in_a_title": in_head("<title>", "<script>alert(1)</script>", "</title>"),
    "long_meta_tag": in_head("<meta property='og:title' content='", "Giá nước: ", "'>"),
    "long_stated_author": in_head("<meta name=author content='", "Bình, by ", "'>"),
    "long_stated_date": in_head("<meta name=date content='", "12/", "'>"),
    "long_canonical_address": in_head(
        "<link rel=canonical href='https://a.example/", "a/../", "'>"
    ),
}

# JSON-LD.
LINKED = {
    "deep_list": ("", "[", ""),
    "deep_objects": ("", '{"@graph":', ""),
    "closed_list": ('{"@type":"Article","author":', "[", ""),
    "many_nodes": ("[", '{"@type":"Article","@id":"a","author":{"@id":"a"}},', "{}]"),
    "many_authors": ('{"@type":"Article","author":[', '{"name":"Lê Bình"},', '"x"]}'),
    "huge_number": ('{"@type":"Article","datePublished":', "9", "}"),
    "string_without_end": ('{"@type":"Article","headline":"', "x\\n", ""),
    "escapes": ('{"@type":"Article","headline":"', "\\ud800\\u0000", '"}'),
    "commas": ('{"@type":"Article"', ",", "}"),
    "pairs": ("{", '"headline":"x" "author": ', "}"),
    "blanks": ('{"@type":"Article"', " \n", '"headline":"x"}'),
    "brackets_after_commas": ("{", ", ", "]}"),
}
HOSTILE |= {f"linked_{name}": linked(*parts) for name, parts in LINKED.items()}


@hostile
def linked_circle(size: int) -> bytes:
    """Nodes that are each other's author and page."""
    nodes = [
        {"@id": f"n{number}", "@type": "Article", "author": {"@id": f"n{number + 1}"}}
        for number in range(size // 80)
    ]
    script = json.dumps({"@graph": [*nodes, {"@id": "n0", "mainEntityOfPage": {"@id": "n1"}}]})
    return story(head=f"<script type='application/ld+json'>{script}</script>".encode())


# What declares, and lies.
@hostile
def entities_that_multiply(size: int) -> bytes:
    """A billion laughs."""
    rows = "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10))
    return f"<!DOCTYPE html [<!ENTITY a0 'ha'>{rows}]>".encode() + story(fill("<p>&a9;</p>", size))


@hostile
def entities_from_elsewhere(size: int) -> bytes:
    """A file of the machine, and an address."""
    kinds = "<!ENTITY a SYSTEM 'file:///etc/passwd'><!ENTITY b SYSTEM 'http://127.0.0.1:9/'>"
    text = f"<?xml version='1.0'?><!DOCTYPE html [{kinds}]>".encode()
    return text + story(fill("<p>&a;&b;</p>", size))


@hostile
def head_full_of_articles(size: int) -> bytes:
    """The parser leaves them there."""
    return b"<head><title>x</title>" + fill(f"<article>{PROSE[:20]}</article>", size)


@hostile
def body_after_a_full_head(size: int) -> bytes:
    """And there is a body, too."""
    return b"<head><title>x</title>" + fill("<main><p>x</main>", size) + story()


@hostile
def declaration_without_end(size: int) -> bytes:
    """Nothing but a doctype."""
    return b"<!DOCTYPE html [" + fill("<!ENTITY x 'y' ", size)


def labelled(charset: str) -> Maker:
    """Return a maker of stories that call their charset so."""
    head = f"<meta charset='{charset}'>".encode()
    return lambda size: story(fill("<p>+ADw-~{VP\x1b$B%\xa1\xfe</p>", size), head=head)


CHARSETS = ("utf-7", "x-none", "utf-16", "idna", "hex", "iso-2022-jp", "hz", "big5", "gb18030")
HOSTILE |= {f"charset_{name}": labelled(name) for name in CHARSETS}


@hostile
def wide_letters_without_a_mark(size: int) -> bytes:
    """UTF-16 that does not say so."""
    return story(fill(f"<p>{PROSE}</p>", size // 2)).decode().encode("utf-16-le")


@hostile
def wide_letters_cut_in_two(size: int) -> bytes:
    """UTF-32 with an odd end."""
    return story(fill(f"<p>{PROSE}</p>", size // 4)).decode().encode("utf-32")[:-3]


@hostile
def many_encodings(size: int) -> bytes:
    """Each paragraph in another."""
    names = ("utf-8", "utf-16-le", "cp1258", "shift_jis", "koi8-r", "big5")
    kinds = [f"<p>{PROSE}</p>".encode(name, "ignore") for name in names]
    return story(fill(b"".join(kinds), size))


@hostile
def letters_of_old_fonts(size: int) -> bytes:
    """Latin signs that look like TCVN3 and VNI."""
    return story(fill("<p>Héi ®ång nh©n d©n x· häp, Uûy ban nhaân daân &aacute;&#181;</p>", size))


@hostile
def noise(size: int) -> bytes:
    """Bytes by chance, after a page's first tag."""
    return b"<html>" + random.Random(7).randbytes(size)  # noqa: S311 - to be repeated


@hostile
def noise_of_tags(size: int) -> bytes:
    """Tags by chance."""
    chance = random.Random(7)  # noqa: S311 - to be repeated
    tags = ["<p>", "</p>", "<div class=share>", "</div>", "<table>", "<td>", "</table>", "<a href=x>",
            "</a>", "<b>", "</b>", "<ul>", "<li>", "</ul>", "<br>", PROSE, "<h1>", "</h1>"]  # fmt: skip
    return "".join(chance.choices(tags, k=size // 12)).encode()


# What is no page.
OTHERS = {
    "pdf": b"%PDF-1.7\n",
    "png": b"\x89PNG\r\n\x1a\n\0\0",
    "zip": b"PK\x03\x04\0\0",
    "program": b"\x7fELF\0\0",
    "nulls": b"\0",
    "blanks": b" \n",
    "frameset": b"<frameset><frame src=x>",
}
HOSTILE |= {f"only_{name}": partial(fill, piece) for name, piece in OTHERS.items()}


# What unpacks to more than it is; these are files named .html.gz.
@hostile
def packed_bomb(size: int) -> bytes:
    """A thousandth of what is in it, and far more than a page may have."""
    return gzip.compress(story(fill(" ", 4 * size)), 9)


@hostile
def packed_twice(size: int) -> bytes:
    """What is in it is packed, too."""
    return gzip.compress(gzip.compress(story(fill("<p>x</p>", size)), 9))


@hostile
def packed_and_cut(size: int) -> bytes:
    """The end is missing."""
    return gzip.compress(story(fill(f"<p>{PROSE}</p>", size)))[:-20]


@hostile
def packed_in_a_million_pieces(size: int) -> bytes:
    """Members of one letter each."""
    return gzip.compress(story()) + gzip.compress(b"x") * (size // 21)
