"""What stands in a line and tells of a source: figures raised behind words, and who said what is quoted."""

from __future__ import annotations

import re

from classifier.reading.drafts import Draft, OpenLink

# What stands raised behind words and calls a note; behind a figure or a unit it is a power.
_RAISED_MARKER = re.compile(r"[\[(]?\d{1,3}(?:\s*[,–-]\s*\d{1,3})*[\])]?|[*†‡§]{1,2}")
_BEFORE_POWER = re.compile(r"(?:\d|\b[ckmd]?m)$")
# Behind these what is quoted has ended, and a ``cite`` tells who said it.
_QUOTED_ENDS = ".!?…”\"’'»"


def is_note_call(draft: Draft, raised: OpenLink) -> bool:
    """Whether what stands raised calls a note. One that is a link has its link already."""
    words = "".join(draft.parts[raised.part :])
    if any(link.start >= draft.length - len(words) for link in draft.links[-1:]):
        return False
    before = draft.parts[raised.part - 1] if raised.part else ""
    return bool(_RAISED_MARKER.fullmatch(words.strip())) and not _BEFORE_POWER.search(before[-4:])


def is_behind_quoted(draft: Draft | None) -> bool:
    """Whether what begins here stands behind a block quote's words, rather than among them."""
    words = "".join(draft.parts[-2:]).rstrip() if draft else ""
    return not words or words[-1] in _QUOTED_ENDS
