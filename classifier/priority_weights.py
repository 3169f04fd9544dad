"""The weights of a post's priority: ``priority.toml``, and what a team's own file puts in the place of its lines."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from classifier.errors import InputError

_FILE = Path(__file__).with_name("priority.toml")
_TABLES = ("severity", "advice", "vulnerability", "person", "reach", "age")
# These count people or days; all other weights lie between 0 and 1.
_LARGE = {"most_seen": (1, 10**12), "views_of_a_reply": (0, 10**6), "half_life_days": (0.1, 36_500)}


@dataclass(frozen=True, slots=True)
class PriorityWeights:
    """What each factor is worth. All but the last three numbers lie between 0 and 1."""

    severity: Mapping[str, float]
    advice: Mapping[str, float]
    vulnerability: Mapping[str, float]
    least_care: float
    unseen: float
    most_seen: float
    views_of_a_reply: float
    half_life_days: float


@cache
def load_weights(path: Path | None = None) -> PriorityWeights:
    """The weights, those of the file at ``path`` in the place of the same lines here.

    Raises :class:`InputError` that names the table and the line that cannot be used.
    """
    tables = {name: dict(table) for name, table in tomllib.loads(_FILE.read_text("utf-8")).items()}
    for name, table in _own(path).items():
        if name not in _TABLES or not isinstance(table, dict):
            raise _bad(path, f"There is no table of this name; known are {', '.join(_TABLES)}.")
        for key, value in table.items():
            if key not in tables[name]:
                raise _bad(path, f"[{name}] has no line of this name; known are {', '.join(tables[name])}.")
            tables[name][key] = _number(value, key, name, path)
    reach = tables["reach"]
    return PriorityWeights(
        tables["severity"],
        tables["advice"],
        tables["vulnerability"],
        tables["person"]["least_care"],
        reach["unseen"],
        reach["most_seen"],
        reach["views_of_a_reply"],
        tables["age"]["half_life_days"],
    )


def _own(path: Path | None) -> dict[str, Any]:
    if path is None:
        return {}
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise _bad(path, f"It cannot be read: {error.strerror or 'unknown reason'}.") from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError):
        raise _bad(path, "It is not TOML in UTF-8.") from None


def _number(value: object, key: str, table: str, path: Path | None) -> float:
    low, high = _LARGE.get(key, (0, 1))
    if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
        raise _bad(path, f"'{key}' in [{table}] must be a number between {low} and {high}.")
    return float(value)


def _bad(path: Path | None, reason: str) -> InputError:
    return InputError(
        f"The file of priority weights {path} cannot be used. {reason}",
        hint="docs/priority.md tells what may stand in it.",
        code="bad-weights",
    )
