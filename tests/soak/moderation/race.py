"""Two people decide, or claim, each post in the same moment: one of them wins, and the other reads why not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from threading import Barrier

import sqlalchemy as sa

from server.moderation.claims import claim_of
from server.moderation.states import OUTCOME_WORDS
from server.moderation.tables import DECISIONS, POSTS
from server.store.times import now
from tests.soak.moderation.calls import Answer
from tests.soak.moderation.crew import Crew, started_crew
from tests.soak.moderation.forum import SOURCE
from tests.soak.moderation.installation import Installation
from tests.soak.moderation.moderator import Moderator

RACES = 500
Race = Callable[[int, Moderator, int], Answer]
_OUTCOMES = ("upheld", "dismissed")
_CHANGED = "This post changed after you opened it, so nothing was decided."


def race(made: Installation, *, races: int = RACES) -> list[str]:
    """Run as many races of decisions and as many of claims; what went wrong, in words."""
    crew = started_crew(made, size=2)
    while len(crew.book.posts) < 2 * races and not crew.book.surprises:
        crew.forum.send(100)
    with made.engine() as engine, engine.connect() as connection:
        wanted = sa.select(POSTS.c.number).where(POSTS.c.source == SOURCE).order_by(POSTS.c.number)
        numbers = list(connection.scalars(wanted))
    decided, claimed = numbers[:races], numbers[races : 2 * races]
    decisions, claims = _run(crew, decided, _decide), _run(crew, claimed, _claim)
    wrong = [*crew.book.told_surprises(), *_wrong_decisions(made, crew, decided, decisions)]
    wrong += _wrong_claims(made, crew, claimed, claims)
    _tell(made, crew, "decisions", decisions)
    _tell(made, crew, "claims", claims)
    return wrong


def _tell(made: Installation, crew: Crew, name: str, pairs: list[tuple[Answer, ...]]) -> None:
    firsts = Counter(_winner(crew, pair).name for pair in pairs if _has_one(pair))
    won = ", ".join(f"{winner} {count}" for winner, count in sorted(firsts.items()))
    print(f"race, {made.kind}: {firsts.total()} of {len(pairs)} races of {name} have one winner ({won})", flush=True)


def _run(crew: Crew, numbers: list[int], act: Race) -> list[tuple[Answer, ...]]:
    """The answers of all, post by post."""
    barrier = Barrier(len(crew.moderators))

    def one(place: int) -> list[Answer]:
        answers = []
        for number in numbers:
            barrier.wait(120)
            answers.append(act(place, crew.moderators[place], number))
        return answers

    with ThreadPoolExecutor(len(crew.moderators)) as pool:
        return list(zip(*pool.map(one, range(len(crew.moderators))), strict=True))


def _decide(place: int, moderator: Moderator, number: int) -> Answer:
    return moderator.decide(number, "1.1", _OUTCOMES[place], f"race-of-{moderator.name}")


def _claim(_place: int, moderator: Moderator, number: int) -> Answer:
    return moderator.send(f"/queue/{number}/claim")


def _has_one(pair: tuple[Answer, ...]) -> bool:
    return sorted(answer.status for answer in pair) == [303, 409]


def _winner(crew: Crew, pair: tuple[Answer, ...]) -> Moderator:
    return crew.moderators[[answer.status for answer in pair].index(303)]


def _loser_read(pair: tuple[Answer, ...]) -> str:
    return next(unescape(answer.text) for answer in pair if answer.status == 409)


def _wrong_decisions(made: Installation, crew: Crew, numbers: list[int], pairs: list[tuple[Answer, ...]]) -> list[str]:
    with made.engine() as engine, engine.connect() as connection:
        kept: dict[int, list[tuple[str, str | None]]] = {}
        for row in connection.execute(sa.select(DECISIONS)):
            kept.setdefault(row.post, []).append((row.who, row.outcome))
    wrong = []
    for number, pair in zip(numbers, pairs, strict=True):
        if not _has_one(pair):
            wrong.append(f"decisions at once were answered {[answer.status for answer in pair]}")
            continue
        winner = _winner(crew, pair)
        name, outcome = winner.name, _OUTCOMES[crew.moderators.index(winner)]
        told = _loser_read(pair)
        if any(words not in told for words in (_CHANGED, f"<bdi>{name}</bdi>", OUTCOME_WORDS[outcome])):
            wrong.append("a page of 409 does not say who decided what meanwhile")
        if kept.get(number) != [(name, outcome)]:
            wrong.append("the decision that is kept is not the one that was acknowledged")
    return wrong


def _wrong_claims(made: Installation, crew: Crew, numbers: list[int], pairs: list[tuple[Answer, ...]]) -> list[str]:
    with made.engine() as engine, engine.connect() as connection:
        rows = connection.execute(sa.select(POSTS).where(POSTS.c.number.in_(numbers)))
        holders = {row.number: claim_of(row, now()) for row in rows}
    wrong = []
    for number, pair in zip(numbers, pairs, strict=True):
        if not _has_one(pair):
            wrong.append(f"claims at once were answered {[answer.status for answer in pair]}")
            continue
        name, holder = _winner(crew, pair).name, holders[number]
        if f"{name}</bdi> works on this post" not in _loser_read(pair):
            wrong.append("a page of 409 does not say who works on the post")
        if holder is None or holder.by != name:
            wrong.append("the claim that is kept is not the one that was acknowledged")
    return wrong
