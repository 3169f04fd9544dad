"""The page at ``/overview``: how the queue stands, what came, and how often flags were upheld."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from classifier.taxonomy import flag_ids, flag_kind, flag_kinds
from server.errors import ApiError
from server.moderation.export import EXPORT_FORMATS
from server.moderation.overview import (
    SPANS,
    ByDay,
    decisions_by_day,
    flags_by_day,
    last_days,
    models_in_use,
    posts_by_day,
    queue_age,
)
from server.moderation.precision import OPINIONS, agreement, precision_by_flag
from server.moderation.precision_by_model import precision_by_model
from server.parts import parts
from server.store.times import now
from server.web.charts import Columns, Layer

blueprint = Blueprint("overview_pages", __name__)
POSTS = (Layer("flagged", "With a flag", "c-accent"), Layer("plain", "Without", "c-plain"))
FAMILIES = (
    Layer("promise", "Promises", "c-promise"),
    Layer("source", "Sources", "c-source"),
    Layer("risk", "Risks", "c-risk"),
    Layer("push", "Pressure", "c-push"),
)
DECISIONS = (
    Layer("upheld", "Upheld", "c-accent"),
    Layer("dismissed", "Dismissed", "c-plain"),
    Layer("unsure", "Unsure", "c-promise"),
    Layer("escalated", "Escalated", "c-push"),
)


@blueprint.get("/overview")
def show() -> str:
    """All numbers, as they are at this moment."""
    span, at = _span(), now()
    days = last_days(at.date(), span)
    with parts().store.engine.connect() as connection:
        words = {
            "age": queue_age(connection, at=at),
            "posts": Columns(posts_by_day(connection, days), POSTS),
            "flags": Columns(_by_family(flags_by_day(connection, days, tuple(flag_ids()))), FAMILIES),
            "decisions": Columns(decisions_by_day(connection, days), DECISIONS),
            "precision": precision_by_flag(connection, tuple(flag_ids())),
            "by_model": precision_by_model(connection, tuple(flag_ids())),
            "agreement": agreement(connection),
            "models": models_in_use(connection),
            "formats": EXPORT_FORMATS,
        }
    return render_template(
        "queue/overview.html", days=span, spans=SPANS, opinions=OPINIONS, flag_kind=flag_kind, **words
    )


def _span() -> int:
    """How many days the charts show. Raises :class:`ApiError`."""
    asked = request.args.get("days", str(SPANS[1]))
    if asked not in map(str, SPANS):
        raise ApiError(422, "bad-request", "There is no such span of days.", hint="Known: 7, 30 and 90.")
    return int(asked)


def _by_family(flags: ByDay) -> ByDay:
    counts = {
        layer.name: tuple(
            map(sum, zip(*(flags.counts[kind.id] for kind in flag_kinds() if kind.family == layer.name), strict=True))
        )
        for layer in FAMILIES
    }
    return ByDay(flags.days, counts)
