"""Pages to read: the eleven flags, and the context cards. They hold nothing private, so they need no sign-in."""

from __future__ import annotations

from itertools import groupby
from typing import get_args

from flask import Blueprint, render_template

from classifier.taxonomy import flag_kinds
from server.context.cards import Group
from server.errors import ApiError
from server.parts import parts

blueprint = Blueprint("reference", __name__)


@blueprint.get("/flags")
def flags() -> str:
    """The eleven flags."""
    return render_template("flags.html", kinds=flag_kinds())


@blueprint.get("/topics")
def topics() -> str:
    """All cards by group and name."""
    cards = sorted(parts().cards.values(), key=lambda card: (get_args(Group).index(card.group), card.title.casefold()))
    groups = [(group, list(members)) for group, members in groupby(cards, key=lambda card: card.group)]
    return render_template("topics.html", groups=groups)


@blueprint.get("/topics/<topic>")
def topic(topic: str) -> str:
    """One card."""
    card = parts().cards.get(topic)
    if card is None:
        raise ApiError(404, "unknown-topic", "There is no card of this name.", hint="The page /topics lists them.")
    return render_template("topic.html", card=card)
