"""Furniture without a name: blocks that tell by their own few words what they are. The words stand in remarks.toml."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

# Characters: nothing longer is a remark, or a heading of a kind that is looked for.
LONGEST_REMARK, LONGEST_HEADING = 320, 120

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.?"
_DAY = r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,? "
_DATES = (
    rf"(?:{_DAY})?\d{{1,2}}(?:st|nd|rd|th)? {_MONTH},? \d{{4}}",
    rf"(?:{_DAY})?{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}",
    r"\d{1,4}[-/.]\d{1,2}[-/.]\d{2,4}",
    rf"{_MONTH} \d{{1,2}}",
)
_UNIT = r"(?:[mhdwy]|min|minute|hour|day|week|month|year)s?"
_AGO = rf"(?:(?:posted|updated|published) )?(?:(?:about |over )?(?:an?|\d+) ?{_UNIT} ago|yesterday|today)\W*"
_TIME = r"(?:,? ?(?:at |- ?|\| ?)?\d{1,2}[:.]\d{2}(?: ?[ap]\.?m\.?)?(?: ?[A-Z]{2,4})?)?"
_TOLD = r"(?:(?:first )?(?:(?:last )?(?:updated|modified|reviewed)|posted|published|date) ?(?:on|:)? ?)?"
_WHEN = rf"{_TOLD}(?:{'|'.join(_DATES)}){_TIME}\W*"


def _compile(patterns: list[str]) -> re.Pattern[str]:
    return re.compile(
        "|".join(f"(?:{one})" for one in patterns).replace(" ", r"\s+").replace(r"\s+?", r"\s*"), re.I | re.S
    )


class _Phrases:
    """Patterns to be looked for anywhere in a text that holds one of their words."""

    def __init__(self, name: str) -> None:
        self._words, self._pattern = _LISTS[f"{name}_words"], _compile(_LISTS[name])

    def is_in(self, text: str) -> bool:
        low = text.lower()
        return any(word in low for word in self._words) and self._pattern.search(text) is not None


_LISTS: dict[str, list[str]] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
_DATED = rf"{_TOLD}(?:{'|'.join(_DATES)}){_TIME} ?[|·•–—-] ?[^.!?]{{0,80}}\.?"
_REMARKS = _compile([_WHEN, _DATED, _AGO, *_LISTS["remarks"]])
_SIGN_UP, _CONSENT, _AFFILIATE = (_Phrases(name) for name in ("sign_up", "consent", "affiliate"))
_HEADINGS, _COMMENTS, _SOURCES = (_compile(_LISTS[name]) for name in ("headings", "comments", "sources"))


def is_remark(text: str) -> bool:
    """Whether a block is nothing but a date, a byline, a button's word, a list of tags or the like."""
    return len(text) <= LONGEST_REMARK and _REMARKS.fullmatch(text.strip()) is not None


def heads_furniture(text: str) -> bool:
    """Whether a heading stands over what is no text of the page: related pages, the author, a sign-up box."""
    return len(text) <= LONGEST_HEADING and _HEADINGS.fullmatch(text.strip()) is not None


def heads_comments(text: str) -> bool:
    """Whether a heading stands over what readers wrote."""
    return len(text) <= LONGEST_HEADING and _COMMENTS.fullmatch(text.strip()) is not None


def heads_sources(text: str) -> bool:
    """Whether a heading stands over the page's sources."""
    return len(text) <= LONGEST_HEADING and _SOURCES.fullmatch(text.strip()) is not None


def asks_to_sign_up(text: str) -> bool:
    """Whether a text asks for an e-mail address."""
    return _SIGN_UP.is_in(text)


def asks_consent(text: str) -> bool:
    """Whether a text is a cookie notice's."""
    return _CONSENT.is_in(text)


def is_affiliate_note(text: str) -> bool:
    """Whether a text tells that the site earns by its links."""
    return _AFFILIATE.is_in(text)
