"""Posts that say the same again: exact copies, and near copies among the newest posts.

*Similar* is meant of words, not of meaning. A near copy shares at least half of its three-word runs with the post
(Jaccard index of word trigrams, "w-shingling": Broder, "On the resemblance and containment of documents", 1997,
https://doi.org/10.1109/SEQUEN.1997.666900). Small and capital letters, accents and punctuation do not matter. So an
advertisement is found again when its greeting, its link or a name was changed; a claim in other words is not.

Work is bounded: the newest ``RECENT`` posts of all forums are compared, and of each its first ``READ`` characters.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import sqlalchemy as sa

from server.moderation.shingles import READ, SHINGLES, Shingles
from server.moderation.subject import LISTED, WITH_WORDS, ListedPost, Subject, listed
from server.moderation.tables import POST_VERSIONS, POSTS

RECENT = 2000
LEAST_SHARE = 0.5
FEWEST_SHINGLES = 6  # eight words: less is a greeting, which everybody writes
SHOWN = 10


@dataclass(frozen=True, slots=True)
class SimilarPost:
    """``share`` is 1 for the very same words."""

    post: ListedPost
    share: float


@dataclass(frozen=True, slots=True)
class Similar:
    """The most alike, at most ``SHOWN``, of ``total`` that were found; by how many ``authors`` they are.

    ``is_too_short``: the post has too few words to look for near copies, so only exact ones were looked for.
    """

    posts: tuple[SimilarPost, ...]
    total: int
    authors: int
    is_too_short: bool


def similar_to(connection: sa.Connection, subject: Subject) -> Similar:
    """Copies of the post that are not deleted, whoever wrote them."""
    shares = _exact(connection, subject)
    mine = _shingles(connection, {subject.digest: subject.post.number}).get(subject.digest or "", _NONE)
    is_too_short = len(mine) < FEWEST_SHINGLES
    if not is_too_short:
        recent = {number: digest for number, digest in _recent(connection, subject) if number not in shares}
        shares |= _alike(mine, recent, _shingles(connection, {digest: number for number, digest in recent.items()}))
    best = sorted(shares, key=lambda number: (-shares[number], -number))[:SHOWN]
    rows = {row.number: row for row in connection.execute(LISTED.where(POSTS.c.number.in_(best)))} if best else {}
    posts = listed(connection, [rows[number] for number in best if number in rows])
    shown = tuple(SimilarPost(post, shares[post.number]) for post in posts)
    return Similar(shown, len(shares), _authors(connection, shares), is_too_short)


_NONE = np.empty(0, dtype=np.int32)
_EXACT_AT_MOST = 500


def _exact(connection: sa.Connection, subject: Subject) -> dict[int, float]:
    """Posts whose current words have the same digest, also old ones."""
    if subject.digest is None:
        return {}
    wanted = sa.select(POSTS.c.number).select_from(WITH_WORDS).where(POST_VERSIONS.c.digest == subject.digest)
    others = wanted.where(POSTS.c.deleted_at.is_(None), POSTS.c.number != subject.post.number)
    return dict.fromkeys(
        connection.execute(others.order_by(POSTS.c.number.desc()).limit(_EXACT_AT_MOST)).scalars(), 1.0
    )


def _recent(connection: sa.Connection, subject: Subject) -> list[tuple[int, str]]:
    wanted = sa.select(POSTS.c.number, POST_VERSIONS.c.digest).select_from(WITH_WORDS)
    live = wanted.where(
        POSTS.c.deleted_at.is_(None), POST_VERSIONS.c.digest.is_not(None), POSTS.c.number != subject.post.number
    )
    # All at once, as plain pairs: one by one they take twice as long.
    rows = connection.execute(live.order_by(POSTS.c.number.desc()).limit(RECENT)).all()
    return [(number, digest) for number, digest in rows]


def _shingles(connection: sa.Connection, wanted: dict[Any, int]) -> dict[str, Shingles]:
    """The shingles of each digest; ``wanted`` names a post that has it. Only what is not kept yet is read."""
    known, missing = SHINGLES.kept(wanted)
    numbers = [wanted[digest] for digest in missing]
    texts: dict[str, str] = {}
    for start in range(0, len(numbers), _AT_ONCE):
        chosen = POSTS.c.number.in_(numbers[start : start + _AT_ONCE])
        begun = sa.func.substr(POST_VERSIONS.c.text, 1, READ)
        found = connection.execute(sa.select(POST_VERSIONS.c.digest, begun).select_from(WITH_WORDS).where(chosen))
        texts |= {digest: text for digest, text in found if digest is not None}
    return {**known, **SHINGLES.make(texts)}


_AT_ONCE = 500


def _alike(mine: Shingles, recent: dict[int, str], kept: dict[str, Shingles]) -> dict[int, float]:
    """The share of each post that is alike enough, all compared in one go."""
    numbers = [number for number, digest in recent.items() if len(kept.get(digest, _NONE)) >= FEWEST_SHINGLES]
    if not numbers:
        return {}
    theirs = [kept[recent[number]] for number in numbers]
    sizes = np.array([len(one) for one in theirs])
    starts = np.concatenate(([0], np.cumsum(sizes)[:-1]))
    every = np.concatenate(theirs)
    # As np.isin, which sorts all of theirs each time; mine are sorted already, and few.
    places = np.minimum(np.searchsorted(mine, every), len(mine) - 1)
    common = np.add.reduceat(mine[places] == every, starts, dtype=np.int64)
    shares = common / (sizes + len(mine) - common)
    return {
        number: round(float(share), 4) for number, share in zip(numbers, shares, strict=True) if share >= LEAST_SHARE
    }


def _authors(connection: sa.Connection, shares: dict[int, float]) -> int:
    if not shares:
        return 0
    counted = sa.select(sa.func.count(sa.distinct(POSTS.c.author))).where(POSTS.c.number.in_(list(shares)))
    return connection.execute(counted).scalar_one()
