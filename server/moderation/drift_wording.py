"""Drift in words and in JSON: the same on the page, at the command line and for programs."""

from __future__ import annotations

from typing import Any

from classifier.drift import ANY, CONFIDENCE, FEWEST_POSTS, FEWEST_SENTENCES, MUCH, SOME, UNKNOWN, Comparison
from classifier.taxonomy import flag_kind
from server.moderation.drift import FIRST_WEEKS, ForumDrift, Period, Week

_NAMES = {
    ANY: "sentences with any flag",
    UNKNOWN: "words the model never learned",
    CONFIDENCE: "mean confidence that a flag fits",
}


def measure_name(measure: str) -> str:
    """A measure for people."""
    return _NAMES.get(measure) or f"“{flag_kind(measure).title}”"


def percent(value: float) -> str:
    """``4.2 %``."""
    return f"{100 * value:.1f} %"


def move_told(move: Comparison) -> str:
    """What moved, from where to where."""
    words = f"{measure_name(move.measure)} {percent(move.now)}, {percent(move.before)} in the first weeks"
    return f"{words} (stability index {move.apart:.2f})" if move.measure == CONFIDENCE else words


def notice(forum: ForumDrift) -> str | None:
    """One sentence where the newest week reads otherwise than the first ones; else None."""
    if forum.newest is None or not forum.newest.moves:
        return None
    day = forum.newest.monday
    moves = "; ".join(move_told(move) for move in forum.newest.moves)
    return f"What {forum.source} wrote in the week from {day.day} {day:%B} reads unlike its first weeks: {moves}."


def standing(forum: ForumDrift) -> str:
    """Where the comparison stands when there is nothing to notice."""
    if forum.newest is not None:
        return "The newest week reads like the first weeks." if not forum.newest.moves else ""
    if not forum.weeks:
        return "No post was counted yet: those that were read before there was a count are counted by a rescore."
    if forum.first_weeks < FIRST_WEEKS:
        return f"{forum.first_weeks} of {FIRST_WEEKS} first weeks are here; later ones will be held against them."
    return f"Too few posts came: a week needs {FEWEST_POSTS} posts with {FEWEST_SENTENCES} sentences to be compared."


def index_told(index: float) -> str:
    """The population stability index as it is usually read."""
    return "calm" if index < SOME else "some change" if index < MUCH else "much change"


def forum_json(forum: ForumDrift) -> dict[str, Any]:
    """Everything, for programs."""
    return {
        "source": forum.source,
        "notice": notice(forum),
        "moved": [move.measure for move in forum.newest.moves] if forum.newest else [],
        "first": _period_json(forum.first) if forum.first else None,
        "uncounted_posts": forum.uncounted,
        "weeks": [_week_json(week) for week in forum.weeks],
    }


def _week_json(week: Week) -> dict[str, Any]:
    return {
        "week": f"{week.monday:%G-W%V}",
        "monday": week.monday.isoformat(),
        "model": week.model.split(" ")[0],
        "is_first": week.is_first,
        **_period_json(week.period),
        "against_first": [_comparison_json(found) for found in week.against_first],
        "against_training": [_comparison_json(found) for found in week.against_training],
    }


def _period_json(period: Period) -> dict[str, Any]:
    tally = period.tally
    return {
        "posts": period.posts,
        "sentences": tally.sentences,
        "flagged": tally.flagged,
        "words": tally.words,
        "unknown_words": tally.unknown,
        "mean_confidence": round(tally.mean_sure, 4),
        "confidences": list(tally.bins),
    }


def _comparison_json(found: Comparison) -> dict[str, Any]:
    return {
        "measure": found.measure,
        "now": round(found.now, 5),
        "interval": [round(end, 5) for end in found.interval],
        "before": round(found.before, 5),
        "apart": round(found.apart, 3),
        "moved": found.has_moved,
    }
