"""The page at ``/queue``: the posts that wait, those that matter most first."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request
from werkzeug import Response

from classifier.taxonomy import flag_kinds
from server.moderation.actor import actor
from server.moderation.choice import Choice, Place
from server.moderation.claims import Claims
from server.moderation.hard import TOLD
from server.moderation.queue import MOST_COUNTED, Queue
from server.moderation.states import OUTCOME_WORDS, STATE_WORDS
from server.parts import parts
from server.web.done import read_done
from server.web.forms import new_request_id
from server.web.post_view import row_of
from server.web.queue_choice import address, choice_arguments, place_argument, read_choice, read_place

blueprint = Blueprint("queue_pages", __name__)
PAGE_SIZE = 50
# How often the next post is looked for when others claim it in the same moment.
_TRIES = 5


@blueprint.get("/queue")
def show() -> str:
    """One page of the list."""
    choice, after, queue = read_choice(), read_place(), Queue(parts().store.engine)
    found = queue.page(choice, after=after, limit=PAGE_SIZE + 1)
    shown = found[:PAGE_SIZE]
    sources, boards = queue.sources_and_boards()
    words: dict[str, Any] = {
        "rows": [row_of(post) for post in shown],
        "total": queue.count(choice),
        "most_counted": MOST_COUNTED,
        "is_later": after is not None,
        "later": place_argument(shown[-1].place) if len(found) > PAGE_SIZE else None,
        "sources": sources,
        "boards": boards,
        "flag_choices": [(kind.id, kind.title) for kind in flag_kinds()],
        "is_empty_selection": "nothing" in request.args,
        "is_filtered": bool(choice_arguments(choice)),
    }
    return render_template("queue/list.html", **words, **common_words(choice))


@blueprint.post("/queue/next")
def open_next() -> Response:
    """Claim the first post that is free, and open it."""
    choice = read_choice()
    number = claim_next(choice, None)
    return redirect(_opened(choice, number), 303)


def claim_next(choice: Choice, place: Place | None) -> int | None:
    """Claim the next post after a place. Another may be quicker: then the one after it."""
    store, who = parts().store, actor()
    claims = Claims(store.engine, parts().settings.claim_minutes)
    for _ in range(_TRIES):
        number = Queue(store.engine).next(choice, place, who)
        if number is None:
            return None
        claim = claims.take(number, who)
        if claim is not None and claim.by == who:
            return number
    return None


def next_address(choice: Choice, place: Place, **more: Any) -> str:
    """Where a moderator goes on after a post: to the next one, claimed for them, or to the list when none is left."""
    return _opened(choice, claim_next(choice, place), **more)


def _opened(choice: Choice, number: int | None, **more: Any) -> str:
    if number is None:
        return address("queue_pages.show", choice, **more)
    return address("post_pages.show", choice, number=number, **more)


def common_words(choice: Choice) -> dict[str, Any]:
    """What every page of the queue shows."""
    return {
        "choice": choice,
        "address": address,
        "done": read_done(),
        "request_id": new_request_id(),
        "who": actor(),
        "states": STATE_WORDS,
        "outcomes": OUTCOME_WORDS,
        "told": TOLD,
    }
