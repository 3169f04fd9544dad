"""``/healthz`` says that the process lives, ``/readyz`` that it can do its work."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify

from server.errors import ApiError
from server.parts import parts

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def live() -> Response:
    """Touches nothing, so that a slow database does not get a live process killed."""
    return jsonify(status="ok")


@blueprint.get("/readyz")
def ready() -> Response:
    """Whether the model is loaded and the database answers."""
    mine = parts()
    if not mine.store.is_reachable():
        raise ApiError(503, "not-ready", "The database does not answer.", hint="Look at the server's log.")
    model = mine.detector.model
    return jsonify(status="ready", model={"version": model.version, "digest": model.digest})
