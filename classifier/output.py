"""Where a command writes what it made: a file that appears whole, or standard output."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import click

from classifier.errors import InputError


@contextmanager
def whole_file(path: str, *, mode: int = 0o644) -> Iterator[IO[str]]:
    """Written beside the target and moved there when whole, so that half a file never passes for all of it.

    ``-`` is standard output. ``mode`` says who may read the file. Raises :class:`InputError` when the folder cannot be
    written to.
    """
    if path == "-":
        with click.open_file(path, "w", encoding="utf-8") as stream:
            yield stream
        return
    folder = Path(path).absolute().parent
    try:
        handle, draft = tempfile.mkstemp(dir=folder, prefix=".pinch-", suffix=".part")
    except OSError as error:
        raise InputError(f"The folder of {path} cannot be written to: {error.strerror}.") from None
    try:
        with open(handle, "w", encoding="utf-8") as file:
            yield file
        Path(draft).chmod(mode)
        Path(draft).replace(path)
    finally:
        Path(draft).unlink(missing_ok=True)
