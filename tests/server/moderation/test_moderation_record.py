"""The thread around a post, its author's record, and posts that say the same, on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from server.moderation.near_copies import NearCopies
from server.moderation.record import Record, record_of
from server.moderation.similar import SHOWN, Similar, similar_to
from server.moderation.subject import EXCERPT, Subject, find_subject
from server.moderation.thread import AROUND, Thread, thread_around
from server.settings import Settings
from server.store import open_store
from tests.server.moderation.filling import MORNING, delete, put

POWDER = (
    "Dear all, this powder from the hills reverses every ache by Friday, and my neighbour throws her stick away. "
    "Write to me at hilltop and I send you a spoon for nothing while it lasts."
)


@pytest.fixture
def engine(both_settings: Settings) -> sa.Engine:
    return open_store(both_settings).engine


def subject(engine: sa.Engine, number: int) -> Subject:
    with engine.connect() as connection:
        found = find_subject(connection, number)
    assert found is not None
    return found


def thread(engine: sa.Engine, number: int) -> Thread:
    with engine.connect() as connection:
        found = thread_around(connection, subject(engine, number))
    assert found is not None
    return found


def record(engine: sa.Engine, number: int) -> Record:
    with engine.connect() as connection:
        found = record_of(connection, subject(engine, number))
    assert found is not None
    return found


def similar(engine: sa.Engine, number: int) -> Similar:
    with engine.connect() as connection:
        return similar_to(connection, subject(engine, number), NearCopies())


def test_thread_stands_in_the_order_of_time(engine: sa.Engine) -> None:
    late = put(engine, "The last word.", posted_at=MORNING + timedelta(days=2))
    first = put(engine, "The question.", posted_at=MORNING)
    same_moment = put(engine, "An answer.", posted_at=MORNING)
    put(engine, "Elsewhere.", thread_id="t2")
    put(engine, "Another forum.", source="kitchen")
    delete(engine, same_moment)
    found = thread(engine, first)
    assert [post.number for post in found.posts] == [first, same_moment, late]
    assert [post.text for post in found.posts] == ["The question.", None, "The last word."]
    assert (found.title, found.total, found.far) == ("Beetroot and blood pressure", 3, ())


def test_long_thread_is_cut_around_the_post(engine: sa.Engine) -> None:
    numbers = [put(engine, f"Word {place}.", reply_to="p2" if place == 20 else None) for place in range(40)]
    found = thread(engine, numbers[20])
    assert [post.number for post in found.far] == [numbers[0], numbers[2]]
    assert [post.number for post in found.posts] == numbers[20 - AROUND : 21 + AROUND]
    assert (found.left_out_before, found.left_out_after, found.total) == (12, 13, 40)
    begin, end = thread(engine, numbers[0]), thread(engine, numbers[39])
    assert (begin.far, begin.left_out_before, begin.left_out_after) == ((), 0, 33)
    assert ([post.number for post in end.far], end.left_out_before, end.left_out_after) == ([numbers[0]], 32, 0)


def test_post_without_a_thread_has_none(engine: sa.Engine) -> None:
    number = put(engine, "Alone.", thread_id=None)
    with engine.connect() as connection:
        assert thread_around(connection, subject(engine, number)) is None


def test_record_counts_what_was_decided(engine: sa.Engine) -> None:
    texts = {"upheld": "A miracle. A miracle again. Pure poison.", "dismissed": "No miracle.", "unsure": "Hm."}
    for outcome, text in texts.items():
        state = "escalated" if outcome == "unsure" else "decided"
        put(engine, text, state=state, outcome=outcome)
    gone = put(engine, "Gone.", state="decided", outcome="upheld")
    delete(engine, gone)
    delete(engine, put(engine, "Gone before anybody looked."))
    put(engine, "Not hers: a miracle.", author="Barnaby", state="decided", outcome="upheld")
    put(engine, "Her name elsewhere.", source="kitchen")
    # Opened again: it is open, whatever was decided before.
    put(engine, "Once more.", state="open", outcome="upheld")
    mine = put(engine, "Open.")
    found = record(engine, mine)
    assert (found.author, found.posts, found.open, found.deleted) == ("Ottoline", 7, 2, 2)
    assert (found.upheld, found.dismissed, found.unsure, found.escalated) == (2, 1, 1, 0)
    assert [(tally.flag, tally.posts, tally.upheld) for tally in found.by_flag] == [("miracle", 2, 1), ("scare", 1, 1)]
    assert mine not in [post.number for post in found.last]


def test_record_shows_the_last_ten_others(engine: sa.Engine) -> None:
    numbers = [put(engine, f"Post {place}.") for place in range(15)]
    assert [post.number for post in record(engine, numbers[13]).last] == [14 + 1, *range(13, 4, -1)]


def test_post_without_an_author_has_no_record(engine: sa.Engine) -> None:
    number = put(engine, "Nobody's.", author=None)
    put(engine, "Nobody's either.", author=None)
    with engine.connect() as connection:
        assert record_of(connection, subject(engine, number)) is None


def test_near_copies_are_found_and_other_posts_are_not(engine: sa.Engine) -> None:
    mine = put(engine, POWDER)
    exact = put(engine, POWDER, author="Ife", thread_id="t2")
    shouted = put(engine, POWDER.upper().replace(",", " !!"), source="kitchen")
    renamed = put(engine, POWDER.replace("hilltop", "Bramble Lane").replace("Dear all", "Hi folks"))
    put(
        engine,
        "This powder makes a fine pastry, and my neighbour throws a party on Friday. Write to me for the recipe.",
    )
    put(engine, "In other words: a spoon of what grows up there mends whatever hurts you within days, ask me for some.")
    delete(engine, put(engine, POWDER))
    found = similar(engine, mine)
    shares = {one.post.number: one.share for one in found.posts}
    assert shares.keys() == {exact, shouted, renamed}
    assert shares[exact] == shares[shouted] == 1
    assert 0.5 <= shares[renamed] < 1
    assert (found.total, found.authors, found.is_too_short) == (3, 2, False)
    assert [one.post.number for one in found.posts][-1] == renamed


def test_short_posts_have_only_exact_copies(engine: sa.Engine) -> None:
    mine = put(engine, "Thank you so much!")
    put(engine, "thank you so much")
    assert similar(engine, mine) == Similar((), 0, 0, True)
    again = put(engine, "Thank you so much!")
    assert [one.post.number for one in similar(engine, mine).posts] == [again]


def test_many_copies_are_counted_and_the_newest_shown(engine: sa.Engine) -> None:
    numbers = [put(engine, POWDER, author=f"Sock {place % 3}") for place in range(SHOWN + 4)]
    found = similar(engine, numbers[0])
    assert [one.post.number for one in found.posts] == numbers[: -SHOWN - 1 : -1]
    assert (found.total, found.authors) == (SHOWN + 3, 3)


def test_deleted_and_unknown_posts(engine: sa.Engine) -> None:
    number = put(engine, "A miracle.")
    delete(engine, number)
    found = subject(engine, number)
    assert (found.post.text, found.post.title, found.post.flags, found.post.excerpt) == (None, None, (), "")
    with engine.connect() as connection:
        assert find_subject(connection, number + 1) is None


def test_excerpts_are_short_and_on_one_line(engine: sa.Engine) -> None:
    excerpt = subject(engine, put(engine, "Long  and\n\nlonger. " * 100)).post.excerpt
    assert excerpt.startswith("Long and longer. Long")
    assert len(excerpt) <= EXCERPT
    assert excerpt.endswith("…")
