"""Feedback older than ``PINCH_FEEDBACK_DAYS`` is erased, also while the server runs for weeks."""

from __future__ import annotations

from flask import Flask, g

from server.parts import parts


def forget_in_time(app: Flask) -> None:
    """Look on each day's first request by somebody who is let in. At the start the store looks by itself."""

    @app.before_request
    def forget() -> None:
        # Without a client there may be no database either: /healthz answers then too.
        if g.client is not None:
            parts().store.feedback.forget_old()
