"""``POST /v1/pair`` and ``DELETE /v1/token``: how an extension gets its own token, and gives it back."""

from __future__ import annotations

from flask import Blueprint, Response, g, jsonify

from server.api.asked import AskedPairing
from server.api.body import read_json, validate
from server.errors import ApiError
from server.parts import parts
from server.security.limits import note_wrong_try

blueprint = Blueprint("pairing", __name__)


@blueprint.post("/v1/pair")
def pair() -> tuple[Response, int]:
    """Swap a one-time code for a token."""
    asked = validate(AskedPairing, read_json())
    clients, codes = parts().store.clients, parts().store.codes
    if not codes.take(asked.code):
        note_wrong_try()
        raise ApiError(
            403,
            "bad-code",
            "This code is unknown, used or older than ten minutes.",
            hint="Make a new one with 'Pair a browser' on the server's page or with 'pinch token code'.",
        )
    issued = clients.issue(" ".join(asked.name.split()))
    return jsonify(token=issued.token, name=issued.client.name), 201


@blueprint.delete("/v1/token")
def revoke_own() -> tuple[str, int]:
    """Revoke the token that this request is sent with."""
    parts().store.clients.revoke(g.client.id)
    return "", 204
