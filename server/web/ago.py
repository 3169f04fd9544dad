"""How long ago something was, in a word that fits a narrow column."""

from __future__ import annotations

from datetime import datetime

from server.store.times import now


def ago(moment: datetime, word: str = "") -> str:
    """``12 min``, ``5 h``, ``3 d``; a date when it is long past. ``word`` stands behind a span, never behind a date."""
    minutes = int((now() - moment).total_seconds()) // 60
    if minutes < 1:
        return "just now"
    if minutes >= 60 * 24 * 60:
        return f"{moment.day} {moment:%b %Y}"
    if minutes < 60:
        return f"{minutes} min{word}"
    hours = minutes // 60
    return f"{hours} h{word}" if hours < 48 else f"{hours // 24} d{word}"


def clock(moment: datetime) -> str:
    """``27 November 2026, 08:14 UTC``."""
    return f"{moment.day} {moment:%B %Y, %H:%M} UTC"
