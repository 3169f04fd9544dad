"""PDF: the lines that its pages show, which :mod:`classifier.reading.printed` makes blocks of.

A PDF holds words at places and no paragraphs. pypdf tells the lines, where they begin and how large their letters are.
"""

from __future__ import annotations

import io
import logging
import math
import re
import time
from collections.abc import Iterator, Sequence
from typing import Any

from pypdf import PdfReader
from pypdf.errors import DependencyError, DeprecationError, PyPdfError

from classifier.document import Document
from classifier.errors import InputError
from classifier.reading.printed import PrintedLine, blocks_of, clean, without_running

MOST_PAGES = 500
MOST_SECONDS = 60.0
# Of one page's drawing, unpacked; a page of words takes some thousand bytes.
MOST_PAGE_BYTES = 8_000_000
# What pypdf raises, beside its own errors, where a broken file is not what its code takes it for.
_BROKEN = (
    PyPdfError, DeprecationError, ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError,
    AssertionError, NotImplementedError, OSError,
)  # fmt: skip
_FILE_TITLE = re.compile(r"\.\w{2,4}$|^untitled|^microsoft ", re.I)

# With a handler of its own the library's complaints on broken files do not go to standard error.
logging.getLogger("pypdf").addHandler(logging.NullHandler())


def read_pdf(data: bytes, *, url: str | None = None, title: str | None = None, lang: str | None = None) -> Document:
    """The blocks of a PDF file. Raises :class:`InputError` where it cannot be opened, is too long or holds no text."""
    reader = _open(data)
    try:
        lines = without_running(list(_lines(reader)))
        # Damaged files give it as a number.
        named = str((reader.metadata.title if reader.metadata else None) or "")
    except _BROKEN:
        raise _broken() from None
    if not any(char.isalpha() for line in lines for char in line.text):
        raise InputError(
            "This PDF holds no text; its pages are pictures, as from a scanner.",
            hint="Have its letters recognised first, for example with ocrmypdf.",
            code="pdf-without-text",
        )
    blocks = tuple(blocks_of(lines))
    named = "" if _FILE_TITLE.search(named) else clean(named)
    heading = next((block.text for block in blocks if block.kind == "h1"), None)
    return Document(blocks, url, title or named or heading, lang, url or "")


def _open(data: bytes) -> PdfReader:
    if b"%PDF-" not in data[:1024]:
        raise InputError("The input is no PDF file.", hint="Give a PDF, or leave --as pdf out.", code="not-a-pdf")
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise _locked()
        count = len(reader.pages)
    except DependencyError:
        raise _locked() from None
    except _BROKEN:
        raise _broken() from None
    if count > MOST_PAGES:
        raise InputError(
            f"This PDF has {count} pages; at most {MOST_PAGES} are read.", hint="Split it and check the parts.",
            code="too-long",
        )  # fmt: skip
    return reader


def _locked() -> InputError:
    return InputError(
        "This PDF is encrypted.", hint="Open it with its password and save a copy without.", code="pdf-encrypted"
    )


def _broken() -> InputError:
    return InputError(
        "This PDF is damaged and cannot be read.", hint="Save it anew from the program that made it.", code="bad-pdf"
    )


def _too_slow() -> InputError:
    return InputError(
        f"Reading this PDF takes longer than {MOST_SECONDS:.0f} seconds.", hint="Check it in parts.", code="too-long"
    )


def _lines(reader: PdfReader) -> Iterator[PrintedLine]:
    end = time.monotonic() + MOST_SECONDS

    def watch(*_operation: object) -> None:
        if time.monotonic() > end:
            raise _too_slow()

    for number, page in enumerate(reader.pages):
        contents = page.get_contents()
        if contents is not None and len(contents.get_data()) > MOST_PAGE_BYTES:
            raise InputError(f"Page {number + 1} of this PDF is too large to be read.", hint="Leave that page out.")
        collector = _Collector(number)
        page.extract_text(visitor_text=collector.add, visitor_operand_before=watch)
        collector.end_line()
        yield from collector.lines


class _Collector:
    """Puts the pieces of a page's text together as lines."""

    def __init__(self, page: int) -> None:
        self.lines: list[PrintedLine] = []
        self._page = page
        self._parts: list[str] = []
        self._at = (0.0, 0.0, 0.0)
        self._is_bold = True

    def add(self, text: str, cm: Sequence[float], tm: Sequence[float], font: Any, size: float) -> None:
        """Take a piece, its matrices (PDF 1.7, 8.3.4) and its font; a line break ends a line."""
        for number, part in enumerate(text.split("\n")):
            if number:
                self.end_line()
            if not part.strip():
                self._parts += [part] if self._parts else []
                continue
            if not self._parts:
                x, y = tm[4] * cm[0] + tm[5] * cm[2] + cm[4], tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
                height = math.hypot(tm[2] * cm[0] + tm[3] * cm[2], tm[2] * cm[1] + tm[3] * cm[3])
                self._at = (float(x), float(y), abs(size * height))
            self._is_bold &= "bold" in str((font or {}).get("/BaseFont", "")).lower()
            self._parts.append(part)

    def end_line(self) -> None:
        """Finish the line, if there is one."""
        if text := clean("".join(self._parts)):
            self.lines.append(PrintedLine(text, self._page, *self._at, self._is_bold))
        self._parts, self._is_bold = [], True
