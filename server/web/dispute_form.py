"""What somebody typed into the form for disputes, checked and told what is amiss in plain words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal
from uuid import UUID, uuid4

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator
from werkzeug.datastructures import MultiDict

from classifier.taxonomy import flag_ids
from server.moderation.disputes import NewDispute
from server.web.forms import typed

FIELDS = ("kind", "by", "url", "source", "post_id", "flag", "fingerprint", "quote", "reason", "contact")
_AMISS = {
    "kind": "Say what you object to: a flag or a decision.",
    "by": "Say who you are in this.",
    "url": "Give the address of the page or post. It begins with http:// or https:// and has at most 2,000 characters.",
    "source": "The link to this form names no post. Give the post's address instead.",
    "post_id": "The link to this form names no post. Give the post's address instead.",
    "flag": "Choose one of the flags, or leave it open.",
    "fingerprint": "The link to this form names no flag. Choose one instead.",
    "quote": "The quoted words may have at most 2,000 characters.",
    "reason": "Say in 10 to 4,000 characters why the flag or the decision is wrong.",
    "contact": "The contact may have at most 200 characters.",
    "request_id": "The form is out of date. Load the page again.",
}


def _known_flag(flag: str) -> str:
    if flag not in flag_ids():
        raise ValueError("unknown flag")
    return flag


Key = Annotated[str, StringConstraints(min_length=1, max_length=200)]


class _Typed(BaseModel):
    model_config = ConfigDict(str_strip_whitespace=True, extra="ignore")

    kind: Literal["dispute", "appeal"]
    by: Literal["reader", "owner", "author"]
    url: Annotated[str, StringConstraints(max_length=2000, pattern=r"^https?://[^\s]+$")] | None = None
    source: Annotated[str, StringConstraints(min_length=1, max_length=80)] | None = None
    post_id: Key | None = None
    flag: Annotated[str, AfterValidator(_known_flag)] | None = None
    fingerprint: Annotated[str, StringConstraints(max_length=64)] | None = None
    quote: Annotated[str, StringConstraints(max_length=2000)] | None = None
    reason: Annotated[str, StringConstraints(min_length=10, max_length=4000)]
    contact: Annotated[str, StringConstraints(max_length=200)] | None = None
    request_id: UUID = Field(default_factory=uuid4)

    @model_validator(mode="after")
    def _names_a_place(self) -> _Typed:
        if self.url is None and (self.source is None or self.post_id is None):
            raise ValueError("no place")
        return self


@dataclass(frozen=True, slots=True)
class Checked:
    """Either a dispute to keep, or what is amiss, by field."""

    dispute: NewDispute | None
    amiss: dict[str, str]


def check_form(form: MultiDict[str, str]) -> Checked:
    """Read the form. Empty fields count as left out; NUL, which no database takes, becomes U+FFFD."""
    names = (*FIELDS, "request_id")
    given = {name: words for name in names if (words := typed(form.get(name, "")))}
    try:
        read = _Typed.model_validate(given)
    except ValidationError as error:
        places = [detail["loc"][0] if detail["loc"] else "url" for detail in error.errors(include_input=False)]
        return Checked(None, {str(place): _AMISS[str(place)] for place in places})
    values = {name: getattr(read, name) for name in FIELDS}
    return Checked(NewDispute(**values, request_id=str(read.request_id)), {})
