"""Ask Pinch before a post is published, and go on by the team's own choice when there is no answer in time.

Copy it into a forum's code. Python's own library is all it needs.
"""

from __future__ import annotations

import hashlib
import hmac
import http.client
import json
import threading
import time
import urllib.request


class Pinch:
    """``when_away`` is "publish" (fail open) or "hold" (fail closed); each answer repeats what the connection says."""

    def __init__(self, address: str, secret: str, *, when_away: str, patience: float = 3.0) -> None:
        self.address, self._secret = address, secret  # the address ends in /v1/webhooks/SOURCE
        self.when_away, self._patience = when_away, patience

    def ask(self, post: dict[str, object]) -> tuple[str, str]:
        """What to do with the post, "publish" or "hold", and why. Returns in time and never raises for Pinch's sake."""
        answers: list[dict[str, str]] = []
        # A thread of its own, because a timeout of urllib begins anew with every byte that comes.
        asking = threading.Thread(target=self._ask, args=(post, answers), daemon=True)
        asking.start()
        asking.join(self._patience)
        if not answers or answers[0].get("advice") not in ("publish", "hold"):
            return self.when_away, "Pinch did not answer."
        self.when_away = answers[0].get("when_away", self.when_away)
        return answers[0]["advice"], answers[0].get("why", "")

    def _ask(self, post: dict[str, object], answers: list[dict[str, str]]) -> None:
        body = json.dumps({"event": "post.created", "post": post}).encode()
        timestamp = str(int(time.time()))
        digest = hmac.new(self._secret.encode(), timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()
        headers = {
            "Content-Type": "application/json",
            "X-Pinch-Timestamp": timestamp,
            "X-Pinch-Signature": f"sha256={digest}",
        }
        request = urllib.request.Request(self.address, body, headers)  # noqa: S310 - the address is the team's own
        try:
            with urllib.request.urlopen(request, timeout=self._patience) as answer:  # noqa: S310
                answers.append(dict(json.loads(answer.read(100_000))))
        except (OSError, http.client.HTTPException, ValueError, TypeError):  # no answer, one of 400 or more, no JSON
            return
