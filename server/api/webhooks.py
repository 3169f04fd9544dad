"""``/v1/webhooks/<source>``: a connected forum tells what was posted, edited and deleted there."""

from __future__ import annotations

from flask import Blueprint, Response, g, jsonify, request

from server.api.body import read_json
from server.api.posts import intake_of
from server.forums.connections import DiscourseForum, Forum
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
    return _told(receiver.generic(forum, body))


def _told(outcome: Outcome) -> Response:
    return jsonify(result=outcome.result, post_id=outcome.post_id, version=outcome.version, reason=outcome.reason)
