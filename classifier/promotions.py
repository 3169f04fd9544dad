"""Which model is in use, and which were: one small file that is replaced whole, and a log that only grows."""

from __future__ import annotations

import json
import os
import re
import secrets
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from classifier.errors import ModelError

SHIPPED = "shipped"
POINTER, HISTORY = "current", "history.jsonl"
BACK_TO_SHIPPED = "Run 'pinch model promote shipped' to go on with the shipped model."
MODELS_SETTING = "PINCH_MODELS"
WHO_MAY = f"Run it as the user who owns the folder, or set {MODELS_SETTING} to one that may be used."
_NAME = re.compile(r"[0-9A-Za-z][0-9A-Za-z.+_-]{0,79}")


@dataclass(frozen=True, slots=True)
class Promotion:
    """What is in use since when, and why. ``before``: what a rollback goes back to, the last one first to go."""

    name: str
    by: str
    why: str
    before: tuple[str, ...] = ()
    at: str = ""


def is_name(name: str) -> bool:
    """Whether a model's folder may be called so: no separators, no leading dot."""
    return bool(_NAME.fullmatch(name))


def draft_name() -> str:
    """A name for what is not whole yet; :func:`is_name` says no to it, so nobody takes it for a model."""
    return f".draft-{secrets.token_hex(6)}"


def read_promotion(folder: Path) -> Promotion | None:
    """What was promoted; None where nothing ever was. Raises :class:`ModelError`."""
    try:
        said = json.loads((folder / POINTER).read_text("utf-8"))
        found = Promotion(**{**said, "before": tuple(said["before"])})
        if not all(isinstance(name, str) and is_name(name) for name in (found.name, *found.before)):
            raise ValueError
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise ModelError(f"The folder of models cannot be read: {error.strerror}.", hint=WHO_MAY) from None
    except (ValueError, TypeError, KeyError):
        raise ModelError("The file that says which model is in use cannot be read.", hint=BACK_TO_SHIPPED) from None
    return found


def write_promotion(folder: Path, new: Promotion, *, was: str) -> Promotion:
    """Note it in the log, then put it into force. Where the log cannot be written nothing is promoted."""
    new = Promotion(new.name, new.by, new.why, new.before, datetime.now(UTC).isoformat(timespec="seconds"))
    _append(folder / HISTORY, {"at": new.at, "from": was, "to": new.name, "why": new.why, "by": new.by})
    draft = folder / draft_name()
    try:
        with draft.open("wb") as file:
            file.write(_line(asdict(new)))
            file.flush()
            os.fsync(file.fileno())
        draft.replace(folder / POINTER)
    finally:
        draft.unlink(missing_ok=True)
    return new


def read_history(folder: Path) -> list[dict[str, Any]]:
    """Every promotion and rollback, the oldest first. A line that was broken off is passed over."""
    try:
        lines = (folder / HISTORY).read_text("utf-8", "replace").splitlines()
    except OSError:
        return []
    return [said for said in map(_parsed, lines) if said is not None]


def _append(path: Path, line: dict[str, Any]) -> None:
    """On the disk when this returns; a line that was broken off before gets an end first."""
    with path.open("a+b") as file:
        end = file.seek(0, os.SEEK_END)
        file.seek(max(end - 1, 0))
        start = b"" if file.read(1) in (b"", b"\n") else b"\n"
        file.write(start + _line(line))
        file.flush()
        os.fsync(file.fileno())


def _line(said: dict[str, Any]) -> bytes:
    return json.dumps(said, ensure_ascii=False).encode("utf-8", "replace") + b"\n"


def _parsed(line: str) -> dict[str, Any] | None:
    try:
        said = json.loads(line)
    except ValueError:
        return None
    return said if isinstance(said, dict) else None
