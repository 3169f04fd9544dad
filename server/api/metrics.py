"""``GET /metrics``: counters in Prometheus' format."""

from __future__ import annotations

from flask import Blueprint, Response

from server.metrics import CONTENT_TYPE
from server.parts import parts

blueprint = Blueprint("metrics", __name__)


@blueprint.get("/metrics")
def show() -> Response:
    """All counters."""
    mine = parts()
    return Response(mine.metrics.text(mine.detector.model), content_type=CONTENT_TYPE)
