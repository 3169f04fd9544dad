"""How long ago something was, in a word that fits a narrow column."""

from __future__ import annotations

from datetime import datetime

from server.store.times import now


def ago(moment: datetime) -> str:
    """``12 min``, ``5 h``, ``3 d``; a date when it is long past."""
    amount, unit = int((now() - moment).total_seconds()) // 60, "min"
    if amount < 1:
        return "just now"
    if amount >= 60 * 24 * 60:
        return f"{moment.day} {moment:%b %Y}"
    if amount >= 60:
        amount, unit = amount // 60, "h"
    if unit == "h" and amount >= 48:
        amount, unit = amount // 24, "d"
    return f"{amount} {unit}"


def clock(moment: datetime) -> str:
    """``27 November 2026, 08:14 UTC``."""
    return f"{moment.day} {moment:%B %Y, %H:%M} UTC"
