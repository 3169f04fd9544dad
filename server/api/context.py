"""``GET /v1/context``: what public-health bodies know, by topic."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify

from server.context import card_json
from server.errors import ApiError
from server.parts import parts

blueprint = Blueprint("context", __name__)


@blueprint.get("/v1/context")
def all() -> Response:
    """The names of all topics."""
    return jsonify(topics=[{"id": card.id, "title": card.title} for card in parts().cards.values()])


@blueprint.get("/v1/context/<topic>")
def one(topic: str) -> Response:
    """One card."""
    card = parts().cards.get(topic)
    if card is None:
        raise ApiError(404, "unknown-topic", "There is no card of this name.", hint="GET /v1/context lists them.")
    return jsonify(card_json(card))
