"""Calls over HTTP as a browser or a program makes them, on a connection that is kept, repeated until answered.

What is repeated is the very same request. The server promises that it is then done once, and the run holds it to that.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException

PATIENCE = 120  # seconds that an answer is waited for, over all tries
_BETWEEN = 0.03


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    location: str
    text: str
    milliseconds: float


@dataclass(slots=True)
class Caller:
    """One connection with its cookie.

    ``cut`` counts requests that were sent, or begun, and got no answer; ``refused`` those that were answered with 503,
    which says that the database is not there and that nothing was done.
    """

    port: int
    cookie: str = ""
    cut: int = 0
    refused: int = 0
    _connection: HTTPConnection | None = field(default=None, repr=False)

    def call(self, method: str, path: str, body: str | bytes | None = None, **headers: str) -> Answer:
        """Ask until there is an answer. Raises :class:`TimeoutError`."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.cookie:
            sent["Cookie"] = self.cookie
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                answer = self._once(method, path, body, sent)
                if answer.status != 503:
                    return answer
                self.refused += 1
                time.sleep(_BETWEEN)
            except (OSError, HTTPException) as error:
                # A server that is down refuses the connection: then nothing was begun.
                self.cut += not isinstance(error, ConnectionRefusedError)
                self.close()
                time.sleep(_BETWEEN)
        raise TimeoutError(f"{method} {path.split('?')[0]} got no answer in {PATIENCE} seconds.")

    def close(self) -> None:
        """Give the connection up."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _once(self, method: str, path: str, body: str | bytes | None, headers: dict[str, str]) -> Answer:
        self._connection = self._connection or HTTPConnection("127.0.0.1", self.port, timeout=60)
        begun = time.perf_counter()
        self._connection.request(method, path, body, headers)
        response = self._connection.getresponse()
        text = response.read().decode()
        took = (time.perf_counter() - begun) * 1000
        if cookie := response.headers.get("Set-Cookie"):
            self.cookie = cookie.split(";")[0]
        return Answer(response.status, response.headers.get("Location", ""), text, took)
