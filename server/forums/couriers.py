"""Which forums are told of decisions, and how: made from the connections."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa

from server.forums.callbacks import Callbacks
from server.forums.connections import Connections, DiscourseForum, Forum
from server.forums.courier import Bring, Courier
from server.forums.discourse.actions import Actions
from server.forums.outbox import Outbox, want_told
from server.forums.wire import Wire
from server.store.times import now


def note_who_is_told(engine: sa.Engine, connections: Connections) -> None:
    """From now on decisions on the posts of these forums are written down for them, and of no others."""
    want_told(engine, _ways(connections).keys(), at=now())
    Outbox(engine).forget_old(at=now())  # no courier does so for a forum that is not connected any more


def couriers_of(engine: sa.Engine, connections: Connections) -> list[Courier]:
    """A courier for each forum that wants to be told."""
    return [Courier(engine, source, way) for source, way in _ways(connections).items()]


def _ways(connections: Connections) -> Mapping[str, Bring]:
    return {source: way for source, forum in connections.forums.items() if (way := _way_to(forum)) is not None}


def _way_to(forum: Forum) -> Bring | None:
    if isinstance(forum, DiscourseForum):
        return Actions(forum, Wire()) if forum.act != "none" and forum.api_key else None
    if forum.callback_url is None or forum.callback_secret is None:
        return None
    return Callbacks(forum.callback_url, forum.callback_secret, Wire())
