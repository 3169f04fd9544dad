"""Moderators' pages of disputes: those that wait, one of them with its answer, and erasing its words."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug import Response as Redirect

from classifier.taxonomy import flag_kind
from server.moderation.actor import actor
from server.moderation.dispute_answering import Answer, answer_dispute, erase_words, is_own_decision
from server.moderation.disputes import (
    BY,
    GROUNDS,
    OUTCOMES,
    PAGE_SIZE,
    Dispute,
    Outcome,
    answered_disputes,
    count_disputes,
    get_dispute,
    no_such_dispute,
    open_disputes,
)
from server.parts import parts
from server.store.erasing import erase_remains
from server.store.times import now
from server.web.forms import typed

blueprint = Blueprint("dispute_answers", __name__)
_ANSWER_LIMIT = 4000


@blueprint.get("/queue/disputes")
def show_all() -> str:
    """Those that wait, the oldest first, or those answered."""
    is_answered = request.args.get("state") == "answered"
    start = number_of(request.args["from"]) if request.args.get("from") else None
    with parts().store.engine.connect() as connection:
        counts = count_disputes(connection)
        found = (
            answered_disputes(connection, before=start) if is_answered else open_disputes(connection, after=start or 0)
        )
    return render_template(
        "queue/disputes.html",
        found=found,
        counts=counts,
        is_answered=is_answered,
        further=found[-1].id if len(found) == PAGE_SIZE else None,
        is_open_to_public=parts().settings.takes_disputes,
        **_words(),
    )


@blueprint.get("/queue/disputes/<dispute_id>")
def show(dispute_id: str) -> str:
    """One with all that was filed."""
    return _page(number_of(dispute_id), sent={}, problem=None)


@blueprint.post("/queue/disputes/<dispute_id>/answer")
def answer(dispute_id: str) -> Redirect | tuple[str, int]:
    """Answer it, once."""
    number = number_of(dispute_id)
    said = _read_answer()
    if isinstance(said, str):
        return _page(number, sent=request.form.to_dict(), problem=said), 422
    answer_dispute(parts().store.engine, number, said, who=actor(), at=now())
    return redirect(url_for("dispute_answers.show", dispute_id=number), 303)


@blueprint.post("/queue/disputes/<dispute_id>/erase")
def erase(dispute_id: str) -> Redirect:
    """Erase what was written in it."""
    number, engine = number_of(dispute_id), parts().store.engine
    erase_words(engine, number, who=actor())
    erase_remains(engine)
    return redirect(url_for("dispute_answers.show", dispute_id=number), 303)


def number_of(typed: str) -> int:
    """A number in an address. Raises :class:`ApiError`."""
    if not (typed.isascii() and typed.isdigit() and len(typed) < 10):
        raise no_such_dispute()
    return int(typed)


def _read_answer() -> Answer | str:
    """The answer, or what is amiss with it."""
    outcome, ground = request.form.get("outcome", ""), request.form.get("ground", "")
    words = typed(request.form.get("words", ""))
    chosen: list[Outcome] = [known for known in OUTCOMES if known == outcome]
    if not chosen or ground not in GROUNDS:
        return "Choose an outcome and the reason's category."
    if not 1 <= len(words) <= _ANSWER_LIMIT:
        return "Write an answer of at most 4,000 characters. Whoever filed the dispute reads it."
    return Answer(chosen[0], ground, words)


def _page(number: int, *, sent: dict[str, str], problem: str | None) -> str:
    with parts().store.engine.connect() as connection:
        found: Dispute | None = get_dispute(connection, number)
        if found is None:
            raise no_such_dispute()
        is_own = is_own_decision(connection, found, actor())
    return render_template("queue/dispute.html", dispute=found, is_own=is_own, typed=sent, problem=problem, **_words())


def _words() -> dict[str, object]:
    return {"by": BY, "outcomes": OUTCOMES, "grounds": GROUNDS, "flag_kind": flag_kind}
