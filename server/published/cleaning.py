"""What strangers wrote becomes plain text of a bounded length, and addresses become links only when they are safe."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from urllib.parse import urlsplit

from bs4 import BeautifulSoup

from classifier.document import Block, Document
from classifier.language import find_language

URL_LENGTH = 2_000
_MARKUP = re.compile(r"<[a-zA-Z/!]|&[a-zA-Z#]")
_UNPRINTED = ("Cc", "Cf", "Cs", "Co")
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
# In a claim of a few words one of these stands in English, and hardly any in other languages.
_ENGLISH = frozenset(
    """
    the of and that with this from not you your which will than have does are is to more it its their they been
    causes cause cures prevents prevent kills kill contains contain vaccine vaccines health protects heals treats makes
    """.split()
)
_LETTERS = re.compile(r"[^\W\d_]+")
# English is written in the letters of ASCII, but for a name here and there.
_LATIN_SHARE = 0.9


def plain_text(value: object, longest: int) -> str:
    """Text without markup, control characters and doubled blanks, cut at a word; empty for anything but text."""
    if not isinstance(value, str):
        return ""
    text = value[: 4 * longest]
    if _MARKUP.search(text):
        text = BeautifulSoup(text, "html.parser").get_text(" ")
    text = "".join(" " if unicodedata.category(char) in _UNPRINTED else char for char in text)
    text = " ".join(text.split())
    if len(text) <= longest:
        return text
    return text[: longest - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


def https_address(value: object) -> str | None:
    """An address that may become a link: https, with a host, without a name and password, of a bounded length."""
    if not isinstance(value, str) or len(value) > URL_LENGTH:
        return None
    text = value.strip()
    if not text.isascii() or any(char <= " " or char in '<>"\\^`{|}\x7f' for char in text):
        return None
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    is_plain = parts.scheme == "https" and bool(host) and "." in (host or "") and parts.username is None
    return text if is_plain and port in (None, 443) else None


def day_of(value: object) -> date | None:
    """The day of an ISO 8601 date or time."""
    match = _DAY.match(value) if isinstance(value, str) else None
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None


def is_english(claim: str, told: object) -> bool:
    """Whether a claim is English: as told by its publisher, else as its words look."""
    if isinstance(told, str) and told.strip():
        return re.split(r"[-_]", told.strip().lower())[0] in ("en", "eng", "english")
    words = _LETTERS.findall(claim.lower())
    if sum(word.isascii() for word in words) < _LATIN_SHARE * len(words) or _ENGLISH.isdisjoint(words):
        return False
    return find_language(Document((Block("b0", "p", claim),))) == "en"
