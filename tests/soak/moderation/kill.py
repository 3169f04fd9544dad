"""The server is killed by SIGKILL in the midst of writes, again and again; on PostgreSQL at times the database too.

Its callers send what got no answer once more, the very same, when it is up again. So everything that was ever sent is
acknowledged in the end, and must be there once.
"""

from __future__ import annotations

import time
from concurrent.futures import Future, ThreadPoolExecutor
from random import Random
from threading import Event

from tests.soak.moderation.checking import problems, unsound
from tests.soak.moderation.crew import Crew, started_crew
from tests.soak.moderation.installation import Installation

KILLS = 100
_MOST_WRITES, _MOST_SECONDS = 5, 0.2
# On PostgreSQL, how often its own processes are killed as well.
_CRASH_SHARE = 0.25


def kill(made: Installation, *, kills: int = KILLS, seed: int = 1) -> list[str]:
    """Kill it so many times; what went wrong, in words."""
    random, stop = Random(seed), Event()
    crew = started_crew(made, size=3, seed=seed)
    for _ in range(20):
        crew.forum.send()
    wrong, crashes = [], 0
    with ThreadPoolExecutor(len(crew.moderators) + 1) as pool:
        running = _set_to_work(crew, pool, stop)
        try:
            for number in range(kills):
                _wait_for_writes(crew, random, running)
                crashes += _kill_once(made, is_crash=random.random() < _CRASH_SHARE or number == 0)
                wrong += unsound(made) if made.postgres is None else []
                made.start()
        finally:
            stop.set()
    wrong += [str(done.exception()) for done in running if done.exception()]
    made.kill()
    with made.engine() as engine, engine.connect() as connection:
        wrong += problems(connection, crew.book)
    wrong += unsound(made)
    _tell(made, crew, kills, crashes)
    return [*wrong, *crew.book.told_surprises()]


def _set_to_work(crew: Crew, pool: ThreadPoolExecutor, stop: Event) -> list[Future[None]]:
    def work(act: int) -> None:
        while not stop.is_set():
            if act == len(crew.moderators):
                crew.forum.send()
            elif not crew.moderators[act].work_once():
                stop.wait(0.05)

    return [pool.submit(work, act) for act in range(len(crew.moderators) + 1)]


def _wait_for_writes(crew: Crew, random: Random, running: list[Future[None]]) -> None:
    """Until some decisions and notes were acknowledged, and a moment more, so that the next are under way."""
    wanted = crew.book.moderated() + random.randint(1, _MOST_WRITES)
    deadline = time.monotonic() + 120
    while crew.book.moderated() < wanted:
        for done in running:
            if done.done():
                done.result()  # tells why it ended
        if time.monotonic() > deadline or any(done.done() for done in running):
            raise RuntimeError("The callers do not go on after a start.")
        time.sleep(0.005)
    time.sleep(random.uniform(0, _MOST_SECONDS))


def _kill_once(made: Installation, *, is_crash: bool) -> bool:
    """Whether the database was killed as well."""
    if made.postgres is None or not is_crash:
        made.kill()
        return False
    made.postgres.crash()
    made.kill()
    made.postgres.restart()
    return True


def _tell(made: Installation, crew: Crew, kills: int, crashes: int) -> None:
    book = crew.book
    both = f", {crashes} of them with the database's own processes" if made.postgres else ""
    print(
        f"kill, {made.kind}: killed {kills} times{both}; {crew.cut()} requests cut off and {crew.refused()} "
        f"answered with 503, all sent again; acknowledged "
        f"{len(book.posts)} posts ({crew.forum.known} of them written by a request that was cut off), "
        f"{len(book.acts)} decisions and undoings, {len(book.notes)} notes",
        flush=True,
    )
