"""The shape of a row of labels, whoever they come from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from classifier.taxonomy import flag_ids


@dataclass(frozen=True, slots=True)
class Said:
    """What one person said of one flag on one sentence, and where that stands.

    ``says`` is ``present`` or ``absent``. ``ref`` names the decision or the feedback, ``version`` that of the post,
    ``confidence`` and ``model`` belong to the flag that was judged and are None where none was raised.
    """

    flag: str
    says: str
    person: str
    how: str
    ref: str
    at: str
    version: int | None = None
    confidence: float | None = None
    model: str | None = None


def label_row(about: dict[str, Any], said: Sequence[Said]) -> dict[str, Any]:
    """The row: flags that fit, those that do not, and those of which nothing is known or on which people disagree."""
    present = {one.flag for one in said if one.says == "present"}
    absent = {one.flag for one in said if one.says == "absent"}
    return {
        **about,
        "flags": [flag for flag in flag_ids() if flag in present - absent],
        "contested": [flag for flag in flag_ids() if flag not in present ^ absent],
        "near_misses": [flag for flag in flag_ids() if flag in absent - present],
        "said": [asdict(one) for one in said],
    }
