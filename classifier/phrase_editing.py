"""Adds an entry to the text of a phrase list, or takes one out, and leaves the rest of the text as it was written.

People comment their files, so a file is not written anew: an entry is put behind the last one, and one that goes is
cut from its ``[[phrase]]`` to the next, with the comment right above it. What comes out is read again before it is
given back.
"""

from __future__ import annotations

import json
import re
import stat
from collections.abc import Mapping, Sequence
from pathlib import Path

from classifier.errors import InputError
from classifier.output import whole_file
from classifier.phrase_file import FORMAT, bad_file, read_entries

Value = str | bool | Sequence[str]
# Comments without a blank line between belong to the entry below them.
_HEAD = re.compile(r"^(?:[ \t]*#[^\n]*\n)*[ \t]*\[\[[ \t]*phrase[ \t]*\]\]", re.MULTILINE)
EMPTY = f"format = {FORMAT}\n"
NAME = "as changed"


def with_entry(text: str, entry: Mapping[str, Value]) -> str:
    """The text with one more entry at its end. Raises :class:`InputError` where the entry cannot be used."""
    lines = "".join(f"{key} = {_written(value)}\n" for key, value in entry.items())
    changed = f"{(text or EMPTY).rstrip()}\n\n[[phrase]]\n{lines}"
    read_entries(changed, NAME)
    return changed


def without_entry(text: str, number: int) -> str:
    """The text without an entry, counted from 1. Raises :class:`InputError` where there is none."""
    entries = read_entries(text, NAME)
    if not 1 <= number <= len(entries):
        raise InputError(f"The list has {len(entries)} entries and none of that number.", code="no-entry")
    heads = [match.start() for match in _HEAD.finditer(text)]
    if len(heads) == len(entries):
        end = heads[number] if number < len(heads) else len(text)
        changed = f"{text[: heads[number - 1]].rstrip()}\n\n{text[end:]}".rstrip() + "\n"
        if read_entries(changed, NAME) == (*entries[: number - 1], *entries[number:]):
            return changed
    raise bad_file(NAME, "Its entries are not written so that one can be cut out: take it out by hand.")


def write_list(path: Path, text: str) -> None:
    """Put a list in the place of the file, whole, where a link leads if it is one, and for the same people to read.

    Raises :class:`InputError` where that cannot be done.
    """
    try:
        place = path.resolve()
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        mode = stat.S_IMODE(place.stat().st_mode) if place.exists() else 0o644
        with whole_file(str(place), mode=mode) as file:
            file.write(text)
    except OSError as error:
        raise InputError(f"The phrase list {path} cannot be written: {error.strerror or 'unknown reason'}.") from None


def _written(value: Value) -> str:
    """A value in TOML. A JSON string of printable characters is one of TOML too."""
    return json.dumps(value if isinstance(value, str | bool) else list(value), ensure_ascii=False)
