"""Posts that say the same again: exact copies, and near copies among the newest posts.

*Similar* is meant of words, not of meaning. A near copy shares at least half of its three-word runs with the post
(Jaccard index of word trigrams, "w-shingling": Broder, "On the resemblance and containment of documents", 1997,
https://doi.org/10.1109/SEQUEN.1997.666900). Small and capital letters, accents and punctuation do not matter. So an
advertisement is found again when its greeting, its link or a name was changed; a claim in other words is not.

Work is bounded: the newest posts of all forums are looked among, and of each its first characters
(:mod:`server.moderation.near_copies`).
"""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from server.moderation.near_copies import Near, NearCopies
from server.moderation.subject import CURRENT, LISTED, ListedPost, Subject, listed
from server.moderation.tables import POST_VERSIONS, POSTS

SHOWN = 10
_AT_MOST = 2500  # posts that are counted: all recent ones and some older copies


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


def similar_to(connection: sa.Connection, subject: Subject, near_copies: NearCopies) -> Similar:
    """Copies of the post that are not deleted, whoever wrote them."""
    near = near_copies.find(connection, subject.post.text or "")
    found = _copies(connection, subject, near)
    shares = {number: 1.0 if digest == subject.digest else near.shares[digest] for number, digest, _ in found}
    best = sorted(shares, key=lambda number: (-shares[number], -number))[:SHOWN]
    rows = {row.number: row for row in connection.execute(LISTED.where(POSTS.c.number.in_(best)))} if best else {}
    posts = listed(connection, [rows[number] for number in best if number in rows])
    shown = tuple(SimilarPost(post, shares[post.number]) for post in posts)
    authors = {author for *_, author in found if author is not None}
    return Similar(shown, len(shares), len(authors), near.is_too_short)


def _copies(connection: sa.Connection, subject: Subject, near: Near) -> list[tuple[int, str, str | None]]:
    """Number, digest and author of posts with the same words, also old ones, and of recent ones with words near."""
    if subject.digest is None:
        return []
    digest, number = POST_VERSIONS.c.digest, POSTS.c.number
    # Inner and by digest, so that the index of digests finds them.
    wanted = sa.select(number, digest, POSTS.c.author).select_from(POST_VERSIONS.join(POSTS, CURRENT))
    is_recent = sa.or_(digest == subject.digest, number >= near.oldest)
    others = wanted.where(
        digest.in_({subject.digest, *near.shares}),
        is_recent,
        POSTS.c.deleted_at.is_(None),
        number != subject.post.number,
    )
    rows = connection.execute(others.order_by(number.desc()).limit(_AT_MOST)).all()
    return [(row.number, row.digest, row.author) for row in rows]
