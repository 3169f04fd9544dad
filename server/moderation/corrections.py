"""What a moderator corrects in a post's words: a flag that is missing, or one that is wrong there.

Words are named in two ways. A script sends offsets with the words that it saw there; without a script the words are
typed, and found in the text. Either way the words are looked for in the version that was seen, and only offsets go on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from classifier.taxonomy import flag_ids
from server.errors import ApiError
from server.moderation.decisions import Correction, CorrectionVerdict

MOST = 50
LONGEST_WORDS = 2000
VERDICTS: tuple[CorrectionVerdict, ...] = ("missing", "wrong")


class _Sent(BaseModel):
    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    flag: str
    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=1)]
    verdict: CorrectionVerdict
    words: Annotated[str, Field(min_length=1)]


_SENT = TypeAdapter(Annotated[list[_Sent], Field(max_length=MOST)])


def selected_corrections(sent: str, text: str) -> Iterator[Correction]:
    """Those that the page's script put together: JSON, ``[]`` when nothing was selected. Raises :class:`ApiError`."""
    try:
        rows = _SENT.validate_json(sent or "[]")
    except ValidationError:
        raise _refused("The corrections of this form cannot be read.") from None
    seen, places = _as_in_browser(text)
    for row in rows:
        if row.flag not in flag_ids():
            raise _refused("A correction names a flag that does not exist.")
        if not row.words.strip() or row.end > len(seen) or seen[row.start : row.end] != row.words:
            raise _refused("A correction points at words that the post does not hold there.")
        yield Correction(row.flag, places[row.start], places[row.end - 1] + 1, row.verdict)


def typed_correction(words: str, *, nth: str, flag: str, verdict: str, text: str) -> Correction | None:
    """The one that was typed; None when no words were. Raises :class:`ApiError`."""
    if not words.strip():
        return None
    if len(words) > LONGEST_WORDS:
        raise _refused(f"The words of the correction are longer than {LONGEST_WORDS} characters.")
    if flag not in flag_ids() or verdict not in VERDICTS:
        raise _refused("The correction names no flag, or does not say whether it is missing or wrong.")
    if not re.fullmatch(r"[1-9][0-9]{0,3}", nth or "1"):
        raise _refused("Which occurrence of the words is meant is not told by a number from 1 to 9999.")
    wanted = int(nth or "1")
    found = list(_found(text, words, most=wanted))
    if len(found) < wanted:
        times = f"only {len(found)} times" if found else "not"
        raise _refused(f"The words of the correction stand {times} in the post.")
    start, end = found[wanted - 1]
    return Correction(flag, start, end, "missing" if verdict == "missing" else "wrong")


def browser_offset(text: str, at: int) -> int:
    """Where a place of the text stands on a page: there the two characters of a line end count as one."""
    return at - text.count("\r\n", 0, at)


def _as_in_browser(text: str) -> tuple[str, Sequence[int]]:
    """The text as a page holds it, where every line end is one character, and where each character comes from."""
    if "\r" not in text:
        return text, range(len(text))
    places = [place for place, char in enumerate(text) if not (char == "\n" and text[place - 1 : place] == "\r")]
    return "".join("\n" if text[place] == "\r" else text[place] for place in places), places


def _found(text: str, words: str, *, most: int) -> Iterator[tuple[int, int]]:
    """Where the words stand, whatever their capitals and blanks, from the beginning. Linear in the text."""
    plain, places = _plain(text)
    wanted = _plain(words.strip())[0]
    at = plain.find(wanted)
    for _ in range(most):
        if at < 0:
            return
        yield places[at], places[at + len(wanted) - 1] + 1
        at = plain.find(wanted, at + len(wanted))


def _plain(text: str) -> tuple[str, list[int]]:
    """Small letters and single blanks, and where each character comes from."""
    chars: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        small = " " if char.isspace() else char.lower()[0]
        if small == " " and chars[-1:] == [" "]:
            continue
        chars.append(small)
        places.append(place)
    return "".join(chars), places


def _refused(message: str) -> ApiError:
    return ApiError(
        422,
        "bad-correction",
        message,
        hint="Load the page again and select the words once more, or type them as they stand in the post.",
    )
