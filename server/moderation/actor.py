"""Who acts. A local installation has one owner, who may do everything."""

from __future__ import annotations

OWNER = "owner"


def actor() -> str:
    """The name that stands beside what the signed-in person does."""
    return OWNER


def is_lead() -> bool:
    """Whether the signed-in person may undo what others decided."""
    return True
