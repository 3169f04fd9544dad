"""``GET /metrics``: counters in Prometheus' format."""

from __future__ import annotations

from flask import Blueprint, Response

from server.metrics import CONTENT_TYPE
from server.moderation.drift_watch import FOR_PROGRAMS
from server.parts import parts

blueprint = Blueprint("metrics", __name__)


@blueprint.get("/metrics")
def show() -> Response:
    """All counters, which model is in use, and how many measures of each forum's newest week moved."""
    mine = parts()
    forums = mine.drift.forums(no_older=FOR_PROGRAMS)
    mine.metrics.tell_drift({forum.source: len(forum.newest.moves) for forum in forums if forum.newest})
    return Response(mine.metrics.text(mine.detector.model), content_type=CONTENT_TYPE)
