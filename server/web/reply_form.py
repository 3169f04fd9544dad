"""The form of a reply: what was typed, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from classifier.taxonomy import flag_ids
from server.moderation.macros import Draft, Macro, MacroSource
from server.web.forms import typed

LONGEST_NAME, LONGEST_TEXT, LONGEST_SOURCE = 80, 4000, 500
MOST_SOURCES = 6


@dataclass(frozen=True, slots=True)
class ReplyForm:
    """The fields as they stand in the form. ``sources``: one a line, ``title | https://…``."""

    name: str = ""
    text: str = ""
    flag: str = ""
    topic: str = ""
    sources: str = ""

    @classmethod
    def of(cls, macro: Macro) -> ReplyForm:
        """The form filled in with what is kept."""
        draft = macro.draft
        sources = "\n".join(f"{source.title} | {source.url}" for source in draft.sources)
        return cls(draft.name, draft.text, draft.flag or "", draft.topic or "", sources)

    @classmethod
    def sent(cls, fields: Mapping[str, str]) -> ReplyForm:
        """The form as it was sent."""
        names = ("name", "text", "flag", "topic", "sources")
        return cls(*(typed(fields.get(name, "")) for name in names))


def read_draft(form: ReplyForm, *, topics: Collection[str]) -> tuple[Draft | None, tuple[str, ...]]:
    """The reply, or everything that is wrong with the form, in sentences that repeat nothing of it."""
    lines = [line for line in form.sources.splitlines() if line.strip()]
    problems = (*_wrong_words(form, topics), *_wrong_sources(lines))
    if problems:
        return None, problems
    sources = tuple(_source(line) for line in lines)
    return Draft(form.name, form.text, sources, form.flag or None, form.topic or None), ()


def _wrong_words(form: ReplyForm, topics: Collection[str]) -> Iterator[str]:
    if not form.name or len(form.name) > LONGEST_NAME or not form.name.isprintable():
        yield f"The name must have 1 to {LONGEST_NAME} characters, on one line."
    if not form.text or len(form.text) > LONGEST_TEXT:
        yield f"The reply must have 1 to {LONGEST_TEXT} characters."
    if form.flag and form.flag not in flag_ids():
        yield "There is no such flag. Choose one from the list."
    if form.topic and form.topic not in topics:
        yield "There is no such topic. Choose one from the list."


def _wrong_sources(lines: list[str]) -> Iterator[str]:
    if not lines:
        yield "A reply needs a source, so that readers can look for themselves."
    if len(lines) > MOST_SOURCES:
        yield f"{len(lines)} sources are more than {MOST_SOURCES}; choose the best."
    for place, line in enumerate(lines[:MOST_SOURCES], start=1):
        source = _source(line)
        if len(line) > LONGEST_SOURCE or not line.isprintable():
            yield f"Source {place} is longer than {LONGEST_SOURCE} characters or holds signs that cannot be shown."
        elif not source.title or not _is_address(source.url):
            yield f"Source {place} is not written as: title | https://address"


def _source(line: str) -> MacroSource:
    title, _, url = line.rpartition("|")
    return MacroSource(title.strip(), url.strip())


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme == "https" and bool(parts.hostname) and " " not in url and parts.username is None
    except ValueError:
        return False
