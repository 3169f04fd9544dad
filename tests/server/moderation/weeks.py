"""Weeks of posts with their counts, put straight into the tables."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa

from classifier.tally import BINS, Tally
from classifier.taxonomy import flag_ids
from server.moderation.tables import POST_VERSIONS, POSTS

MODEL = "test-1 " + "0" * 64
THIS_MONDAY = date(2026, 11, 23)
AT = datetime(2026, 11, 27, 12, tzinfo=UTC)


def tally(*, flagged: int = 0, unknown: int = 1) -> Tally:
    """Of a post of five sentences and forty words."""
    bins = (5 - flagged, *[0] * (BINS - 2), flagged)
    return Tally(5, flagged, 40, unknown, 900 * flagged, bins, (flagged, *[0] * (len(flag_ids()) - 1)))


def put_week(engine: sa.Engine, back: int, posts: int = 60, *, unknown: int = 1, **changed: Any) -> list[int]:
    """Posts of the week ``back`` weeks before this one, every fifth with a flagged sentence; their numbers."""
    at = datetime.combine(THIS_MONDAY - timedelta(weeks=back), time(9), UTC)
    source, model = changed.get("source", "forum"), changed.get("model", MODEL)
    flagged, is_counted = changed.get("flagged", 1), changed.get("is_counted", True)
    with engine.begin() as connection:
        count = connection.execute(sa.select(sa.func.count()).select_from(POSTS)).scalar_one()
        numbers = [count + place + 1 for place in range(posts)]
        rows, versions = [], []
        for place, number in enumerate(numbers):
            rows.append(_post(number, at + timedelta(hours=place % 90), source, f"t{place % 12}"))
            counted = tally(flagged=flagged if place % 5 == 0 else 0, unknown=unknown)
            report = {"state": "checked", "tally": counted.row()} if is_counted else {"state": "checked"}
            versions.append({"post": number, "version": 1, "text": "", "format": "text", "received_at": at}
                            | {"report": report, "model": model})  # fmt: skip
        connection.execute(POSTS.insert(), rows)
        connection.execute(POST_VERSIONS.insert(), versions)
    return numbers


def _post(number: int, at: datetime, source: str, thread: str) -> dict[str, Any]:
    return {
        "number": number, "source": source, "post_id": f"p{number}", "thread_id": thread, "posted_at": at, "views": 1,
        "replies": 0, "version": 1, "received_at": at, "changed_at": at, "state": "open", "revision": 1,
        "needs_person": False, "priority": 0.1, "rank": 0.1, "priority_parts": {},
    }  # fmt: skip
