"""A storm of deliveries, an hour of outage, then a pull: ``python -m tests.soak.forums``, on both databases.

``STORM`` (10,000 unless set) is how many deliveries come, from four senders at once: replays, in any order within a
stretch, with one byte altered, and signed with an empty secret. What the forum told during the outage never comes. The
detector is the tests' own, so what is measured is all but the reading of the words.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import random
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from flask import Flask

from classifier.priority_weights import load_weights
from server.app import create_app
from server.forums.leases import Leases
from server.forums.pulling import Pulled, Puller
from server.forums.receiving import Receiver
from server.moderation.intake import Intake
from server.moderation.scoring import Scorer
from server.moderation.tables import POST_VERSIONS, POSTS
from server.parts import Parts
from server.settings import Settings
from tests.server.fakes import FakeDetector
from tests.server.forums.connecting import connect
from tests.server.forums.double import SOURCE, Delivery, Double, serve
from tests.server.postgres import running_postgres

STORM = int(os.environ.get("STORM", "10000"))
SENDERS = 4
STRETCH = 60  # deliveries that change places with one another
OUTAGE = 0.2  # of the time


@dataclass
class Storm:
    """What comes, each with the status that it must be answered with, and what the forum knows."""

    double: Double
    random: random.Random
    sent: list[tuple[Delivery, int]] = field(default_factory=list)
    told: set[tuple[str, str]] = field(default_factory=set)
    gone: set[int] = field(default_factory=set)
    lost: int = 0

    def brew(self, total: int) -> None:
        """Let the forum live for as long as ``total`` deliveries last."""
        alive: list[int] = []
        wanted = round(total * 0.62 / (1 - OUTAGE))
        self.double.pace = 3600 / (wanted * OUTAGE)
        for number in range(wanted):
            is_away = 0.5 <= number / wanted < 0.5 + OUTAGE
            self._happen(number, alive, is_away=is_away)
        honest = list(self.sent)
        while len(self.sent) < total:
            delivery, _ = self.random.choice(honest)
            self.sent.append(
                self.random.choice(
                    [(delivery, 200), (delivery, 200), _altered(self.random, delivery), _unsigned(delivery)]
                )
            )
        self._shuffle(len(honest))

    def _happen(self, number: int, alive: list[int], *, is_away: bool) -> None:
        double, kind = self.double, self.random.random()
        if not alive or kind < 0.5:
            post = double.create(f"Words of happening {number}.", topic=self.random.randint(1, 40))
            alive.append(post)
            event = "post_created"
        elif kind < 0.9:
            post, event = self.random.choice(alive), "post_edited"
            double.edit(post, f"Other words, happening {number}.", is_ninja=self.random.random() < 0.3)
        else:
            post, event = alive.pop(self.random.randrange(len(alive))), "post_destroyed"
        delivery = double.tell(event, post)
        if event == "post_destroyed":
            double.delete(post)
            self.gone.add(post)
        if is_away:
            self.lost += 1
            return
        self.sent.append((delivery, 200))
        if event != "post_destroyed":
            self.told.add((str(post), double.posts[post]["updated_at"]))

    def _shuffle(self, honest: int) -> None:
        """Replays and forgeries come anywhere; what is honest comes a little out of order."""
        places = [(at + self.random.uniform(0, STRETCH), number) for number, at in enumerate(range(honest))]
        places += [(self.random.uniform(0, honest), number) for number in range(honest, len(self.sent))]
        self.sent = [self.sent[number] for _, number in sorted(places)]


def _altered(chance: random.Random, delivery: Delivery) -> tuple[Delivery, int]:
    headers, body = delivery
    place = chance.randrange(len(body))
    return (headers, body[:place] + bytes([body[place] ^ (1 << chance.randrange(8))]) + body[place + 1 :]), 401


def _unsigned(delivery: Delivery) -> tuple[Delivery, int]:
    headers, body = delivery
    signature = "sha256=" + hmac.new(b"", body, hashlib.sha256).hexdigest()
    return ({**headers, "X-Discourse-Event-Signature": signature}, body), 401


def run(settings: Settings, total: int, *, seed: int = 8) -> list[str]:
    """Let the storm pass; what fell short, in words."""
    double = Double()
    server = serve(double)
    try:
        connect(settings, double)
        app = create_app(settings, detector=FakeDetector())
        storm = Storm(double, random.Random(seed))
        storm.brew(total)
        begun = time.monotonic()
        answers = _send(app, storm)
        seconds = time.monotonic() - begun
        pulled = _pull(app)
        wrong = _wrong(app, storm, answers, pulled)
        statuses = dict(sorted(Counter(status for status, _ in answers).items()))
        print(
            f"{settings.database.partition(':')[0]}: {len(answers)} deliveries in {seconds:.0f} s {statuses}; "
            f"{storm.lost} lost in the outage; pull: {dict(pulled.counts)}; "
            f"{len(double.posts)} posts, {len(storm.gone)} of them deleted; {len(wrong)} wrong",
            flush=True,
        )
        return wrong
    finally:
        server.shutdown()
        server.server_close()


def _send(app: Flask, storm: Storm) -> list[tuple[int, int]]:
    """Send all; of each the status that came and the one that had to."""

    def send(one: tuple[Delivery, int]) -> tuple[int, int]:
        (headers, body), wanted = one
        answer = app.test_client().post(f"/v1/webhooks/{SOURCE}", data=body, headers=headers)
        return answer.status_code, wanted

    with ThreadPoolExecutor(SENDERS) as senders:
        return list(senders.map(send, storm.sent))


def _pull(app: Flask) -> Pulled:
    parts: Parts = app.extensions["pinch"]
    intake = Intake(parts.store.engine, Scorer(parts.detector, parts.cards, load_weights()))
    pulled = Puller(Receiver(parts.store.engine, intake), Leases(parts.store.engine)).pull(
        parts.connections.discourses[0]
    )
    assert pulled is not None
    return pulled


def _wrong(app: Flask, storm: Storm, answers: list[tuple[int, int]], pulled: Pulled) -> list[str]:
    wrong = [f"answered {status}, not {wanted}" for status, wanted in answers if status != wanted]
    wrong += [f"the pull broke off: {pulled.error}"] if pulled.error else []
    parts: Parts = app.extensions["pinch"]
    joined = sa.select(POSTS, POST_VERSIONS.c.version.label("one"), POST_VERSIONS.c.text).join_from(
        POSTS, POST_VERSIONS
    )
    with parts.store.engine.connect() as connection:
        kept = list(connection.execute(joined))
    current = {row.post_id: row for row in kept if row.one == row.version}
    wrong += [
        f"{post} stands here twice"
        for post, times in Counter(row.post_id for row in kept if row.one == row.version).items()
        if times > 1
    ]
    wrong += [f"{row.post_id} has words left" for row in kept if row.state == "deleted" and row.text]
    for number, post in storm.double.posts.items():
        wrong += _wrong_of(current.get(str(number)), post, is_gone=number in storm.gone)
    versions = {(row.post_id, row.one) for row in kept}
    told = {(post, _milliseconds(at)) for post, at in storm.told if int(post) not in storm.gone}
    wrong += [f"a text of {post} that was told is missing" for post, version in told if (post, version) not in versions]
    return wrong + [f"{post} was never in the forum" for post in current if int(post) not in storm.double.posts]


def _wrong_of(row: sa.Row[tuple[object, ...]] | None, post: dict[str, object], *, is_gone: bool) -> list[str]:
    if row is None:
        # What was posted and deleted during the outage was never here.
        return [] if is_gone else [f"{post['id']} is missing"]
    if is_gone:
        return [] if row.state == "deleted" else [f"{post['id']} was deleted and is here"]
    is_newest = row.text == post["raw"] and row.version == _milliseconds(str(post["updated_at"]))
    return [] if row.state == "open" and is_newest else [f"{post['id']} is not as it was last written"]


def _milliseconds(at: str) -> int:
    return round(datetime.fromisoformat(at).timestamp() * 1000)


def main() -> int:
    """The whole storm on both databases; 1 when anything fell short."""
    wrong: list[str] = []
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        wrong += run(Settings(data_dir=folder / "sqlite"), STORM)
        address = stack.enter_context(running_postgres()).new_database()
        wrong += run(Settings(data_dir=folder / "postgresql", database_url=address), STORM)
    for words, times in Counter(wrong).most_common(20):
        print(f"  FELL SHORT: {words} ({times} times)", flush=True)
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
