"""Bytes as documents, in every form that Pinch reads, and the seeds that fuzzing begins with.

``blocks`` are what the extension sends: blocks with the elements that they stand in, one a line here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import cast

from classifier.document import BLOCK_KINDS, Block, BlockKind, Document, Element, Link
from classifier.offsets import replace_surrogates
from classifier.reading import READERS, keep_main_text
from classifier.reading.html import read_page
from tests.soak.exact import check_reading

TESTS = Path(__file__).parents[1]
# Longer inputs are slow to run and find nothing that shorter ones do not.
LONGEST_SEED = 1_500
FORMS = (*READERS, "blocks")

# How a block is written in each form, by its kind; as a paragraph where the kind is not named.
_WRITTEN: dict[str, dict[str, str]] = {
    "text": {"li": "- {}", "blockquote": "> {}", "p": "{}"},
    "markdown": {"h1": "# {}", "h2": "## {}", "li": "- {}", "blockquote": "> {}", "p": "{}", "pre": "    {}"},
    "bbcode": {"h2": "[b]{}[/b]", "li": "[list][*]{}[/list]", "blockquote": "[quote=Ada]{}[/quote]", "p": "{}"},
}
_ADDRESS = re.compile(r"https?://\S+|\[\d\]")


def read(form: str, data: bytes) -> tuple[Document, str | None]:
    """The document that bytes stand for, and the plain text that its offsets point into."""
    text = data.decode("utf-8", "surrogateescape")
    if form == "blocks":
        return keep_main_text(document_of(replace_surrogates(text))), None
    return READERS[form](text, lang="en"), text if form == "text" else None


def run(form: str, data: bytes) -> int:
    """Read bytes to the end and check the reading; how many sentences there were."""
    document, given = read(form, data)
    return len(check_reading(document, given))


def document_of(lines: str) -> Document:
    """A page's elements and blocks, one a line, its fields parted by tabs; ``¶`` is a line break in a block.

    An element is ``<``, tag, parent, id, classes and role; a block is kind, element, intro and text. What is missing
    is empty, and a number that leads nowhere is led to the last.
    """
    elements: list[Element] = []
    blocks: list[Block] = []
    for line in lines.split("\n"):
        first, *rest = line.split("\t")
        if first == "<":
            tag, parent, name, classes, role = (*rest, *[""] * 5)[:5]
            elements.append(Element(tag, _place(parent, len(elements)), name, classes, role, role == "hidden"))
        else:
            element, intro, text = (*rest, *[""] * 3)[:3]
            kind = cast(BlockKind, first if first in BLOCK_KINDS else "p")
            above = _place(intro, len(blocks))
            blocks.append(_block(len(blocks), kind, text.replace("¶", "\n"), above, _place(element, len(elements))))
    return Document(tuple(blocks), "https://clinic.example/page", "A page", "en", elements=tuple(elements))


def _block(number: int, kind: BlockKind, text: str, intro: int | None, element: int | None) -> Block:
    links = tuple(Link(found.start(), found.end(), found[0], found[0][0] == "h") for found in _ADDRESS.finditer(text))
    above = None if intro is None else f"b{intro}"
    return Block(f"b{number}", kind, text, above, links, path=f"body/{kind}", element=element)


def _place(number: str, count: int) -> int | None:
    if not number or not count:
        return None
    return min(int(number), count - 1) if number.isascii() and number.isdecimal() and len(number) < 9 else count - 1


def seeds(form: str) -> Iterator[bytes]:
    """The test pages and the test data in a form, in pieces."""
    write: Callable[[Document, str], str] = {"html": _as_given, "blocks": _as_lines}.get(form, _as_written(form))
    for path in sorted((TESTS / "pages").glob("*.html")):
        page = path.read_text("utf-8")
        yield from _pieces(write(read_page(page), page))
    if form != "blocks":
        for text in _data():
            yield from _pieces(text)


def _data() -> Iterator[str]:
    for path in sorted((TESTS / "data").rglob("*.txt")):
        yield path.read_text("utf-8")
    for path in sorted((TESTS / "data").rglob("*.jsonl")):
        rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        yield "\n\n".join(str(value) for row in rows for value in row.values())


def _pieces(text: str) -> Iterator[bytes]:
    data = text.encode("utf-8", "surrogateescape")
    return (data[at : at + LONGEST_SEED] for at in range(0, len(data), LONGEST_SEED))


def _as_given(_document: Document, page: str) -> str:
    return page


def _as_lines(document: Document, _page: str) -> str:
    lines = [
        "\t".join(("<", element.tag, str(element.parent or ""), element.id, element.names, element.role))
        for element in document.elements
    ]
    for block in document.blocks:
        text = block.text.replace("\n", "¶").replace("\t", " ")
        lines.append("\t".join((block.kind, str(block.element or 0), (block.intro or "")[1:], text)))
    return "\n".join(lines)


def _as_written(form: str) -> Callable[[Document, str], str]:
    shapes = _WRITTEN.get(form, {})

    def write(document: Document, _page: str) -> str:
        return "\n\n".join(shapes.get(block.kind, "{}").format(block.text) for block in document.blocks)

    return write
