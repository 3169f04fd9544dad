"""Brings waiting posts in line with a changed list: finds those that hold one of the changed phrases, and reads these
again, the first of the queue first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from itertools import islice

import sqlalchemy as sa

from classifier.own_phrases import OwnPhrases
from server.moderation.intake import Intake
from server.moderation.states import WAITING
from server.moderation.tables import POST_VERSIONS, POSTS

# Read again and written in one transaction: few, so that nobody waits long for the lock, and fewest at first, so that
# the queue shows its first posts soon.
FIRST, MOST = 2, 16
AT_ONCE = 500  # texts searched in one read


def bring_in_line(
    engine: sa.Engine,
    intake: Intake,
    changed: OwnPhrases,
    *,
    since: datetime | None = None,
    done: Callable[[], None] = lambda: None,
) -> int:
    """Read the waiting posts again that hold a changed phrase; how many. ``since``: only what changed after this.

    ``done`` is called after each step.
    """
    if not changed.entries:
        return 0
    count, holding, size = 0, _holding(engine, changed, since), FIRST
    while numbers := list(islice(holding, size)):
        count += intake.rescore_waiting(numbers)
        done()
        size = min(2 * size, MOST)
    return count


def _holding(engine: sa.Engine, changed: OwnPhrases, since: datetime | None) -> Iterator[int]:
    """The numbers of waiting posts whose text holds a phrase, in the order of the queue.

    No transaction is open while they are read again: SQLite's log could not be emptied until the last one.
    """
    wanted = sa.select(POSTS.c.number).where(WAITING)
    if since is not None:
        wanted = wanted.where(POSTS.c.changed_at >= since)
    ordered = wanted.order_by(POSTS.c.needs_person.desc(), POSTS.c.rank.desc(), POSTS.c.number)
    with engine.connect() as connection:
        waiting = connection.execute(ordered).scalars().all()
    for start in range(0, len(waiting), AT_ONCE):
        numbers = waiting[start : start + AT_ONCE]
        texts = _texts(engine, numbers)
        yield from (number for number in numbers if changed.is_in(texts.get(number, "")))


def _texts(engine: sa.Engine, numbers: Sequence[int]) -> dict[int, str]:
    is_current = (POST_VERSIONS.c.post == POSTS.c.number) & (POST_VERSIONS.c.version == POSTS.c.version)
    wanted = sa.select(POSTS.c.number, POST_VERSIONS.c.text).join_from(POSTS, POST_VERSIONS, is_current)
    with engine.connect() as connection:
        return {number: text for number, text in connection.execute(wanted.where(POSTS.c.number.in_(numbers)))}
