"""Why a decision is not taken. Each is an answer of 409: nothing is wrong with the request, but the post moved on."""

from __future__ import annotations

from dataclasses import dataclass

from server.errors import ApiError
from server.moderation.claims import Claim


@dataclass(frozen=True, slots=True)
class Seen:
    """Which state of a post somebody looked at: the sender's version of its text, and our count of its changes."""

    version: int
    revision: int


class StaleViewError(ApiError):
    """The post changed after it was looked at. ``seen`` is what the caller saw."""

    def __init__(self, number: int, seen: Seen) -> None:
        super().__init__(
            409,
            "stale-view",
            "This post changed after you opened it, so nothing was decided.",
            hint="Look at it as it is now and decide again.",
        )
        self.number = number
        self.seen = seen


class HeldError(ApiError):
    """Another moderator works on the post."""

    def __init__(self, number: int, claim: Claim) -> None:
        super().__init__(
            409,
            "post-claimed",
            f"{claim.by} works on this post.",
            hint=f"Their claim holds until {claim.until:%H:%M} UTC unless they decide before.",
        )
        self.number = number
        self.claim = claim


def no_such_post() -> ApiError:
    """No post has this number."""
    return ApiError(404, "unknown-post", "There is no post of this number.", hint="GET /queue lists the posts.")


def not_waiting() -> ApiError:
    """The post is decided, so that there is nothing to claim."""
    return ApiError(
        409, "post-decided", "This post is decided already.", hint="Reopen it, or undo the decision, to decide again."
    )


def cannot_undo(reason: str) -> ApiError:
    """Only the last decision, while nothing happened since, by its maker or a lead."""
    return ApiError(409, "cannot-undo", f"This decision cannot be undone: {reason}.", hint="Reopen the post instead.")


def request_taken() -> ApiError:
    """One request id for two different decisions."""
    return ApiError(
        409,
        "request-taken",
        "Another decision was sent under this request id.",
        hint="Load the page again: each form has an id of its own.",
    )
