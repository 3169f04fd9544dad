"""A file that is read with a bar on standard error that says how much of it was."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from rich.console import Console
from rich.progress import open as open_with_bar

from classifier.errors import InputError


@contextmanager
def reading_with_progress(path: Path) -> Iterator[BinaryIO]:
    """The file, opened for reading bytes. No bar where standard error is no terminal. Raises :class:`InputError`."""
    console = Console(stderr=True)
    try:
        with open_with_bar(path, "rb", console=console, description="Reading", disable=not console.is_terminal) as file:
            yield file
    except OSError as error:
        raise InputError(
            f"The file cannot be read: {error.strerror or 'unknown reason'}.", hint="See that you may read it."
        ) from None
