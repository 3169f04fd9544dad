"""The demo forum with simulated moderators, who decide as the labels in ``tests/data/decisions`` say.

All of it goes through the real thing: posts are taken in and scored, decisions are taken, and the export is made by the
command.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

import sqlalchemy as sa
from click.testing import CliRunner

from classifier import Detector
from classifier.priority_weights import load_weights
from server.cli import main as pinch
from server.context import load_cards
from server.moderation.deciding import Decider
from server.moderation.decisions import Correction, NewDecision
from server.moderation.demo.seed import SOURCE, Calendar, incoming
from server.moderation.demo.threads import DemoPost, read_threads
from server.moderation.intake import Intake
from server.moderation.refusals import Seen
from server.moderation.scoring import Scorer
from server.moderation.states import Verdict
from server.moderation.tables import POST_FLAGS, POST_VERSIONS, POSTS
from server.settings import Settings
from server.store import open_store
from server.store.times import now

LABELS = Path(__file__).parents[2] / "data" / "decisions" / "labels.jsonl"
MODERATORS = ("Asha", "Bram", "Celia", "Dorit")


@dataclass(frozen=True, slots=True)
class Gold:
    """What a careful reader said of one sentence of a post."""

    text: str
    flags: frozenset[str]
    contested: frozenset[str]


def read_gold(path: Path = LABELS) -> dict[str, list[Gold]]:
    """By post, its sentences with a flag or a contested one; all others carry none."""
    found: dict[str, list[Gold]] = {}
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        gold = Gold(row["text"], frozenset(row["flags"]), frozenset(row.get("contested", ())))
        found.setdefault(row["post"], []).append(gold)
    return found


def thread_folds(posts: Sequence[DemoPost], count: int) -> list[set[str]]:
    """Ids of posts in ``count`` parts, no thread in two of them: each next thread goes to the smallest part."""
    folds: list[set[str]] = [set() for _ in range(count)]
    threads: dict[str, list[str]] = {}
    for post in posts:
        threads.setdefault(post.thread, []).append(post.id)
    for name in sorted(threads, key=lambda name: (-len(threads[name]), name)):
        min(folds, key=len).update(threads[name])
    return folds


def decide_and_export(
    folder: Path, detector: Detector, gold: Mapping[str, Sequence[Gold]], wanted: Callable[[DemoPost], bool]
) -> tuple[Path, int]:
    """A forum in this folder, its ``wanted`` posts decided; the exported file and how many decisions there are."""
    settings = Settings(data_dir=folder)
    engine = open_store(settings).engine
    posts, calendar = read_threads(), Calendar.until(now())
    Intake(engine, Scorer(detector, load_cards(), load_weights(None))).take(
        [incoming(post, calendar) for post in posts]
    )
    people, count = cycle(MODERATORS), 0
    for post in posts:
        if wanted(post):
            decide(engine, post, Decider(engine, next(people), is_lead=True), gold.get(post.id, ()))
            count += 1
    out = folder / "labels.jsonl"
    told = CliRunner().invoke(
        pinch,
        ["labels", "export", "--decisions", str(out)],
        env={"PINCH_DATA_DIR": str(folder)},
        catch_exceptions=False,
    )
    if told.exit_code:
        raise SystemExit(told.output)
    print(told.output.strip())
    return out, count


def decide(engine: sa.Engine, post: DemoPost, decider: Decider, gold: Sequence[Gold]) -> None:
    """As an honest moderator: uphold what the gold labels hold, dismiss what they do not, add what is missing."""
    with engine.connect() as connection:
        row = connection.execute(
            sa.select(POSTS, POST_VERSIONS.c.text)
            .join(POST_VERSIONS, POST_VERSIONS.c.post == POSTS.c.number)
            .where(POSTS.c.source == SOURCE, POSTS.c.post_id == post.id)
        ).one()
        raised = connection.execute(sa.select(POST_FLAGS).where(POST_FLAGS.c.post == row.number)).all()
    spans = [(one, row.text.find(one.text)) for one in gold]
    verdicts: dict[str, Verdict] = {}
    seen = set()
    for flag in raised:
        here = [(one, at) for one, at in spans if at < flag.end and flag.start < at + len(one.text)]
        seen |= {(at, flag.flag) for _, at in here}
        is_contested = any(flag.flag in one.contested for one, _ in here)
        verdicts[flag.id] = "upheld" if any(flag.flag in one.flags for one, _ in here) else "dismissed"
        if is_contested and verdicts[flag.id] == "dismissed":
            verdicts[flag.id] = "unsure"
    corrections = tuple(
        Correction(flag, at, at + len(one.text), "missing")
        for one, at in spans
        for flag in sorted(one.flags)
        if at >= 0 and (at, flag) not in seen
    )
    outcome = "upheld" if corrections or "upheld" in verdicts.values() else "dismissed"
    decider.decide(
        NewDecision(
            number=row.number,
            seen=Seen(row.version, row.revision),
            outcome=outcome,  # type: ignore[arg-type]
            request_id=f"bench-{post.id}",
            verdicts=verdicts,
            corrections=corrections,
        )
    )
