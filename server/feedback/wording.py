"""Feedback as JSON: the same for the API, the command line and the export."""

from __future__ import annotations

from dataclasses import asdict

from server.store import KeptFeedback


def feedback_json(kept: KeptFeedback) -> dict[str, object]:
    """One piece with the day it came and who sent it."""
    sender = {"id": kept.client_id, "name": kept.client_name}
    return {**asdict(kept.feedback), "sent_on": kept.sent_on.isoformat(), "client": sender}
