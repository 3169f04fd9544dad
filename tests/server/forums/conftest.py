"""A Discourse's double, connected; and a forum that speaks Pinch's own shape."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from classifier.priority_weights import load_weights
from server.app import create_app
from server.forums.connections import DiscourseForum
from server.forums.courier import Courier
from server.forums.couriers import couriers_of, note_who_is_told
from server.forums.discourse.client import DiscourseClient
from server.forums.leases import Leases
from server.forums.pulling import Puller
from server.forums.receiving import Receiver
from server.forums.signature import sign
from server.moderation.intake import Intake
from server.moderation.scoring import Scorer
from server.moderation.tables import POST_VERSIONS, POSTS
from server.parts import Parts
from server.settings import Settings
from server.store import open_store
from tests.server.conftest import Client
from tests.server.fakes import FakeDetector
from tests.server.forums.connecting import OWN_SECRET, Pull, connect
from tests.server.forums.double import SOURCE, Delivery, Double, serve
from tests.server.forums.listening import Listener, listening
from tests.server.forums.telling import Clock, connected


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave to long runs what would only show the same rule by another database; the storm runs on both at once."""
    for item in items:
        is_here = item.path.parent == Path(__file__).parent and not item.path.stem.endswith("storm")
        if is_here and "[postgresql" in item.nodeid:
            item.add_marker(pytest.mark.soak)


@pytest.fixture
def double() -> Iterator[Double]:
    double = Double()
    server = serve(double)
    yield double
    server.shutdown()
    server.server_close()


@pytest.fixture
def settings(both_settings: Settings, double: Double, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings with both forums, once on each database; commands find them too."""
    connect(both_settings, double)
    if both_settings.database_url:
        monkeypatch.setenv("PINCH_DATABASE_URL", both_settings.database_url)
    return both_settings


@pytest.fixture
def app(settings: Settings) -> Flask:
    return create_app(settings, detector=FakeDetector())


@pytest.fixture
def deliver(client: Client) -> Callable[[Delivery], Any]:
    """Bring a delivery of the double."""

    def call(delivery: Delivery, **changed: str) -> Any:
        headers, body = delivery
        return client.post(f"/v1/webhooks/{SOURCE}", data=body, headers={**headers, **changed})

    return call


@pytest.fixture
def send_own(client: Client) -> Callable[..., Any]:
    """Bring a delivery in Pinch's own shape."""

    def call(event: str, *, at: float | None = None, secret: str = OWN_SECRET, **post: Any) -> Any:
        body = json.dumps({"event": event, "post": post}).encode()
        timestamp = str(int(time.time() if at is None else at))
        headers = {"X-Pinch-Timestamp": timestamp, "X-Pinch-Signature": sign(secret, body, timestamp)}
        return client.post("/v1/webhooks/boards", data=body, headers={"Content-Type": "application/json", **headers})

    return call


@pytest.fixture
def rows(parts: Parts) -> Callable[[], dict[str, Any]]:
    """What is kept of each post: its row with the current words."""

    def call() -> dict[str, Any]:
        current = sa.select(POSTS, POST_VERSIONS.c.text, POST_VERSIONS.c.title).join_from(
            POSTS,
            POST_VERSIONS,
            (POST_VERSIONS.c.post == POSTS.c.number) & (POST_VERSIONS.c.version == POSTS.c.version),
        )
        with parts.store.engine.connect() as connection:
            return {row.post_id: row for row in connection.execute(current)}

    return call


@pytest.fixture
def versions(parts: Parts) -> Callable[[], int]:
    """How many texts are kept."""

    def call() -> int:
        with parts.store.engine.connect() as connection:
            return connection.execute(sa.select(sa.func.count()).select_from(POST_VERSIONS)).scalar_one()

    return call


@pytest.fixture
def forum(parts: Parts) -> DiscourseForum:
    found = parts.connections.forums[SOURCE]
    assert isinstance(found, DiscourseForum)
    return found


@pytest.fixture
def slept() -> list[float]:
    return []


@pytest.fixture
def new_puller(parts: Parts, slept: list[float], intake: Intake) -> Callable[..., Puller]:
    """A puller as another process would have it. It notes what it would sleep."""

    def make(**more: Any) -> Puller:
        engine = parts.store.engine
        receiver = Receiver(engine, intake)
        return Puller(lambda: receiver, Leases(engine), lambda forum: DiscourseClient(forum, slept.append), **more)

    return make


@pytest.fixture
def intake(parts: Parts) -> Intake:

    return Intake(parts.store.engine, Scorer(parts.detector, parts.cards, load_weights()))


@pytest.fixture
def pull(new_puller: Callable[..., Puller], forum: DiscourseForum) -> Pull:
    puller = new_puller()
    return lambda **more: puller.pull(forum, **more)


@pytest.fixture
def engine(both_settings: Settings) -> sa.Engine:
    return open_store(both_settings).engine


@pytest.fixture
def listener() -> Iterator[Listener]:
    with listening(Listener()) as listener:
        yield listener


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def courier(engine: sa.Engine, listener: Listener, clock: Clock) -> Courier:
    note_who_is_told(engine, connected(listener))
    [courier] = couriers_of(engine, connected(listener))
    courier.now = clock
    return courier
