"""``GET /v1/flags``: the eleven flags, so that clients need no copy of their words, and the forums of this server."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify

from classifier.taxonomy import flag_kinds
from server.api.wording import kind_json
from server.parts import parts

blueprint = Blueprint("flags", __name__)


@blueprint.get("/v1/flags")
def all() -> Response:
    """The flags in their fixed order, and the forums whose posts readers may send to the queue."""
    return jsonify(flags=[kind_json(kind) for kind in flag_kinds()], forums=list(parts().settings.forums))
