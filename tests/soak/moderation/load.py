"""Five moderators at work while posts arrive. Afterwards all that was acknowledged must be there, once."""

from __future__ import annotations

import os
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Event

from tests.soak.moderation.checking import problems, unsound
from tests.soak.moderation.crew import Crew, started_crew
from tests.soak.moderation.installation import Installation
from tests.soak.moderation.moderator import Moderator

POSTS_PER_SECOND = 50
MOST_MILLISECONDS = 200  # of the 95th percentile of each kind of answer that a moderator waits for
# A second of posts at the end may still be under way.
LEAST_SHARE = 0.99
_NOT_WAITED_FOR = "posts"


@dataclass(frozen=True, slots=True)
class Load:
    """What is asked of the server. ``pause``: up to how many seconds a moderator thinks; half the time none at all."""

    minutes: float
    rate: float = POSTS_PER_SECOND
    pause: float = 2.0
    most_milliseconds: float = MOST_MILLISECONDS
    least_share: float = LEAST_SHARE


def load(made: Installation, asked: Load) -> list[str]:
    """Run it; what fell short, in words."""
    crew = started_crew(made)
    for _ in range(10):
        crew.forum.send()
    crew.book.times.clear()
    before = len(crew.book.posts)
    seconds = _run(crew, asked)
    rate = (len(crew.book.posts) - before) / seconds
    made.kill()
    with made.engine() as engine, engine.connect() as connection:
        wrong = problems(connection, crew.book)
    wrong += [*unsound(made), *crew.book.told_surprises()]
    _tell(made, crew, asked, seconds, rate)
    if crew.refused() or crew.cut():
        wrong.append(f"{crew.refused()} requests were answered with 503, and {crew.cut()} not at all")
    if rate < asked.least_share * asked.rate:
        wrong.append(f"{rate:.1f} posts a second were taken, not {asked.rate}")
    slow = [f"{kind} {high:.0f} ms" for kind, (_, _, high, _) in _waited_for(crew) if high > asked.most_milliseconds]
    if slow:
        wrong.append(f"the 95th percentile is above {asked.most_milliseconds} ms: {', '.join(slow)}")
    return wrong


def _run(crew: Crew, asked: Load) -> float:
    """Everybody at work for the time; how many seconds it was."""
    stop, begun = Event(), time.monotonic()
    with ThreadPoolExecutor(len(crew.moderators) + 1) as pool:
        running = [pool.submit(_work, moderator, stop, asked.pause) for moderator in crew.moderators]
        running.append(pool.submit(crew.forum.send_until, stop, asked.rate))
        stop.wait(60 * asked.minutes)
        stop.set()
        seconds = time.monotonic() - begun
    for done in running:
        done.result()
    return seconds


def _work(moderator: Moderator, stop: Event, pause: float) -> None:
    while not stop.is_set():
        is_post = moderator.work_once()
        thinks = moderator.random.choice((0.0, moderator.random.uniform(0, pause)))
        stop.wait(thinks if is_post else 0.1)


def _waited_for(crew: Crew) -> list[tuple[str, tuple[int, float, float, float]]]:
    return [item for item in crew.book.percentiles().items() if item[0] != _NOT_WAITED_FOR]


def _tell(made: Installation, crew: Crew, asked: Load, seconds: float, rate: float) -> None:
    book = crew.book
    print(
        f"load, {made.kind}: {len(crew.moderators)} moderators and {asked.rate} posts a second for {seconds:.0f} "
        f"seconds; {rate:.1f} posts a second taken, {len(book.posts)} posts and {len(book.acts)} decisions and "
        f"undoings acknowledged; load average {', '.join(f'{one:.1f}' for one in os.getloadavg())}"
    )
    print(f"  {'milliseconds':14}{'answers':>9}{'p50':>8}{'p95':>8}{'p99':>8}")
    for kind, (count, *parts) in book.percentiles().items():
        print(f"  {kind:14}{count:9}" + "".join(f"{part:8.0f}" for part in parts), flush=True)
