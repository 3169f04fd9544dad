"""What was just done, told on the page that is shown next, with the button that takes it back.

It is read from the database by the ids in the address, so that it holds in any tab and after any detour.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from flask import request

from server.moderation.actor import actor, is_lead
from server.moderation.decisions import Decision, find_decision, is_any_undone, of_batch
from server.moderation.queue import Queue
from server.parts import parts
from server.web.forms import is_request_id
from server.web.post_view import title_of
from server.web.queue_choice import LARGEST_NUMBER

_NUMBERS = re.compile(r"[0-9]{1,10}(?:\.[0-9]{1,10}){0,99}")


@dataclass(frozen=True, slots=True)
class Done:
    """``words`` for people. ``decision`` or ``batch`` may be undone; ``refused`` are posts that were left alone."""

    words: str
    decision: int | None = None
    batch: str | None = None
    refused: tuple[int, ...] = ()


def read_done() -> Done | None:
    """What the address says was done; nothing when it says nothing that is so."""
    done, batch = request.args.get("done", ""), request.args.get("batch", "")
    if re.fullmatch(r"[0-9]{1,10}", done) and int(done) <= LARGEST_NUMBER:
        return _one(int(done))
    if is_request_id(batch):
        return _several(batch)
    return None


def _one(decision_id: int) -> Done | None:
    with parts().store.engine.connect() as connection:
        decision = find_decision(connection, decision_id)
        gone = is_any_undone(connection, decision_id)
    if decision is None or gone:
        return None
    post = Queue(parts().store.engine).find(decision.number)
    title = title_of(post) if post else ""
    can_undo = decision.kind == "decide" and is_own(decision)
    return Done(f"{decision.words}: {title}", decision=decision_id if can_undo else None)


def _several(batch: str) -> Done:
    with parts().store.engine.connect() as connection:
        decisions = of_batch(connection, batch)
        is_gone = is_any_undone(connection, *(decision.id for decision in decisions))
    given = request.args.get("refused", "")
    refused = tuple(int(number) for number in given.split(".")) if _NUMBERS.fullmatch(given) else ()
    if not decisions:
        return Done("Nothing was changed", refused=refused)
    can_undo = decisions[0].kind == "decide" and not is_gone and all(is_own(decision) for decision in decisions)
    words = f"{decisions[0].words}: {_posts(len(decisions))}"
    return Done(words, batch=batch if can_undo else None, refused=refused)


def is_own(decision: Decision) -> bool:
    """Whether whoever acts may take it back."""
    return decision.who == actor() or is_lead()


def _posts(number: int) -> str:
    return f"{number} {'post' if number == 1 else 'posts'}"
