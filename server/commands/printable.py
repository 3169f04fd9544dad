"""A stranger's words in a terminal."""

from __future__ import annotations

SHOWN = 200


def printable(text: str, most: int = SHOWN) -> str:
    """A stretch of the words on one line, which cannot command the terminal."""
    text = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    return text if len(text) <= most else text[: most - 1] + "…"
