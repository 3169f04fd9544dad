"""``/queue/export``: posts and decisions as a file, sent as it is read."""

from __future__ import annotations

from datetime import datetime

from flask import Blueprint, Response, request

from server.errors import ApiError
from server.moderation.actor import note
from server.moderation.export import EXPORT_FORMATS, ExportChoice, read_posts
from server.parts import parts
from server.web.forms import typed

blueprint = Blueprint("export_pages", __name__)


@blueprint.get("/queue/export/<form>")
def export(form: str) -> Response:
    """All posts, or those of a source or of some days (``source``, ``since``, ``until``: the last day counts too)."""
    if form not in EXPORT_FORMATS:
        raise ApiError(404, "unknown-format", "There is no such format.", hint=f"Known: {' '.join(EXPORT_FORMATS)}.")
    choice = ExportChoice.of_days(typed(request.args.get("source", "")) or None, _day("since"), _day("until"))
    wanted = EXPORT_FORMATS[form]
    note("export-posts", "posts", {"format": form})
    response = Response(wanted.lines(read_posts(parts().store.engine, choice)), content_type=wanted.content_type)
    response.headers["Content-Disposition"] = f"attachment; filename={wanted.file_name}"
    return response


def _day(name: str) -> datetime | None:
    """A day. Raises :class:`ApiError`."""
    written = request.args.get(name, "").strip()
    try:
        return datetime.strptime(written, "%Y-%m-%d") if written else None
    except ValueError:
        raise ApiError(422, "bad-request", f"{name} is not a day.", hint="Write it as 2026-11-20.") from None
