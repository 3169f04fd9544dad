"""Posts that are hard to read: a moderator should know before the words stand there, and may choose not to look yet.

What is hard is read from what the intake kept of a post (``needs_person`` and the names in ``priority_parts``), so that
a list of hundreds asks no text again.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

Hard = Literal["in-need", "suicide", "dangerous-dose"]
# Said in place of the words, so that a moderator knows what they open.
TOLD: Mapping[Hard, str] = {
    "in-need": "Somebody here may be in need.",
    "suicide": "This post speaks of suicide or self-harm.",
    "dangerous-dose": "This post names a dose that may harm.",
}


def why_hard(*, needs_person: bool, signs: frozenset[str]) -> Hard | None:
    """The gravest reason, or None."""
    if needs_person:
        return "in-need"
    if "suicide" in signs:
        return "suicide"
    return "dangerous-dose" if "dangerous-dose" in signs else None


def signs_of(parts: Mapping[str, Any] | None) -> frozenset[str]:
    """The names of the signs and topics in the parts of a priority."""
    parts = parts or {}
    return frozenset({*(sign["name"] for sign in parts.get("signs", ())), *parts.get("topics", ())})
