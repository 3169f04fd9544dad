"""A post as the queue shows it: one line of a list, and its whole text with the marks in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from classifier.document import Block, Document, Evidence, Flag, Listed, ModelId, Quote, Report
from classifier.taxonomy import FlagKind, flag_ids, flag_kind
from server.moderation.decisions import Decision
from server.moderation.hard import Hard, signs_of, why_hard
from server.moderation.post_flags import PostFlag
from server.moderation.queue import QueuedPost
from server.moderation.reasons import main_reason
from server.web.veil import is_veil_on
from server.web.view import BlockView, Finding, block_view, findings_of

_BLOCK = "post"
_SHOWN, _BEFORE = 280, 80
GONE = "A post that was deleted"


@dataclass(frozen=True, slots=True)
class Glance:
    """The piece of a text that a list shows, with the sentence that put the post where it stands."""

    before: str
    top: str
    after: str


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list."""

    post: QueuedPost
    title: str
    reason: str
    glance: Glance
    kinds: tuple[tuple[FlagKind, int], ...]
    hard: Hard | None


@dataclass(frozen=True, slots=True)
class PostView:
    """A post with the marks inside its text."""

    post: QueuedPost
    title: str
    block: BlockView
    findings: tuple[Finding, ...]


def row_of(post: QueuedPost) -> Row:
    """The line of one post. Words that are hard to read stand behind a veil, where this browser wants it."""
    counts: dict[str, int] = {}
    for flag in post.flags:
        counts[flag.flag] = counts.get(flag.flag, 0) + 1
    kinds = tuple((flag_kind(name), number) for name, number in counts.items() if name in flag_ids())
    hard = why_hard(needs_person=post.needs_person, signs=signs_of(post.priority_parts)) if is_veil_on() else None
    return Row(post, title_of(post), main_reason(post), _glance(post), kinds, hard)


def title_of(post: QueuedPost) -> str:
    """What to call a post: its own title, its thread's, or who wrote it."""
    if post.is_deleted:
        return GONE
    return post.title or post.thread_title or f"Post by {post.author or 'somebody'}"


def _glance(post: QueuedPost) -> Glance:
    text, (start, end) = post.text, post.top or (0, 0)
    if end <= start:
        return Glance("", "", _cut(text, 0, _SHOWN))
    left, right = max(0, start - _BEFORE), start + _SHOWN
    before = ("…" if left else "") + text[left:start]
    if end > right:
        return Glance(before, _cut(text, start, right), "")
    return Glance(before, text[start:end], _cut(text, end, right))


def _cut(text: str, start: int, end: int) -> str:
    return text[start:end] + ("…" if end < len(text) else "")


def post_view(post: QueuedPost) -> PostView:
    """The whole post. Marks stand where the flags' offsets say, as on the page at ``/check``."""
    told = {said.get("id"): said for said in post.report.get("flags", ())}
    flags = tuple(_flag(flag, post.text, told.get(flag.id, {})) for flag in post.flags if flag.flag in flag_ids())
    block = Block(_BLOCK, "post", post.text)
    report = Report(ModelId(post.model, ""), Document((block,)), "checked", None, None, 0, flags)
    findings = findings_of(report)
    return PostView(post, title_of(post), block_view(block, list(findings)), findings)


def _flag(kept: PostFlag, text: str, told: Mapping[str, Any]) -> Flag:
    words = tuple(Evidence(row["start"], row["end"], row["weight"]) for row in told.get("evidence", ()))
    listed = told.get("listed")
    return Flag(
        id=kept.id,
        flag=kept.flag,
        block=_BLOCK,
        start=kept.start,
        end=kept.end,
        quote=Quote(text[kept.start : kept.end], "", ""),
        confidence=kept.confidence,
        severity=kept.severity,
        evidence=words,
        origin=kept.origin,
        listed=Listed(**listed) if listed else None,
    )


def verdicts_of(decision: Decision | None) -> dict[str, str]:
    """What was said of each flag, by the flag's id."""
    return {flag.id: flag.verdict for flag in decision.flags} if decision else {}
