"""``GET /metrics``: counters in Prometheus' format."""

from __future__ import annotations

from flask import Blueprint, Response

from server.metrics import CONTENT_TYPE
from server.parts import parts

blueprint = Blueprint("metrics", __name__)


@blueprint.get("/metrics")
def show() -> Response:
    """All counters."""
    return Response(parts().metrics.text(), content_type=CONTENT_TYPE)
