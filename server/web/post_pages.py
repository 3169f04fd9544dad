"""The page at ``/queue/<number>``: one post with its marks, why it stands where it stands, and the decision."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template
from werkzeug import Response

from classifier.taxonomy import flag_kind
from server.moderation.actor import actor
from server.moderation.claims import Claims
from server.moderation.decisions import history, last_undoable
from server.moderation.disputes import disputes_of_post
from server.moderation.queue import Queue, QueuedPost
from server.moderation.reasons import reasons
from server.moderation.refusals import HeldError, no_such_post, not_waiting
from server.moderation.states import VERDICTS
from server.parts import parts
from server.web.beside import beside
from server.web.decision_form import NOTE_LIMIT
from server.web.done import is_own
from server.web.post_view import post_view, verdicts_of
from server.web.queue_choice import address, check_number, read_choice
from server.web.queue_pages import common_words

blueprint = Blueprint("post_pages", __name__)


@blueprint.get("/queue/<int:number>")
def show(number: int) -> str:
    """The post as it stands now."""
    post, choice = find_post(number), read_choice()
    before, after = Queue(parts().store.engine).neighbours(choice, post.place)
    here = address("post_pages.show", choice, number=number)
    words = {"before": before, "after": after, "here": here, "beside": beside(number)}
    words |= {**post_words(post), **common_words(choice)}
    return render_template("queue/post.html", **words)


def find_post(number: int) -> QueuedPost:
    """The post of this number. Raises :class:`ApiError`."""
    post = Queue(parts().store.engine).find(check_number(number))
    if post is None:
        raise no_such_post()
    return post


def post_words(post: QueuedPost) -> dict[str, Any]:
    """What a page shows of one post."""
    with parts().store.engine.connect() as connection:
        past = history(connection, post.number)
        disputes = disputes_of_post(connection, post.number)
    undoable = last_undoable(past, post.revision)
    last = next((decision for decision in reversed(past) if decision.kind == "decide"), None)
    return {
        "post": post,
        "view": post_view(post),
        "reasons": list(reasons(post)),
        "past": past,
        "disputes": disputes,
        "undoable": undoable if undoable and is_own(undoable) else None,
        "said": verdicts_of(last) if post.state != "open" else {},
        "is_held": post.claim is not None and post.claim.by != actor(),
        "is_mine": post.claim is not None and post.claim.by == actor(),
        "minutes": parts().settings.claim_minutes,
        "verdicts": VERDICTS,
        "flag_kind": flag_kind,
        "note_limit": NOTE_LIMIT,
    }


@blueprint.post("/queue/<int:number>/claim")
def claim(number: int) -> Response:
    """Take the post, or hold on to it for longer. Raises :class:`HeldError` when another has it."""
    choice = read_choice()
    taken = Claims(parts().store.engine, parts().settings.claim_minutes).take(check_number(number), actor())
    if taken is None:
        find_post(number)
        raise not_waiting()
    if taken.by != actor():
        raise HeldError(number, taken)
    return redirect(address("post_pages.show", choice, number=number), 303)


@blueprint.post("/queue/<int:number>/release")
def release(number: int) -> Response:
    """Give the post back."""
    choice = read_choice()
    Claims(parts().store.engine, parts().settings.claim_minutes).release(check_number(number), actor())
    return redirect(address("post_pages.show", choice, number=number), 303)
