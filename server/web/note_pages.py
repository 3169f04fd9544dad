"""Forms of the notes that moderators leave each other beside a post."""

from __future__ import annotations

import re

from flask import Blueprint, redirect, request
from werkzeug import Response

from server.errors import ApiError
from server.moderation.actor import actor
from server.moderation.notes import LONGEST, add_note, delete_note
from server.parts import parts

blueprint = Blueprint("notes", __name__)
_REQUEST_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
LARGEST_NUMBER = 2**31 - 1


@blueprint.post("/queue/<int:number>/notes")
def add(number: int) -> Response:
    """Keep a note."""
    text = request.form.get("text", "").replace("\r\n", "\n").replace("\0", "\ufffd").strip()
    request_id = request.form.get("request_id", "")
    if not text or len(text) > LONGEST:
        told = "empty" if not text else f"{len(text)} characters long"
        raise ApiError(422, "bad-note", f"The note is {told}.", hint=f"Write between 1 and {LONGEST} characters.")
    if not _REQUEST_ID.fullmatch(request_id):
        raise ApiError(422, "bad-request", "The form has no id of its own.", hint="Load the page again.")
    known = number <= LARGEST_NUMBER
    if not known or _add(number, text, request_id) == "no-post":
        raise no_such_post()
    return redirect(f"/queue/{number}#notes", 303)


def _add(number: int, text: str, request_id: str) -> str:
    return add_note(parts().store.engine, post=number, text=text, who=actor(), request_id=request_id)


@blueprint.post("/queue/<int:number>/notes/<int:note>/delete")
def delete(number: int, note: int) -> Response:
    """Erase a note of one's own."""
    known = max(number, note) <= LARGEST_NUMBER
    if not known or not delete_note(parts().store.engine, post=number, note=note, who=actor()):
        raise ApiError(
            404,
            "unknown-note",
            "You have no such note at this post.",
            hint="Only its writer can delete a note. Load the page again.",
        )
    return redirect(f"/queue/{number}#notes", 303)


def no_such_post() -> ApiError:
    """No post that takes notes has this number."""
    return ApiError(
        404, "unknown-post", "There is no post of this number.", hint="The queue at /queue lists the posts."
    )
