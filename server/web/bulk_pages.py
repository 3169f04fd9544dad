"""Forms that decide several posts at once. Nothing is written before a page has shown what would be."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request
from werkzeug import Response

from server.moderation.actor import actor
from server.moderation.decisions import NewDecision
from server.moderation.queue import Queue, QueuedPost
from server.moderation.refusals import Seen
from server.parts import parts
from server.web.decision_form import NOTE_LIMIT, read_note, read_outcome, read_selected
from server.web.decision_pages import decider
from server.web.forms import read_request_id
from server.web.post_view import row_of
from server.web.queue_choice import address, read_choice
from server.web.queue_pages import common_words

blueprint = Blueprint("bulk_pages", __name__)


@blueprint.before_request
def leave_as_it_is() -> Response | None:
    """Enter in a field presses a form's first button, which asks for nothing."""
    return redirect(address("queue_pages.show", read_choice()), 303) if "nothing" in request.form else None


@blueprint.post("/queue/preview")
def preview() -> Response | str:
    """What would be decided, post by post, and what would be left as it is."""
    choice, selected = read_choice(), read_selected()
    if not selected:
        return redirect(address("queue_pages.show", choice, nothing=1), 303)
    outcome = read_outcome()
    posts = Queue(parts().store.engine).find_all(selected)
    left = {post.number: why for post in posts if (why := _why_not(post, selected[post.number]))}
    words = {
        "outcome": outcome,
        "rows": [row_of(post) for post in posts if post.number not in left],
        "left": [(row_of(post), left[post.number]) for post in posts if post.number in left],
        "note_limit": NOTE_LIMIT,
    }
    return render_template("queue/preview.html", **words, **common_words(choice))


def _why_not(post: QueuedPost, seen: Seen) -> str | None:
    """Why a post cannot be decided with the others."""
    if post.is_deleted:
        return "It was deleted."
    if Seen(post.version, post.revision) != seen:
        return "It changed after the list was shown."
    if post.state == "decided":
        return "It is decided already."
    if post.claim is not None and post.claim.by != actor():
        return f"{post.claim.by} works on it until {post.claim.until:%H:%M} UTC."
    return None


@blueprint.post("/queue/bulk")
def decide() -> Response:
    """Decide all that can be. The list then says how many were, and which were left."""
    choice, batch, outcome, note = read_choice(), read_request_id(), read_outcome(), read_note()
    asked = [
        NewDecision(number=number, seen=seen, outcome=outcome, request_id=f"{batch}.{number}", note=note)
        for number, seen in read_selected().items()
    ]
    _, refused = decider().decide_all(asked)
    left = ".".join(str(item.number) for item in refused) or None
    return redirect(address("queue_pages.show", choice, batch=batch, refused=left), 303)


@blueprint.post("/queue/bulk/undo")
def undo() -> Response:
    """Take back what was decided together."""
    choice, request_id = read_choice(), read_request_id()
    _, refused = decider().undo_batch(read_request_id("batch"), request_id)
    left = ".".join(str(item.number) for item in refused) or None
    return redirect(address("queue_pages.show", choice, batch=request_id, refused=left), 303)
