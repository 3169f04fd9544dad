"""``/v1/webhooks/<source>``: a connected forum tells what was posted, edited and deleted there."""

from __future__ import annotations

from dataclasses import asdict

from flask import Blueprint, Response, g, jsonify, request

from server.api.body import read_json
from server.api.posts import intake_of
from server.forums.advice import advice_on
from server.forums.connections import DiscourseForum, Forum, GenericForum
from server.forums.receiving import Outcome, Receiver
from server.parts import parts

blueprint = Blueprint("webhooks", __name__)


@blueprint.post("/v1/webhooks/<source>")
def receive(source: str) -> Response:
    """Take a delivery whose signature the guard has checked."""
    forum: Forum = g.forum
    body = read_json()
    mine = parts()
    receiver = Receiver(mine.store.engine, intake_of(mine))
    if isinstance(forum, DiscourseForum):
        return _told(receiver.discourse(forum, request.headers.get("X-Discourse-Event", ""), body))
    return _told(receiver.generic(forum, body), forum)


def _told(outcome: Outcome, forum: GenericForum | None = None) -> Response:
    told = {"result": outcome.result, "post_id": outcome.post_id, "version": outcome.version, "reason": outcome.reason}
    if forum and forum.asks and outcome.post_id is not None:
        advice = advice_on(parts().store.engine, forum, outcome.post_id)
        told |= {**asdict(advice), "when_away": forum.when_away} if advice else {}
    return jsonify(told)
