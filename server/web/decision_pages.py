"""Forms that decide one post, and what is shown when the post changed meanwhile."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request
from werkzeug import Response

from server.failures import error_answer, wants_page
from server.moderation.actor import actor, is_lead
from server.moderation.deciding import Decider
from server.moderation.queue import Queue
from server.moderation.refusals import HeldError, StaleViewError
from server.parts import parts
from server.web.changed import changed_words
from server.web.decision_form import read_decision, read_seen, request_id
from server.web.forms import read_request_id
from server.web.post_pages import find_post, post_words
from server.web.post_view import row_of
from server.web.queue_choice import LARGEST_NUMBER, address, check_number, read_choice
from server.web.queue_pages import common_words, next_address

blueprint = Blueprint("decision_pages", __name__)


def decider() -> Decider:
    """Decides in the name of whoever is signed in."""
    return Decider(parts().store.engine, actor(), is_lead())


@blueprint.before_request
def leave_as_it_is() -> Response | None:
    """Enter in a field presses a form's first button, which asks for nothing."""
    if "nothing" not in request.form or "number" not in (request.view_args or {}):
        return None
    return redirect(address("post_pages.show", read_choice(), **(request.view_args or {})), 303)


@blueprint.post("/queue/<int:number>/decide")
def decide(number: int) -> Response:
    """Decide, then go on: to the next post, or back to the list for ``go=list``."""
    choice, post = read_choice(), find_post(number)
    following = Queue(parts().store.engine).neighbours(choice, post.place)[1]
    decision = decider().decide(read_decision(post))
    if request.values.get("go") == "list":
        anchor = f"post-{following}" if following else None
        return redirect(address("queue_pages.show", choice, done=decision.id, _anchor=anchor), 303)
    return redirect(next_address(choice, post.place, done=decision.id), 303)


@blueprint.post("/queue/decisions/<int:decision>/undo")
def undo(decision: int) -> Response:
    """Take back a decision, and show its post."""
    choice = read_choice()
    undone = decider().undo(min(decision, LARGEST_NUMBER), read_request_id())
    return redirect(address("post_pages.show", choice, number=undone.number, done=undone.id), 303)


@blueprint.post("/queue/<int:number>/reopen")
def reopen(number: int) -> Response:
    """Put a decided post back into the queue, and show it."""
    choice = read_choice()
    reopened = decider().reopen(check_number(number), read_seen(), request_id(number))
    return redirect(address("post_pages.show", choice, number=number, done=reopened.id), 303)


@blueprint.app_errorhandler(StaleViewError)
def show_change(error: StaleViewError) -> Response:
    """What the moderator saw beside what the post is now, with a form to decide the new.

    Nothing may be refused in here: every route that can come to this has read its choice before.
    """
    if not wants_page():
        return error_answer(error.status, error.code, error.message, error.hint)
    post = find_post(error.number)
    words = {**post_words(post), **common_words(read_choice()), **changed_words(post, error.seen)}
    words["hard"] = row_of(post).hard
    chosen = request.values.get("outcome", "")
    page = render_template("queue/changed.html", error=error, chosen=chosen, note=request.form.get("note", ""), **words)
    return Response(page, error.status, content_type="text/html; charset=utf-8")


@blueprint.app_errorhandler(HeldError)
def show_holder(error: HeldError) -> Response:
    """Who works on the post, and until when. Here too the choice was read before."""
    if not wants_page():
        return error_answer(error.status, error.code, error.message, error.hint)
    words = {"error": error, **common_words(read_choice())}
    return Response(render_template("queue/held.html", **words), error.status, content_type="text/html; charset=utf-8")
