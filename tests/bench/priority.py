"""How well the queue's order puts first what deserves it, on labelled threads of a demo forum.

``python -m tests.bench.priority FOLDER...`` takes threads (TOML: ``thread``, and ``[[posts]]`` with ``id``, ``text``,
``views``, ``day``, ``time`` and ``need``: none, look, danger or care), reads and weighs their posts as the server does,
and prints what stands in the first tenth and fifth by our order, by newest first, by keywords and by the highest
confidence alone.
"""

from __future__ import annotations

import sys
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

from classifier import load
from classifier.priority_weights import load_weights
from server.context import load_cards
from server.moderation.incoming import IncomingPost
from server.moderation.priority import Standing, standing
from server.moderation.scoring import ScoredPost, Scorer

SHARE = 0.1
# What a forum's own filter would look for, without a model: words of the eleven flags' own examples.
KEYWORDS = ("miracle", "cure", "detox", "toxin", "big pharma", "natural", "100%", "guarantee", "proven", "secret")
START = datetime(2026, 10, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Judged:
    """A post as it was labelled and as it was read."""

    id: str
    need: str
    text: str
    posted_at: datetime
    scored: ScoredPost
    standing: Standing


Order = Callable[[Judged], tuple[float, ...]]
ORDERS: dict[str, Order] = {
    "ours": lambda post: (post.standing.needs_person, post.standing.rank),
    "newest first": lambda post: (post.posted_at.timestamp(),),
    "keywords": lambda post: (sum(word in post.text.lower() for word in KEYWORDS), post.posted_at.timestamp()),
    "highest confidence": lambda post: (max(post.scored.report["by_flag"].values(), default=0.0),),
}


def read_folders(folders: Sequence[Path], scorer: Scorer, *, only: str = "*.toml") -> Iterator[Judged]:
    """Every post of every thread, or of those whose file is named like ``only``."""
    for path in sorted(path for folder in folders for path in folder.glob(only)):
        thread = tomllib.loads(path.read_text("utf-8"))
        answers = Counter(post.get("reply_to") for post in thread["posts"])
        for post in thread["posts"]:
            yield _judged(post, thread, path.stem, answers[post["id"]], scorer)


def _judged(post: dict[str, Any], thread: dict[str, Any], thread_id: str, replies: int, scorer: Scorer) -> Judged:
    posted_at = START + timedelta(days=post["day"] - 1)
    posted_at = datetime.combine(posted_at, time.fromisoformat(post["time"]), UTC)
    incoming = IncomingPost(
        source="demo",
        post_id=post["id"],
        version=1,
        text=post["text"],
        thread_id=thread_id,
        thread_title=thread["thread"],
        board=thread.get("board"),
    )
    scored = scorer.score(incoming)
    place = standing(
        scored.weighing,
        scorer.weights,
        views=post.get("views", 0),
        replies=replies,
        posted_at=posted_at,
        needs_person=scored.needs_person,
    )
    return Judged(post["id"], post["need"], post["text"], posted_at, scored, place)


def table(posts: Sequence[Judged], share: float = SHARE) -> str:
    """What stands in the first tenth, or another share, by each order. A short share may hold fewer than are grave."""
    most = max(1, round(len(posts) * share))
    needs = Counter(post.need for post in posts)
    told = ", ".join(f"{count} {need}" for need, count in sorted(needs.items()))
    lines = [
        f"{len(posts)} posts ({told}); the first {most}:",
        f"{'order':<20} {'deserve attention':>18} {'of danger':>14} {'of care':>12} {'of danger and care':>20}",
    ]
    for name, order in ORDERS.items():
        first = Counter(post.need for post in sorted(posts, key=order, reverse=True)[:most])
        deserving = most - first["none"]
        both = first["danger"] + first["care"], needs["danger"] + needs["care"]
        lines.append(
            f"{name:<20} {_share(deserving, most):>18} {_share(first['danger'], needs['danger']):>14}"
            f" {_share(first['care'], needs['care']):>12} {_share(*both):>20}"
        )
    return "\n".join(lines)


def _share(part: int, whole: int) -> str:
    return f"{part}/{whole} {part / whole:.0%}" if whole else "-"


def main(arguments: Sequence[str]) -> None:
    """Print the table, and with ``--first`` also the posts that stand first by our order."""
    folders = [Path(name) for name in arguments if name != "--first"]
    if not folders:
        raise SystemExit("Name the folders of threads: python -m tests.bench.priority FOLDER...")
    posts = list(read_folders(folders, Scorer(load(), load_cards(), load_weights())))
    if not posts:
        raise SystemExit("There are no threads (*.toml) in these folders.")
    print(table(posts), table(posts, 2 * SHARE), sep="\n")
    if "--first" in arguments:
        ours = sorted(posts, key=ORDERS["ours"], reverse=True)
        for number, post in enumerate(ours[: round(len(posts) * 2 * SHARE)], start=1):
            signs = ", ".join(f"{sign.name} {sign.confidence:.2f}" for sign in post.scored.weighing.signs[:4])
            print(f"{number:4} {post.standing.priority:.3f} {post.need:<7} {post.id:<28} {signs}")


if __name__ == "__main__":
    main(sys.argv[1:])
