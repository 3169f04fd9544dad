"""The index of the newest posts says what comparing the post with each of them would say, also after they changed."""

from __future__ import annotations

from random import Random

import pytest
import sqlalchemy as sa

from server.moderation import near_copies
from server.moderation.near_copies import LEAST_SHARE, NearCopies
from server.moderation.similar import similar_to
from server.moderation.subject import find_subject
from server.moderation.tables import POST_VERSIONS
from server.settings import Settings
from server.store import open_store
from tests.server.moderation.filled import edit
from tests.server.moderation.filling import delete, put

TEXT = "Each evening a spoon of the brown syrup and the old knees walk up the stairs again like young ones."
OTHER = "The bus to the clinic now leaves at ten past nine and no longer stops at the market on Thursdays."


@pytest.fixture
def engine(both_settings: Settings) -> sa.Engine:
    return open_store(both_settings).engine


def find(engine: sa.Engine, index: NearCopies, number: int) -> list[int]:
    """The numbers of the posts that say the same."""
    with engine.connect() as connection:
        subject = find_subject(connection, number)
        assert subject is not None
        return sorted(one.post.number for one in similar_to(connection, subject, index).posts)


def jaccard(one: str, other: str) -> float:
    """Of the sets of three-word runs, compared one by one."""
    a, b = (set(zip(words, words[1:], words[2:], strict=False)) for words in (one.split(), other.split()))
    return len(a & b) / len(a | b)


def test_shares_are_those_of_comparing_each(engine: sa.Engine) -> None:
    random = Random(5)
    texts = [" ".join(random.choice("abcd") * 3 for _ in range(random.randint(8, 20))) for _ in range(60)]
    texts += [f"{text} and more of it" for text in texts]
    for text in texts:
        put(engine, text)
    with engine.connect() as connection:
        digests = {row.digest: row.text for row in connection.execute(sa.select(POST_VERSIONS))}
        index = NearCopies()
        for text in texts[::7]:
            found = {digests[digest]: share for digest, share in index.find(connection, text).shares.items()}
            shares = {other: jaccard(text, other) for other in texts}
            wanted = {other: round(share, 4) for other, share in shares.items() if share >= LEAST_SHARE}
            assert found == wanted


def test_new_posts_are_seen_at_once(engine: sa.Engine) -> None:
    index = NearCopies(refresh_seconds=1e9)
    mine = put(engine, TEXT)
    assert find(engine, index, mine) == []
    near = put(engine, f"Hello. {TEXT}")
    assert find(engine, index, mine) == [near]


@pytest.mark.parametrize(("seconds", "is_seen"), [(0, True), (1e9, False)])
def test_edited_posts_are_seen_in_time_and_never_for_what_they_said(
    engine: sa.Engine, seconds: float, is_seen: bool
) -> None:
    index = NearCopies(refresh_seconds=seconds)
    mine, gone, other = put(engine, TEXT), put(engine, f"Hello. {TEXT}"), put(engine, OTHER)
    assert find(engine, index, mine) == [gone]
    edit(engine, gone, OTHER)
    edit(engine, other, f"{TEXT} Truly.")
    assert find(engine, index, mine) == ([other] if is_seen else [])


def test_deleted_posts_are_never_shown(engine: sa.Engine) -> None:
    index = NearCopies(refresh_seconds=1e9)
    mine, near = put(engine, TEXT), put(engine, f"Hello. {TEXT}")
    assert find(engine, index, mine) == [near]
    delete(engine, near)
    assert find(engine, index, mine) == []


def test_only_the_newest_are_kept(engine: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(near_copies, "RECENT", 3)
    index = NearCopies(refresh_seconds=1e9)
    old, mine = put(engine, f"Hello. {TEXT}"), put(engine, TEXT)
    assert find(engine, index, mine) == [old]
    newer = [put(engine, OTHER), put(engine, f"{TEXT} Truly.")]
    assert find(engine, index, mine) == [newer[-1]]
    copy = put(engine, f"Hello. {TEXT}")
    # The words of the old one are near again, but it is itself no recent post.
    assert find(engine, index, mine) == [newer[-1], copy]
    put(engine, OTHER), put(engine, OTHER), put(engine, OTHER)
    assert find(engine, index, mine) == []
    assert len(index._shingles) == 1
    assert {digest for held in index._holders.values() for digest in held} == set(index._shingles)
