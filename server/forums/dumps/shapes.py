"""The shapes that ``pinch posts import`` reads, each turned into rows of our own."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any, BinaryIO, Literal, get_args

from server.forums.dumps.discourse import discourse_post, discourse_rows
from server.forums.dumps.discourse_archive import archive_post, archive_rows
from server.forums.dumps.lines import LeftOut, Made, json_lines
from server.forums.dumps.reddit import reddit_post
from server.moderation.rows import FileRow, RowDefaults, RowFormat, read_rows

Shape = Literal["pinch", "discourse", "reddit"]
SHAPES: tuple[Shape, ...] = get_args(Shape)
REDDIT = "reddit"


class Dump:
    """A file of posts in one of the shapes. ``left_out`` counts the rows that hold no post, by the reason."""

    def __init__(self, shape: Shape, form: RowFormat, defaults: RowDefaults) -> None:
        self.left_out: Counter[str] = Counter()
        self._shape, self._form, self._defaults = shape, form, defaults

    def rows(self, stream: BinaryIO) -> Iterator[FileRow]:
        """The posts, in order, and what cannot be read. Takes the memory of one post, however long the file is."""
        source = self._defaults.source
        if self._shape == "reddit":
            return self._made(json_lines(stream), reddit_post, source or REDDIT)
        if self._shape == "discourse" and self._form == "csv":
            text = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="replace", newline="")
            return self._made(archive_rows(text), archive_post, source)
        if self._shape == "discourse":
            return self._made(discourse_rows(stream), partial(discourse_post, source=source), source)
        return read_rows(stream, self._form, self._defaults)

    def _made(
        self, rows: Iterable[FileRow], make: Callable[[Mapping[str, Any]], Made], source: str | None
    ) -> Iterator[FileRow]:
        for row in rows:
            made = {} if row.problem else make(row.value)
            if isinstance(made, LeftOut):
                self.left_out[made.why] += 1
            else:
                yield replace(row, value={"source": source, **made} if source and made else made)
