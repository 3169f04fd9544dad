"""Markup made harmless before anything builds a tree of it, in time and memory that grow with its length and no faster.

Browsers cut a page's text into tags, comments and raw text by fixed rules (the tokenizer of the HTML standard); the
patterns here follow them. What is never text goes first: comments, scripts, style sheets, drawings. Then the tags are
counted: building a tree gets slow where elements lie very deep or formatting is never closed, because every tag looks
through all that stand open. Where a page goes over these limits it is *bent*: tags over the limit are left out, their
text stays. Browsers do the like (Chromium nests no deeper than 512).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from html import escape, unescape
from typing import NamedTuple

from classifier.reading.unseen import VOID

# Groups are repeated greedily: Python before 3.11.5 matches possessive groups wrongly (docs/decisions/html-parser.md).
_ATTRIBUTES = (
    r"""(?:[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+|(?=>))|(?!\s*+=)))*[\s/]*+"""
)
# Attributes as most are written, which is quicker to see; where it does not fit, the full pattern is tried.
_REST = rf"""(?:>|(?:\s[\w:-]++="[^"]*+")+>|{_ATTRIBUTES}>)"""
_RAW = "script|style|noscript|template|iframe|noembed|noframes|textarea|title|xmp|plaintext"
# No name of raw text or of a drawing begins with one of these.
_SURELY_PLAIN = "[a-hj-moqru-wyz]"
_DRAWN = (
    r"path|g|circle|rect|line|poly\w+|ellipse|use|defs|stop|\w+gradient|clippath|mask|symbol|t?span|text|title|desc|fe\w+|filter"
    r"|image|pattern|marker|switch|animate\w*|set|metadata|style|script|a"
)
# A part ends after so many tags at the latest: the matcher remembers each of them until the part's end.
_PARTS = re.compile(
    rf"""(?P<plain>(?:[^<]++|</?(?:{_SURELY_PLAIN}|(?!(?:{_RAW}|svg)[\s/>])[a-z])[^\s/>]*+{_REST}[^<]*+|<(?![a-z!/?])){{1,1000}})
    | <!--(?:-?>|.*?(?:--!?>|\Z))
    | <svg(?=[\s/>])[^>]*+>(?:[^<]++|</?(?:{_DRAWN})\b[^>]*+>)*</svg\s*+>
    | <(?P<raw>{_RAW})(?=[\s/>]){_ATTRIBUTES}>(?P<content>.*?)(?:</(?P=raw)(?=[\s/>])[^>]*+(?:>|\Z)|\Z)
    | (?P<tag></?(?:{_RAW}|svg)(?=[\s/>]){_ATTRIBUTES}>)
    | <[!?/][^>]*+(?:>|\Z)
    | <.*\Z""",
    re.I | re.S | re.X,
)
_TAG = re.compile(rf"<(/?[a-zA-Z][^\s/>]*+)({_REST})")
_PIECE = re.compile(rf"<(/?)([a-z][^\s/>]*+)({_ATTRIBUTES})>|([^<]+|<)", re.I)
_ATTRIBUTE = re.compile(r"""[\s/]*+([^\s/>][^\s/>=]*+)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s>"'][^\s>]*+))?)?""")
# What anything here asks for.
_KEPT = frozenset(
    "id class role hidden style contenteditable aria-hidden aria-level href name cite lang xml:lang open".split()
)

# How many elements may stand open at once, by what they are. Ordinary pages stay far below.
_FORMATTING = frozenset("a b big code em font i nobr s small strike strong tt u".split())
# These close one another, so that they cannot pile up.
_CLOSING = VOID | frozenset(
    "html head body p li dt dd td th tr tbody thead tfoot caption colgroup option optgroup rp rt rb rtc".split()
)
_NEVER_COUNTED = frozenset(f"{end}{name}" for name in _CLOSING - {"html", "body"} for end in ("", "/"))
_BOXES = frozenset("address center details dir div dl fieldset figure form hgroup ol search section table ul".split())
# What tells of its text; counted by itself, so that it is known within however many boxes.
_PARTS_OF_TEXT = frozenset(
    """
    article aside blockquote dialog figcaption footer h1 h2 h3 h4 h5 h6 header legend listing main menu nav pre summary
    """.split()
)
_KINDS = {
    **dict.fromkeys(_BOXES, "box"),
    **dict.fromkeys(_PARTS_OF_TEXT, "part"),
    **dict.fromkeys(_FORMATTING, "formatting"),
}
_LIMITS = {"formatting": 8, "box": 200, "part": 200, "other": 60}
MOST_ATTRIBUTES, SHORT_ATTRIBUTES = 60, 400
MOST_BODIES = 8


class Tame(NamedTuple):
    """Markup that is safe to build a tree of, and the page's title. ``is_bent``: tags over the limits were left out."""

    markup: str
    title: str | None
    is_bent: bool


def tame(html: str) -> Tame:
    """Take out what is never text, and what would make building a tree slow."""
    plain: list[str] = []
    title: str | None = None
    for part in _PARTS.finditer(html):
        if part["plain"]:
            plain.append(part["plain"])
        elif part["tag"]:
            plain.append("")
        elif (name := (part["raw"] or "").lower()) in ("xmp", "plaintext"):
            plain.append(f"<pre>{escape(part['content'])}</pre>")
        elif name == "title" and title is None:
            title = " ".join(unescape(part["content"]).split()) or None
    markup = "".join(plain)
    if _is_within_limits(markup):
        return Tame(markup, title, is_bent=False)
    return Tame("".join(_bend(markup)), title, is_bent=True)


class _Open:
    """How many elements stand open, told by counting tags: at least as many as a parser would say."""

    def __init__(self) -> None:
        self._by_name: dict[str, int] = {}
        self._sums = dict.fromkeys(_LIMITS, 0)
        self._bodies = 0

    def enter(self, name: str) -> bool:
        """Whether one more may be opened; then it is."""
        if name in _CLOSING:
            self._bodies += name in ("html", "body")
            return self._bodies <= MOST_BODIES or name not in ("html", "body")
        kind = _KINDS.get(name, "other")
        if self._sums[kind] >= _LIMITS[kind]:
            return False
        self._by_name[name] = self._by_name.get(name, 0) + 1
        self._sums[kind] += 1
        return True

    def leave(self, name: str) -> None:
        """One less, if any stands open."""
        if self._by_name.get(name):
            self._by_name[name] -= 1
            self._sums[_KINDS.get(name, "other")] -= 1


def _is_within_limits(markup: str) -> bool:
    found = _Open()
    enter, leave = found.enter, found.leave
    for tag in _TAG.finditer(markup):
        name, rest = tag.groups()
        if len(rest) - 1 > SHORT_ATTRIBUTES and name[0] != "/" and _has_many(rest):
            return False
        if name in _NEVER_COUNTED:
            continue
        if name[0] == "/":
            leave(name[1:].lower())
        elif not enter(name.lower()):
            return False
    return True


def _has_many(attributes: str) -> bool:
    return len(_ATTRIBUTE.findall(attributes)) > MOST_ATTRIBUTES


def _bend(markup: str) -> Iterator[str]:
    """The markup anew, every tag in its plainest form, without those over the limits.

    A line stands where a box would have begun or ended, so that what it parts stays parted.
    """
    opened = _Open()
    left_out: Counter[str] = Counter()
    has_line = False
    for closing, written, attributes, text in _PIECE.findall(markup):
        name = written.lower()
        line = "" if has_line or name not in _BOXES | _PARTS_OF_TEXT else "<hr/>"
        has_line = has_line or bool(line)
        if text:
            has_line = False
            yield "&lt;" if text == "<" else text
        elif not closing:
            is_in = opened.enter(name)
            left_out[name] += not is_in
            yield f"<{name}{_plain_attributes(attributes)}{'/' if name in VOID else ''}>" if is_in else line
        elif left_out[name]:
            left_out[name] -= 1
            yield line
        else:
            opened.leave(name)
            yield f"</{name}>"


def _plain_attributes(written: str) -> str:
    kept: dict[str, str] = {}
    for name, *values in _ATTRIBUTE.findall(written):
        if (low := name.lower()) in _KEPT:
            kept.setdefault(low, "".join(values))
    return "".join(f' {name}="{escape(unescape(value))}"' for name, value in kept.items())
