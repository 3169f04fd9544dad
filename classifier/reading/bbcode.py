"""BBCode, the markup of forums, by way of the HTML that it stands for.

``[quote]`` holds another poster's words and is left out, ``[img]`` and unknown marks of layout show no words.
"""

from __future__ import annotations

import re
from html import escape

from classifier.document import Document
from classifier.reading.html import read_html

_TAG = re.compile(r"\[(/?)([a-z]+|\*)(?:=([^\]\n]{0,500})| [^\]\n]{0,500})?\]", re.I)
_QUOTES = "\"'“”"
# Tags that stand for elements, and those that only change how words look.
_ELEMENTS = {
    "quote": ('<blockquote class="quoted-reply">', "</blockquote>"),
    "list": ("<ul>", "</ul>"),
    "ul": ("<ul>", "</ul>"),
    "ol": ("<ul>", "</ul>"),
    "*": ("<li>", ""),
    "li": ("<li>", "</li>"),
    "code": ("<pre>", "</pre>"),
    "table": ("<table>", "</table>"),
    "tr": ("<tr>", "</tr>"),
    "td": ("<td>", "</td>"),
    "th": ("<td>", "</td>"),
    "center": ("<div>", "</div>"),
    "h1": ("<h1>", "</h1>"),
    "h2": ("<h2>", "</h2>"),
    "h3": ("<h3>", "</h3>"),
}
_LOOKS = frozenset("b i u s size color font left right justify indent spoiler sub sup highlight email user".split())
_MEDIA = frozenset("img attach attachment media video youtube".split())
_HOLDING = _MEDIA | {"code"}


def read_bbcode(text: str, *, url: str | None = None, title: str | None = None, lang: str | None = None) -> Document:
    """The blocks of a post in BBCode. A tag without its partner, or of another name, is text."""
    return read_html(_as_html(text), url=url, title=title, lang=lang)


def _as_html(text: str) -> str:
    tags = list(_TAG.finditer(text))
    ends = _ends(tags)
    parts: list[str] = []
    at = 0
    behind = -1
    for number, tag in enumerate(tags):
        if number <= behind:
            continue
        html, last = _element(text, tags, number, ends)
        if html is None:
            continue
        parts += (_words(text[at : tag.start()]), html)
        behind = last
        at = tags[last].end()
    return "".join((*parts, _words(text[at:])))


def _ends(tags: list[re.Match[str]]) -> dict[int, int]:
    """Which tag closes which, by place; ``[*]`` wants none."""
    opened: dict[str, list[int]] = {}
    ends: dict[int, int] = {}
    for number, tag in enumerate(tags):
        name = tag[2].lower()
        if not tag[1]:
            opened.setdefault(name, []).append(number)
        elif opened.get(name):
            first = opened[name].pop()
            ends[first], ends[number] = number, first
    return ends


def _element(text: str, tags: list[re.Match[str]], number: int, ends: dict[int, int]) -> tuple[str | None, int]:
    """The HTML of a tag, and the last tag that it took with it; None where it is text."""
    tag = tags[number]
    name, closes = tag[2].lower(), bool(tag[1])
    partner = ends.get(number)
    if name == "*" and not closes:
        return "<li>", number
    if partner is None:
        return None, number
    if name in _HOLDING and not closes:
        inside = text[tag.end() : tags[partner].start()]
        return (f"<pre>{escape(inside)}</pre>" if name == "code" else ""), partner
    if name == "url":
        address = (tag[3] or "").strip(_QUOTES) or (text[tag.end() : tags[partner].start()] if not closes else "")
        return ("</a>" if closes else f'<a href="{escape(address.strip())}">'), number
    if name in _LOOKS:
        return "", number
    if name in _ELEMENTS:
        return _ELEMENTS[name][closes], number
    return None, number


def _words(text: str) -> str:
    return escape(text, quote=False).replace("\r\n", "\n").replace("\n", "<br>")
