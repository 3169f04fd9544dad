"""A kept post in the words of the API."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from classifier.offsets import OffsetMap

_AS_KEPT = (
    "number",
    "source",
    "post_id",
    "version",
    "state",
    "outcome",
    "needs_person",
    "priority",
    "title",
    "text",
    "model",
    "thread_id",
    "thread_title",
    "board",
    "reply_to",
    "author",
    "url",
    "views",
    "replies",
)


def post_json(row: sa.Row[Any], versions: Sequence[sa.Row[Any]]) -> dict[str, object]:
    """The post with its current text. Offsets count UTF-16 units, as everywhere on the wire."""
    offsets = OffsetMap(row.text)
    top = None if row.top_start is None else _stretch(offsets, row.top_start, row.top_end)
    return {
        **{name: getattr(row, name) for name in _AS_KEPT},
        "factors": _factors(row.priority_parts),
        "top": top,
        "offset_unit": "utf-16",
        "checked": row.report["state"],
        "flags": [
            {
                **{name: flag[name] for name in ("id", "flag", "confidence", "severity")},
                "origin": flag.get("origin", "model"),
                "listed": flag.get("listed"),
                **_stretch(offsets, flag["start"], flag["end"]),
            }
            for flag in row.report["flags"]
        ],
        "versions": [{"version": one.version, "received_at": written(one.received_at)} for one in versions],
        "posted_at": written(row.posted_at),
        "received_at": written(row.received_at),
    }


def _factors(parts: Mapping[str, Any]) -> dict[str, Any]:
    """The factors; of posts that were read before there were lists, the model raised all."""
    return {**parts, "signs": [{"origin": "model", **sign} for sign in parts["signs"]]}


def written(time: datetime) -> str:
    """A time as ISO 8601 writes it in UTC, to the second."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ")


def _stretch(offsets: OffsetMap, start: int, end: int) -> dict[str, int]:
    return {"start": offsets.to_utf16(start), "end": offsets.to_utf16(end)}
