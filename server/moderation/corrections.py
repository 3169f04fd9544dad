"""What a moderator corrects in a post's words: a flag that is missing, or one that is wrong there.

Words are named in two ways. A script sends offsets with the words that it saw there; without a script the words are
typed, and found in the text. Either way the words are looked for in the version that was seen, and only offsets go on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from classifier.taxonomy import flag_ids
from server.errors import ApiError

MOST = 50
LONGEST_WORDS = 2000
CorrectionVerdict = Literal["missing", "wrong"]
VERDICTS: tuple[CorrectionVerdict, ...] = ("missing", "wrong")
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class WordsCorrection:
    """Code points ``start`` to ``end`` of the version that was seen."""

    flag: str
    start: int
    end: int
    verdict: CorrectionVerdict


class _Sent(BaseModel):
    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    flag: str
    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=1)]
    verdict: CorrectionVerdict
    words: Annotated[str, Field(min_length=1, max_length=100_000)]


_SENT = TypeAdapter(Annotated[list[_Sent], Field(max_length=MOST)])


def selected_corrections(sent: str, text: str) -> Iterator[WordsCorrection]:
    """Those that the page's script put together: JSON, ``[]`` when nothing was selected. Raises :class:`ApiError`."""
    try:
        rows = _SENT.validate_json(sent or "[]")
    except ValidationError:
        raise _refused("The corrections of this form cannot be read.") from None
    for row in rows:
        if row.flag not in flag_ids():
            raise _refused("A correction names a flag that does not exist.")
        start, end = (
            (row.start, row.end) if text[row.start : row.end] == row.words else _nearest(text, row.words, row.start)
        )
        yield WordsCorrection(row.flag, start, end, row.verdict)


def typed_correction(words: str, *, nth: str, flag: str, verdict: str, text: str) -> WordsCorrection | None:
    """The one that was typed; None when no words were. Raises :class:`ApiError`."""
    if not words.strip():
        return None
    if len(words) > LONGEST_WORDS:
        raise _refused(f"The words of the correction are longer than {LONGEST_WORDS} characters.")
    if flag not in flag_ids() or verdict not in VERDICTS:
        raise _refused("The correction names no flag, or does not say whether it is missing or wrong.")
    wanted = int(nth) if re.fullmatch(r"[1-9][0-9]{0,3}", nth or "1") and nth else 1
    places = list(_places(text, words, most=wanted))
    if len(places) < wanted:
        found = f"only {len(places)} times" if places else "not"
        raise _refused(f"The words of the correction stand {found} in the post.")
    start, end = places[wanted - 1]
    return WordsCorrection(flag, start, end, "missing" if verdict == "missing" else "wrong")


def _places(text: str, words: str, *, most: int) -> Iterator[tuple[int, int]]:
    """Where the words stand, whatever their capitals and blanks, from the beginning."""
    pattern = r"\s+".join(re.escape(word) for word in _BLANKS.split(words.strip()))
    for place, found in enumerate(re.finditer(pattern, text, re.IGNORECASE)):
        if place == most:
            return
        yield found.span()


def _nearest(text: str, words: str, near: int) -> tuple[int, int]:
    """Where the words stand nearest to where they were seen: a browser may count line ends differently."""
    places = list(_places(text, words, most=1000)) if words.strip() else []
    if not places:
        raise _refused("A correction points at words that the post does not hold.")
    return min(places, key=lambda place: abs(place[0] - near))


def _refused(message: str) -> ApiError:
    return ApiError(
        422,
        "bad-correction",
        message,
        hint="Load the page again and select the words once more, or type them as they stand in the post.",
    )
