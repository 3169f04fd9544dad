"""Why a post stands where it stands, in words: made of the factors that its priority was counted from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from classifier.taxonomy import flag_ids, flag_kind
from server.moderation.hard import signs_of, why_hard
from server.moderation.queue import QueuedPost

# Under this share of the strongest sign, a sign is not worth a moderator's glance.
_WORTH_TELLING = 0.1
IN_NEED = "Somebody may be in need"
NO_SIGN = "No sign of hype"
SIGN_WORDS: Mapping[str, str] = {
    "danger": "Could hurt whoever follows it",
    "care": IN_NEED,
    "stop-medicine": "Tells others to stop a medicine",
    "skip-care": "Tells others to go without care",
    "dangerous-dose": "A dose that may harm",
    "home-cure": "A home cure for a serious illness",
    "unsafe-child": "Unsafe for a child",
}
TOPIC_WORDS: Mapping[str, str] = {
    "combination": "a dangerous combination",
    "medicines": "medicines",
    "serious-illness": "a serious illness",
    "emergency": "an emergency",
    "children": "children",
    "pregnancy": "pregnancy",
    "suicide": "suicide or self-harm",
}


@dataclass(frozen=True, slots=True)
class Reason:
    """One factor: what it is about, what was found, and the number that it puts into the priority."""

    name: str
    words: str
    factor: float | None


def main_reason(post: QueuedPost) -> str:
    """The reason that weighs most, in a few words."""
    signs, topics = _signs(post.priority_parts), _topics(post.priority_parts)
    first = IN_NEED if post.needs_person else _sign_words(signs[0]["name"]) if signs else NO_SIGN
    return f"{first} · about {topics[0]}" if topics else first


def reasons(post: QueuedPost) -> Iterator[Reason]:
    """Every factor, in the order in which they are multiplied."""
    parts = post.priority_parts
    if post.needs_person:
        yield Reason("First of all", f"{IN_NEED}: such posts stand before all others.", None)
    signs = _signs(parts)
    found = "; ".join(f"{_sign_words(sign['name'])}, {_surety(sign)}" for sign in signs)
    yield Reason("Wording", found or NO_SIGN, parts.get("claim"))
    if sentence := _read_first(post):
        yield Reason("Read first", f"“{sentence}”", None)
    topics = ", ".join(_topics(parts))
    yield Reason("Who may be hurt", f"About {topics}" if topics else "Nobody in particular", parts.get("vulnerability"))
    views, replies = _counted(post.views, "view", "views"), _counted(post.replies, "reply", "replies")
    yield Reason("Reach", f"{views} and {replies}", parts.get("reach"))


def _read_first(post: QueuedPost) -> str:
    """The sentence of the strongest sign; none where words are hard to read, which stand only where they are veiled."""
    is_hard = why_hard(needs_person=post.needs_person, signs=signs_of(post.priority_parts))
    return "" if is_hard or not post.top else " ".join(post.text[slice(*post.top)].split())


def _signs(parts: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The signs worth telling, the strongest first."""
    signs = sorted(parts.get("signs", ()), key=_strength, reverse=True)
    return [sign for sign in signs if _strength(sign) >= _WORTH_TELLING * _strength(signs[0]) > 0]


def _surety(sign: Mapping[str, Any]) -> str:
    return "on your team's list" if sign.get("origin") == "list" else f"{sign['confidence']:.0%} sure"


def _strength(sign: Mapping[str, Any]) -> float:
    return float(sign["confidence"] * sign["weight"])


def _topics(parts: Mapping[str, Any]) -> list[str]:
    return [TOPIC_WORDS.get(topic, _plain(topic)) for topic in parts.get("topics", ())]


def _sign_words(name: str) -> str:
    if name in flag_ids():
        return flag_kind(name).title
    return SIGN_WORDS.get(name, _plain(name).capitalize())


def _plain(name: str) -> str:
    return name.replace("-", " ")


def _counted(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"
