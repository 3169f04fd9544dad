"""Deliveries of forums on the wire, in Pinch's own shape; checked in server/forums/receiving.py."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

from server.api.asked import Asked
from server.moderation.incoming import AskedPost
from server.moderation.intake import Result


class AskedDelivery(Asked):
    """What a forum tells. Of a deleted post only its `post_id` is needed."""

    event: Literal["post.created", "post.edited", "post.deleted"]
    post: AskedPost = Field(description="As for POST /v1/posts; its source may be left out.")


class DeliveryTaken(BaseModel):
    """What became of it."""

    result: Result | Literal["ignored"]
    post_id: str | None
    version: int | None
    reason: str | None = Field(description="Why it was passed over.")
    advice: Literal["publish", "hold"] | None = Field(
        None, description="What to do with it, for a forum that asks before it publishes."
    )
    why: str | None = Field(None, description="Why that is advised.")
    when_away: Literal["publish", "hold"] | None = Field(
        None, description="What the forum does while Pinch does not answer, as its connection says."
    )
