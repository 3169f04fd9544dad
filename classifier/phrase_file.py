"""A team's phrase list as it stands in a file: TOML, read strictly, with errors that name the entry.

docs/own-words.md tells what may stand in it. Nothing here matches anything: :mod:`classifier.own_phrases` does.
"""

from __future__ import annotations

import hashlib
import tomllib
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from classifier.errors import InputError
from classifier.phrase_syntax import read_phrase
from classifier.taxonomy import flag_ids

FORMAT = 1
MOST_ENTRIES = 1_000
MOST_BYTES = 1024 * 1024
_TOLD_AT_ONCE = 5
_HINT = "docs/own-words.md tells what may stand in it; 'pinch phrases check' reads it."


def _known_flag(name: str) -> str:
    if name not in flag_ids():
        raise ValueError(f"There is no such flag; known are {', '.join(flag_ids())}")
    return name


def _one_line(text: str) -> str:
    if not text.strip() or not text.isprintable():
        raise ValueError("Write some words on one line")
    return text.strip()


_Phrase = Annotated[str, AfterValidator(read_phrase)]
_Flag = Annotated[str, AfterValidator(_known_flag)]
_Line = Annotated[str, Field(max_length=500), AfterValidator(_one_line)]
_Sentence = Annotated[str, Field(max_length=1_000), AfterValidator(_one_line)]


class OwnPhrase(BaseModel):
    """One entry. It either raises ``flag``, or takes flags away (``never``): this one alone, or all without ``flag``.

    ``reason`` is told to readers, ``note`` to moderators too. ``always``: also where the sentence denies the words,
    warns of them or tells what others say.
    """

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, hide_input_in_errors=True)

    phrase: _Phrase
    flag: _Flag | None = None
    reason: _Line | None = None
    note: _Line | None = None
    never: bool = False
    always: bool = False
    hits: tuple[_Sentence, ...] = Field(min_length=1, max_length=20, strict=False)
    misses: tuple[_Sentence, ...] = Field(default=(), max_length=20, strict=False)
    who: _Line | None = None
    when: date | datetime | _Line | None = None

    @model_validator(mode="after")
    def _is_one_or_the_other(self) -> Self:
        if self.never and self.always:
            raise ValueError("'always' is for entries that raise a flag, not for 'never'")
        if not self.never and (self.flag is None or self.reason is None):
            raise ValueError("Give 'flag' and 'reason', or 'never = true'")
        return self


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, hide_input_in_errors=True)

    format: Literal[1]
    phrase: list[OwnPhrase] = Field(default_factory=list, max_length=MOST_ENTRIES)


def read_entries(text: str, name: str) -> tuple[OwnPhrase, ...]:
    """The entries of a file's text. Raises :class:`InputError` that names file and entry, never a sentence of it."""
    try:
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        place = str(error).rpartition("(")[2].rstrip(")") if "(at " in str(error) else "somewhere"
        raise bad_file(name, f"It is not TOML, {place}.") from None
    try:
        return tuple(_File.model_validate(table).phrase)
    except ValidationError as error:
        told = error.errors(include_input=False, include_url=False, include_context=False)
        more = f" … and {len(told) - _TOLD_AT_ONCE} more" if len(told) > _TOLD_AT_ONCE else ""
        reasons = "; ".join(f"{_place(one['loc'])}: {_said(one['msg'])}" for one in told[:_TOLD_AT_ONCE])
        raise bad_file(name, f"{reasons}{more}.") from None


def _place(loc: tuple[int | str, ...]) -> str:
    """Entries are counted from 1, as people do. A key that is not known is not repeated: it could hold anything."""
    if len(loc) < 2 or not isinstance(loc[1], int):
        return f"'{loc[0]}'" if loc and loc[0] in _File.model_fields else "outside the entries"
    key = f", '{loc[2]}'" if len(loc) > 2 and loc[2] in OwnPhrase.model_fields else ""
    which = f" {loc[3] + 1}" if len(loc) > 3 and isinstance(loc[3], int) else ""
    return f"entry {loc[1] + 1}{key}{which}"


def _said(message: str) -> str:
    known = ", ".join(OwnPhrase.model_fields)
    words = message.removeprefix("Value error, ").rstrip(".")
    return words if words != "Extra inputs are not permitted" else f"it has an unknown key; known are {known}"


def read_text(path: Path) -> str | None:
    """The file's text; None where there is no file. Raises :class:`InputError` for what cannot be read."""
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            raise bad_file(str(path), f"It is larger than {MOST_BYTES // 1024} kB.")
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except FileNotFoundError:
        return None
    except OSError as error:
        raise bad_file(str(path), f"It cannot be read: {error.strerror or 'unknown reason'}.") from None
    except UnicodeDecodeError:
        raise bad_file(str(path), "It is not UTF-8.") from None


def digest_of(text: str) -> str:
    """What tells one list from another: the beginning of SHA-256 over its text."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def bad_file(name: str, reason: str) -> InputError:
    """A list that cannot be used."""
    return InputError(f"The phrase list {name} cannot be used. {reason}", hint=_HINT, code="bad-phrases")
