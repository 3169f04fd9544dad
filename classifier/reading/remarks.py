"""Furniture without a name: blocks that tell by their own few words what they are. The words stand in remarks.toml."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

# Characters: nothing longer is a remark, or a heading of a kind that is looked for.
LONGEST_REMARK, LONGEST_HEADING = 320, 120

# In a pattern: a capital is asked for.
_CASED = "(?-i:"
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
_TIME = r"(?:,? ?(?:at |- ?|\| ?)?\d{1,2}[:.]\d{2}(?: ?[ap]\.?m\.?)?(?: ?[a-z]{2,4})?)?"
_TOLD = r"(?:(?:first )?(?:(?:last )?(?:updated|modified|reviewed)|posted|published|date) ?(?:on|:)? ?)?"
# A date alone, or a line that begins with one.
_WHEN = rf"{_TOLD}(?:{'|'.join(_DATES)}){_TIME}(?:\W*| ?[|·•–—-] ?[^.!?]{{0,80}}\.?)"


def _compile(patterns: list[str], flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    return re.compile(
        "|".join(f"(?:{one})" for one in patterns).replace(" ", r"\s+").replace(r"\s+?", r"\s*"), flags | re.S
    )


class _Whole:
    """Patterns that all of a text may fit.

    They are matched with the text in small letters, which is several times as quick as matching without regard to
    case; only those that ask for a capital are matched with the text as it stands.
    """

    def __init__(self, *patterns: str) -> None:
        self._low = _compile([one for one in patterns if _CASED not in one])
        cased = [one for one in patterns if _CASED in one]
        self._cased = _compile(cased, re.I) if cased else None

    def fits(self, text: str) -> bool:
        text = text.strip()
        if self._low.fullmatch(text.lower()):
            return True
        return self._cased is not None and self._cased.fullmatch(text) is not None


class _Phrases:
    """Patterns to be looked for anywhere in a text that holds one of their words."""

    def __init__(self, name: str) -> None:
        self._words, self._pattern = _LISTS[f"{name}_words"], _compile(_LISTS[name])

    def are_in(self, low: str) -> bool:
        # No any(): a generator for each block costs more than the looking.
        for word in self._words:
            if word in low:
                return self._pattern.search(low) is not None
        return False


_LISTS: dict[str, list[str]] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
_REMARKS = _Whole(_WHEN, _AGO, *_LISTS["remarks"])
_SIGN_UP, _CONSENT, _AFFILIATE = (_Phrases(name) for name in ("sign_up", "consent", "affiliate"))
_HEADINGS, _COMMENTS, _SOURCES = (_Whole(*_LISTS[name]) for name in ("headings", "comments", "sources"))


def is_remark(text: str) -> bool:
    """Whether a block is nothing but a date, a byline, a button's word, a list of tags or the like."""
    return len(text) <= LONGEST_REMARK and _REMARKS.fits(text)


def heads_furniture(text: str) -> bool:
    """Whether a heading stands over what is no text of the page: related pages, the author, a sign-up box."""
    return len(text) <= LONGEST_HEADING and _HEADINGS.fits(text)


def heads_comments(text: str) -> bool:
    """Whether a heading stands over what readers wrote."""
    return len(text) <= LONGEST_HEADING and _COMMENTS.fits(text)


def heads_sources(text: str) -> bool:
    """Whether a heading stands over the page's sources."""
    return len(text) <= LONGEST_HEADING and _SOURCES.fits(text)


def asks_to_sign_up(low: str) -> bool:
    """Whether a text, in small letters, asks for an e-mail address."""
    return _SIGN_UP.are_in(low)


def asks_consent(low: str) -> bool:
    """Whether a text, in small letters, is a cookie notice's."""
    return _CONSENT.are_in(low)


def is_affiliate_note(low: str) -> bool:
    """Whether a text, in small letters, tells that the site earns by its links."""
    return _AFFILIATE.are_in(low)
