"""Forms of the notes that moderators leave each other beside a post."""

from __future__ import annotations

from flask import Blueprint, redirect, request
from werkzeug import Response

from server.errors import ApiError
from server.moderation.actor import actor
from server.moderation.notes import LONGEST, add_note, delete_note
from server.moderation.refusals import no_such_post
from server.parts import parts
from server.web.forms import read_request_id, typed
from server.web.queue_choice import LARGEST_NUMBER, check_number

blueprint = Blueprint("notes", __name__)


@blueprint.post("/queue/<int:number>/notes")
def add(number: int) -> Response:
    """Keep a note."""
    text = typed(request.form.get("text", ""))
    if not text or len(text) > LONGEST:
        told = "empty" if not text else f"{len(text)} characters long"
        raise ApiError(422, "bad-note", f"The note is {told}.", hint=f"Write between 1 and {LONGEST} characters.")
    request_id, engine = read_request_id(), parts().store.engine
    if add_note(engine, post=check_number(number), text=text, who=actor(), request_id=request_id) == "no-post":
        raise no_such_post()
    return redirect(f"/queue/{number}#notes", 303)


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
