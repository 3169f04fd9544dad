"""Which replies belong beside a post: those for its situation first, then for its flags, then for its topics."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from classifier.taxonomy import flag_kinds
from server.context import Card
from server.context.reply import reply_to
from server.moderation.macros import Macro
from server.moderation.subject import Subject

# What a post may be about beside its flags: the name for people, and the signs that tell it, the most urgent first.
SITUATIONS: Mapping[str, tuple[str, frozenset[str]]] = {
    "distress": ("Somebody in need", frozenset({"in-need", "suicide"})),
    "stopping-medicines": ("Stopping medicines", frozenset({"stop-medicine"})),
    "babies": ("Babies and children", frozenset({"unsafe-child", "children", "pregnancy"})),
    "dangerous-combination": ("Dangerous combinations", frozenset({"combination"})),
}


@dataclass(frozen=True, slots=True)
class Reply:
    """``text`` is ready to copy, with its sources."""

    key: str
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Replies:
    """``fitting`` belong to this post, the first to be used first; ``others`` are all else that the team keeps."""

    fitting: tuple[Reply, ...]
    others: tuple[Reply, ...]


def situations_of(subject: Subject) -> list[str]:
    """The situations of a post, the most urgent first."""
    signs = {*subject.signs, *(["in-need"] if subject.is_cry else [])}
    return [name for name, (_, telling) in SITUATIONS.items() if signs & telling]


def replies_for(subject: Subject, macros: Iterable[Macro], cards: Iterable[Card]) -> Replies:
    """The replies for one post. Where somebody is in need, only help is put first: nobody is lectured then."""
    macros, cards = list(macros), list(cards)
    wanted = (
        ["distress"] if subject.is_cry else [*situations_of(subject), *_flags(subject), *(card.id for card in cards)]
    )
    order = {name: place for place, name in enumerate(dict.fromkeys(wanted))}
    ranked = sorted(macros, key=lambda macro: _place(macro, order))
    fitting = [macro for macro in ranked if _place(macro, order) != _NOWHERE]
    told = [Reply(f"card-{card.id}", f"About {card.title}", reply_to(card)) for card in cards]
    others = tuple(_reply(macro) for macro in macros if macro not in fitting)
    return Replies((*map(_reply, fitting), *([] if subject.is_cry else told)), others)


def _flags(subject: Subject) -> list[str]:
    """The post's flags, the gravest kinds first as the taxonomy ranks them."""
    order = {"high": 0, "medium": 1, "low": 2}
    kinds = sorted(flag_kinds(), key=lambda kind: order[kind.severity])
    return [kind.id for kind in kinds if kind.id in subject.post.kinds]


def _place(macro: Macro, order: Mapping[str, int]) -> int:
    """Where a reply stands among the fitting ones; ``_NOWHERE`` when it does not fit."""
    return min((order.get(name, _NOWHERE) for name in (macro.draft.topic, macro.draft.flag) if name), default=_NOWHERE)


_NOWHERE = 1_000_000


def _reply(macro: Macro) -> Reply:
    return Reply(f"macro-{macro.id}", macro.draft.name, macro.draft.to_copy)
