"""Help comes first: the notice on a page of somebody in need, and no mark on their words."""

from __future__ import annotations

from dataclasses import replace

from classifier.document import Report
from server.context.crisis_lines import CrisisLine, crisis_lines
from server.context.distress import Distress
from server.context.notice import Notice, NoticeLink, day_words

TITLE_CRY = "You are not alone. Help is there now."
TITLE_ABOUT = "If this is about you or someone you know"


def crisis_notices(distress: Distress, region: str | None) -> tuple[Notice, ...]:
    """One notice with the lines of a country, or none when nobody is in need and the page is not about it."""
    blocks = distress.cries or distress.about
    if not blocks:
        return ()
    lines = crisis_lines().of(region)
    title = TITLE_CRY if distress.cries else TITLE_ABOUT
    links = tuple(NoticeLink(_words(line), line.url) for line in lines)
    return (Notice("crisis", title, _text(region, lines), links, blocks),)


def without_flags_on_cries(report: Report, distress: Distress) -> Report:
    """The report without the flags that stand in a person's cry for help."""
    if not distress.cries:
        return report
    return replace(report, flags=tuple(flag for flag in report.flags if flag.block not in distress.cries))


def _text(region: str | None, lines: tuple[CrisisLine, ...]) -> str:
    number = crisis_lines().emergency.get(region or "")
    emergency = f"call {number}" if number else "call your local emergency number"
    return (
        f"If someone is in danger now, took too much of something, or has a fit, {emergency}. "
        "You can talk to a person who listens and does not judge. You do not need to have the right words. "
        f"{_checked(lines)}"
    )


def _checked(lines: tuple[CrisisLine, ...]) -> str:
    """When the numbers were last looked up; only said once every one was read on its line's own page."""
    if all(line.read == "original" for line in lines):
        return f"Numbers last checked on {day_words(min(line.checked_on for line in lines))}."
    return "Numbers can change: the links lead to each line's own page."


def _words(line: CrisisLine) -> str:
    hours = f" ({line.hours})" if line.hours else ""
    return f"{line.name}: {line.reach}{hours}"
