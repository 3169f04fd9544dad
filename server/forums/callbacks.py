"""Signed callbacks: what a forum of the generic kind is told, at the address that its team gave."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass

from pydantic import SecretStr

from server.forums.courier import Brought, NotBrought
from server.forums.outbox import Letter
from server.forums.signature import SIGNATURE_HEADER, TIME_HEADER, sign
from server.forums.wire import Answered, Wire

DELIVERY_HEADER = "X-Pinch-Delivery"


@dataclass(frozen=True, slots=True)
class Callbacks:
    """Brings messages to one address, each signed with the time at which it is sent."""

    url: str
    secret: SecretStr
    wire: Wire
    clock: Callable[[], float] = time.time

    def __call__(self, letter: Letter, /) -> Brought | NotBrought:
        """Bring one. Anything but a status of 2xx counts as not arrived."""
        body = json.dumps(letter.body, ensure_ascii=False, sort_keys=True).encode()
        timestamp = str(int(self.clock()))
        headers = {
            "Content-Type": "application/json",
            DELIVERY_HEADER: letter.delivery,
            TIME_HEADER: timestamp,
            SIGNATURE_HEADER: sign(self.secret.get_secret_value(), body, timestamp),
        }
        return outcome_of(self.wire.send("POST", self.url, headers=headers, body=body))


def outcome_of(answer: Answered | None) -> Brought | NotBrought:
    """What an answer means for the message, and for those behind it."""
    if answer is None:
        return NotBrought("no answer in time", is_away=True)
    if answer.is_good:
        return Brought("taken")
    is_away = answer.status >= 500 or answer.status in (408, 429)
    return NotBrought(f"answered {answer.status}", is_away=is_away, wait=answer.wait if is_away else None)
