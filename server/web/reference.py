"""Pages to read: the eleven flags, and the context cards. They hold nothing private, so they need no sign-in."""

from __future__ import annotations

from itertools import groupby
from typing import get_args

from flask import Blueprint, render_template, request

from classifier.taxonomy import flag_kind, flag_kinds
from server.context.cards import Group
from server.context.explainers import explainers, search_name
from server.context.reply import reply_to
from server.context.searches import SEARCHES
from server.errors import ApiError
from server.parts import parts

blueprint = Blueprint("reference", __name__)


@blueprint.get("/flags")
def flags() -> str:
    """The eleven flags."""
    return render_template("flags.html", kinds=flag_kinds())


@blueprint.get("/flags/<flag>")
def flag(flag: str) -> str:
    """Why one flag misleads, and what to check. ``topic`` in the address names a card that the searches are about."""
    row = explainers().get(flag)
    if row is None:
        raise ApiError(404, "unknown-flag", "There is no flag of this name.", hint="The page /flags lists them.")
    card = parts().cards.get(request.args.get("topic", ""))
    searched = search_name(card) if card else None
    return render_template("flag.html", kind=flag_kind(flag), row=row, searched=searched, searches=SEARCHES)


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
    return render_template("topic.html", card=card, reply=reply_to(card), reply_markdown=reply_to(card, markdown=True))
