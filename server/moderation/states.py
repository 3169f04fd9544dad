"""The states of a post and the outcomes of a decision, each with the words that people see."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

from server.moderation.tables import POSTS

State = Literal["open", "escalated", "decided"]
Outcome = Literal["upheld", "dismissed", "unsure", "escalated"]
Verdict = Literal["upheld", "dismissed", "unsure"]
Kind = Literal["decide", "undo", "reopen"]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)

STATE_WORDS: Mapping[State, str] = {"open": "Open", "escalated": "Second look", "decided": "Decided"}
OUTCOME_WORDS: Mapping[Outcome, str] = {
    "upheld": "Upheld",
    "dismissed": "Dismissed",
    "unsure": "Unsure",
    "escalated": "Escalated",
}
# An unsure or escalated post is not done with: it waits for another person in a list of its own.
STATE_AFTER: Mapping[Outcome, State] = {
    "upheld": "decided",
    "dismissed": "decided",
    "unsure": "escalated",
    "escalated": "escalated",
}

PRESENT = POSTS.c.deleted_at.is_(None)
WAITING = PRESENT & POSTS.c.state.in_(("open", "escalated"))


def verdict_of(outcome: Outcome) -> Verdict:
    """What an outcome says of a flag that nothing else was said of."""
    return "unsure" if outcome == "escalated" else outcome
