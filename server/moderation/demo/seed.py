"""Fills an empty database with the demo forum: thirty days up to yesterday, of which the first are decided.

Posts arrive on the day that they were written, read by the detector as any others. Three invented moderators decided
those of the first days as the labels say; some of them twice, by two people, who did not always agree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import cycle, groupby

import sqlalchemy as sa

from server.moderation.deciding import Decider
from server.moderation.decisions import NewDecision
from server.moderation.demo.threads import DAYS, DemoPost
from server.moderation.incoming import IncomingPost
from server.moderation.intake import Intake
from server.moderation.refusals import Seen
from server.moderation.scoring import Scorer
from server.moderation.states import Outcome, Verdict
from server.moderation.tables import POST_FLAGS, POSTS
from server.store.times import now

SOURCE = "demo"
ADDRESS = "https://forum.example/t"
DECIDED_DAYS = 8
MODERATORS = ("Asha", "Bram", "Celia")
OUTCOMES: dict[str, Outcome] = {"none": "dismissed", "look": "upheld", "danger": "upheld", "care": "escalated"}
# Every so many decided posts are looked at by a second person, who now and then sees it otherwise.
_TWICE, _OTHERWISE = 4, 5


@dataclass(frozen=True, slots=True)
class Calendar:
    """Puts the days of the demo forum into this month: the last one is yesterday."""

    last: datetime

    @classmethod
    def until(cls, moment: datetime) -> Calendar:
        """The calendar whose last day ends before this moment's day begins."""
        return cls(moment.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=1))

    def day(self, number: int) -> datetime:
        """When a day begins."""
        return self.last - timedelta(days=DAYS - number)

    def moment(self, post: DemoPost) -> datetime:
        """When a post was written."""
        return self.day(post.day) + timedelta(hours=post.time.hour, minutes=post.time.minute)


def incoming(post: DemoPost, calendar: Calendar) -> IncomingPost:
    """A post as a forum would send it: without its label."""
    return IncomingPost(
        source=SOURCE,
        post_id=post.id,
        version=1,
        text=post.text,
        thread_id=post.thread,
        thread_title=post.thread_title,
        board=post.board,
        reply_to=post.reply_to,
        author=post.author,
        url=f"{ADDRESS}/{post.thread}/{post.id}",
        posted_at=calendar.moment(post),
        views=post.views,
        replies=post.replies,
    )


def count_seeded(engine: sa.Engine) -> int:
    """How many posts are there: fewer than all when filling was broken off."""
    with engine.connect() as connection:
        return connection.execute(sa.select(sa.func.count()).select_from(POSTS)).scalar_one()


def seed(
    engine: sa.Engine, scorer: Scorer, posts: Sequence[DemoPost], *, moment: datetime | None = None
) -> Iterator[int]:
    """Bring the posts in, day by day, and have the first days decided; how many came, after each day."""
    calendar = Calendar.until(moment or now())
    for number, of_day in groupby(posts, key=lambda post: post.day):
        evening = calendar.day(number) + timedelta(hours=23, minutes=59)
        day = list(of_day)
        Intake(engine, scorer, now=_stopped(evening)).take([incoming(post, calendar) for post in day])
        if number <= DECIDED_DAYS:
            _decide(engine, day, evening)
        yield len(day)


def _stopped(moment: datetime) -> Callable[[], datetime]:
    """A clock that stands still."""
    return lambda: moment


def _decide(engine: sa.Engine, posts: Sequence[DemoPost], evening: datetime) -> None:
    """Decide a day's posts in the evening, a minute each, by one moderator after the other."""
    people = cycle(MODERATORS)
    for place, post in enumerate(posts):
        at = evening + timedelta(minutes=place)
        first, second = next(people), next(people)
        _decide_one(engine, post, Decider(engine, first, is_lead=True, now=_stopped(at)), OUTCOMES[post.need])
        if place % _TWICE == 0:
            decider = Decider(engine, second, is_lead=True, now=_stopped(at + timedelta(hours=9)))
            decider.reopen(*_seen(engine, post), request_id=f"demo-reopen-{post.id}")
            outcome = "dismissed" if post.need == "look" and place % _OTHERWISE == 0 else OUTCOMES[post.need]
            _decide_one(engine, post, decider, outcome)


def _decide_one(engine: sa.Engine, post: DemoPost, decider: Decider, outcome: Outcome) -> None:
    number, seen = _seen(engine, post)
    with engine.connect() as connection:
        raised = connection.execute(sa.select(POST_FLAGS).where(POST_FLAGS.c.post == number)).all()
    verdicts: dict[str, Verdict] = {
        row.id: "upheld" if row.flag in post.flags and outcome != "dismissed" else "dismissed" for row in raised
    }
    request_id = f"demo-{decider.who}-{post.id}"
    decider.decide(NewDecision(number=number, seen=seen, outcome=outcome, request_id=request_id, verdicts=verdicts))


def _seen(engine: sa.Engine, post: DemoPost) -> tuple[int, Seen]:
    wanted = sa.select(POSTS).where(POSTS.c.source == SOURCE, POSTS.c.post_id == post.id)
    with engine.connect() as connection:
        row = connection.execute(wanted).one()
    return row.number, Seen(row.version, row.revision)
