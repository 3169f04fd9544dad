"""The flags that posts carry now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from classifier.document import Origin
from classifier.taxonomy import Severity
from server.moderation.tables import POST_FLAGS


@dataclass(frozen=True, slots=True)
class PostFlag:
    """A flag on the current version: ``start`` and ``end`` are code points into its text."""

    id: str
    flag: str
    start: int
    end: int
    confidence: float
    severity: Severity
    origin: Origin = "model"


def flags_of(connection: sa.Connection, numbers: Sequence[int]) -> dict[int, tuple[PostFlag, ...]]:
    """The flags of these posts' current versions, in the order of the text."""
    columns = POST_FLAGS.c
    wanted = sa.select(POST_FLAGS).where(columns.post.in_(numbers)).order_by(columns.post, columns.start, columns.flag)
    found: dict[int, tuple[PostFlag, ...]] = {}
    for row in connection.execute(wanted):
        flag = PostFlag(row.id, row.flag, row.start, row.end, row.confidence, row.severity, row.origin)
        found[row.post] = (*found.get(row.post, ()), flag)
    return found
