"""A file of posts goes in step by step; what is refused is written to a file of its own, ready to be corrected."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import IO

from classifier.errors import InputError, PinchError
from server.errors import ApiError
from server.moderation.incoming import IncomingPost, read_post
from server.moderation.intake import Intake, Result
from server.moderation.rows import FileRow

STEP = 200


class Refusals(AbstractContextManager["Refusals"]):
    """The file of refused rows, made with the first of them. It holds people's words: only its owner may read it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.count = 0
        self._file: IO[str] | None = None

    def add(self, row: FileRow, error: PinchError) -> None:
        """Write the row, with why it was refused under a key that an import passes over."""
        reason = {"line": row.line, "code": error.code, "message": error.message, "hint": error.hint}
        self._open().write(json.dumps({**row.value, "refused": reason}, ensure_ascii=True) + "\n")
        self.count += 1

    def _open(self) -> IO[str]:
        if self._file is None:
            try:
                self.path.touch(mode=0o600)
                self._file = self.path.open("w", encoding="utf-8")
            except OSError as error:
                raise InputError(
                    f"The file of refused rows {self.path} cannot be written: {error.strerror or 'unknown reason'}.",
                    hint="Name another: --refused FILE",
                ) from None
        return self._file

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file."""
        if self._file:
            self._file.close()


def import_rows(rows: Iterable[FileRow], intake: Intake, refusals: Refusals) -> Iterator[Counter[Result]]:
    """Take the rows in, a step at a time: what became of those of each step, which are then on the disk."""
    remaining = iter(rows)
    while step := list(islice(remaining, STEP)):
        yield _take(step, intake, refusals)


def _take(step: list[FileRow], intake: Intake, refusals: Refusals) -> Counter[Result]:
    posts: list[tuple[FileRow, IncomingPost]] = []
    counts: Counter[Result] = Counter()
    for row in step:
        post = _read(row)
        if isinstance(post, IncomingPost):
            posts.append((row, post))
        else:
            refusals.add(row, post)
            counts["refused"] += 1
    for (row, _), taken in zip(posts, intake.take([post for _, post in posts]), strict=True):
        counts[taken.result] += 1
        if taken.error:
            refusals.add(row, taken.error)
    return counts


def _read(row: FileRow) -> IncomingPost | PinchError:
    if row.problem:
        return row.problem
    try:
        return read_post(dict(row.value))
    except ApiError as error:
        return error
