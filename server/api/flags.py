"""``GET /v1/flags``: the eleven flags, so that clients need no copy of their words."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify

from classifier.taxonomy import flag_kinds
from server.api.wording import kind_json

blueprint = Blueprint("flags", __name__)


@blueprint.get("/v1/flags")
def all() -> Response:
    """The flags in their fixed order."""
    return jsonify(flags=[kind_json(kind) for kind in flag_kinds()])
