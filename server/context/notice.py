"""A notice: something to tell the reader that is not about one flag, and in which order such things are told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

NoticeType = Literal["crisis", "combination", "retraction", "fact-check"]
# What may save a life comes first.
ORDER: tuple[NoticeType, ...] = get_args(NoticeType)


@dataclass(frozen=True, slots=True)
class NoticeLink:
    """A link below a notice; https only."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Notice:
    """``blocks`` are the ids of the blocks that gave rise to it, in the order of the text."""

    type: NoticeType
    title: str
    text: str
    links: tuple[NoticeLink, ...] = ()
    blocks: tuple[str, ...] = ()


def in_order(notices: Iterable[Notice]) -> tuple[Notice, ...]:
    """Notices by kind; those of one kind keep their order."""
    return tuple(sorted(notices, key=lambda notice: ORDER.index(notice.type)))


def day_words(day: date) -> str:
    """``3 March 2024``."""
    return f"{day.day} {day:%B %Y}"
