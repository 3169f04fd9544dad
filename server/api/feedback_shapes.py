"""Feedback on the wire: what may be sent and asked for, and what is answered."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import BeforeValidator, Field

from classifier.document import Setting
from server.api.answers import Answer
from server.api.asked import ID_LIMIT, URL_LIMIT, Asked, FlagId
from server.store import Verdict

TEXT_LIMIT = 2000
NOTE_LIMIT = 500
PAGE_SIZE = 50
LARGEST_PAGE = 200
UUID = "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$"
# Neither a name with a password, nor a query or fragment: these may say who somebody is.
BARE_ADDRESS = r"^https?://[^\s/?#@\\]+(/[^\s?#]*)?$"
_DIGITS = re.compile(r"[0-9]{1,18}", re.ASCII)

FeedbackId = Annotated[str, Field(pattern=UUID, description="A UUID that the client made up.")]
Confidence = Annotated[float, Field(ge=0, le=1)]


def _number(value: object) -> object:
    """A number as an address writes it."""
    return int(value) if isinstance(value, str) and _DIGITS.fullmatch(value) else value


class AskedFeedback(Asked):
    """A reader's word on one flag: it is `wrong` here, it is `right`, or it is `missing` from these words."""

    id: FeedbackId
    verdict: Verdict
    flag: FlagId
    text: str = Field(
        min_length=1, max_length=TEXT_LIMIT, pattern=r"\S", description="The sentence, or the words that were selected."
    )
    fingerprint: str | None = Field(None, max_length=ID_LIMIT, description="The `id` of the flag, where there is one.")
    url: str | None = Field(
        None, max_length=URL_LIMIT, pattern=BARE_ADDRESS, description="The page's address without query and fragment."
    )
    confidence: Confidence | None = None
    setting: Setting | None = None
    model: str | None = Field(None, max_length=ID_LIMIT, description="The version of the model that spoke.")
    note: str | None = Field(None, max_length=NOTE_LIMIT, description="What the reader wants to say beside it.")


class AskedFeedbackChoice(Asked):
    """Which feedback is to be listed."""

    verdict: Verdict | None = Field(None, description="Only this verdict.")
    flag: FlagId | None = Field(None, description="Only this flag.")
    limit: Annotated[int, Field(ge=1, le=LARGEST_PAGE), BeforeValidator(_number)] = Field(
        PAGE_SIZE, description="How many at most."
    )
    before: Annotated[int, Field(ge=1, le=2**31 - 1), BeforeValidator(_number)] | None = Field(
        None, description="`next` of the answer before: only what is older."
    )


class FeedbackTaken(Answer):
    """The feedback is kept."""

    id: str


class FeedbackSender(Answer):
    """The paired browser or program that sent it."""

    id: str
    name: str


class KeptFeedback(Answer):
    """One piece of feedback, as it was sent, with the day and the sender."""

    id: str
    verdict: Verdict
    flag: FlagId
    text: str
    fingerprint: str | None
    url: str | None
    confidence: Confidence | None
    setting: Setting | None
    model: str | None
    note: str | None
    sent_on: Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\d$")]
    client: FeedbackSender


class FeedbackList(Answer):
    """Feedback, the newest first."""

    feedback: list[KeptFeedback]
    total: Annotated[int, Field(ge=0, description="How many there are of this choice, on all pages.")]
    next: int | None = Field(description="Send it as `before` to read on; null at the end.")
