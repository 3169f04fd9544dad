"""Code points to UTF-16 units and back: the one place where the two ways of counting meet.

Python counts code points; browsers count UTF-16 units, in which a code point above U+FFFF takes two.
"""

from __future__ import annotations

from bisect import bisect_left

_BASIC_PLANE_END = 0xFFFF


class OffsetMap:
    """Offsets of one text in both units. O(n) to build for n code points, O(log n) a lookup; free for plain text."""

    def __init__(self, text: str) -> None:
        self._length = len(text)
        # ASCII and most Latin text hold no wide character, which CPython can tell without a Python loop.
        is_narrow = text.isascii() or max(text, default="") <= chr(_BASIC_PLANE_END)
        self._wide = [] if is_narrow else [i for i, char in enumerate(text) if ord(char) > _BASIC_PLANE_END]
        self._wide_utf16 = [position + rank for rank, position in enumerate(self._wide)]

    def to_utf16(self, offset: int) -> int:
        """The UTF-16 offset of a code-point offset."""
        return offset + bisect_left(self._wide, offset)

    def from_utf16(self, offset: int) -> int:
        """The code-point offset of a UTF-16 offset, at most the text's length. An offset between surrogates goes to
        its character's start.
        """
        return min(offset - bisect_left(self._wide_utf16, offset) if offset else 0, self._length)


def replace_surrogates(text: str) -> str:
    """Turn each lone surrogate into U+FFFD, as encoders do; lengths in code points stay."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return "".join("�" if "\ud800" <= char <= "\udfff" else char for char in text)
    return text
