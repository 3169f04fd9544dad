"""A request becomes a document: offsets from UTF-16 to code points, and what a schema cannot say is checked here."""

from __future__ import annotations

import re

from classifier.document import Block, Document, Element, Link
from classifier.errors import InputError
from classifier.offsets import OffsetMap
from classifier.reading import keep_main_text, read_html, read_text
from server.api.asked import AskedAnalysis, AskedBlock, AskedElement, AskedLink
from server.errors import ApiError

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")


def check_block_count(count: int, most: int) -> None:
    """Raises :class:`ApiError` 413 for too many blocks."""
    if count > most:
        raise ApiError(
            413, "too-many-blocks", f"There are {count} blocks; at most {most} are read at once.", hint="Send parts."
        )


def read_document(asked: AskedAnalysis, *, max_blocks: int) -> Document:
    """The document that was sent. Raises :class:`ApiError`."""
    given = [name for name in ("blocks", "html", "text") if getattr(asked, name) is not None]
    if len(given) != 1:
        found = "None of them was given" if not given else f"{' and '.join(given)} were given"
        raise ApiError(422, "one-of-three", f"A request holds exactly one of blocks, html and text. {found}.")
    if asked.elements and asked.blocks is None:
        message = "elements: they go with blocks, and none were sent."
        raise ApiError(422, "bad-element", message, hint="Leave elements out, or send the blocks that stand in them.")
    document = _document_of(asked)
    check_block_count(len(document.blocks), max_blocks)
    return document


def _document_of(asked: AskedAnalysis) -> Document:
    lang = _language(asked.lang)
    try:
        if asked.html is not None:
            _refuse_blank(asked.html)
            return read_html(asked.html, url=asked.url, title=asked.title, lang=lang)
        if asked.text is not None:
            _refuse_blank(asked.text)
            return read_text(asked.text, url=asked.url, title=asked.title, lang=lang)
    except InputError as error:
        raise ApiError(422, error.code, error.message, hint=error.hint) from None
    blocks, elements = read_blocks(asked.blocks or []), read_elements(asked)
    return keep_main_text(Document(blocks, asked.url, asked.title, lang, elements=elements))


def _refuse_blank(*texts: str) -> None:
    if not any(text.strip() for text in texts):
        raise ApiError(422, "empty-text", "There is no text to read.", hint="Send at least one word.")


def _language(tag: str | None) -> str | None:
    """A language tag, or None for what pages write there that is none."""
    tag = (tag or "").strip().replace("_", "-")
    return tag if _LANGUAGE.fullmatch(tag) else None


def read_blocks(asked: list[AskedBlock]) -> tuple[Block, ...]:
    """The blocks of a request. Raises :class:`ApiError` for an id given twice and an intro that names no other."""
    _refuse_blank(*(block.text for block in asked))
    ids: set[str] = set()
    for number, block in enumerate(asked):
        if block.id in ids:
            raise ApiError(422, "duplicate-id", f"blocks[{number}].id: another block has this id too.")
        ids.add(block.id)
    for number, block in enumerate(asked):
        if block.intro is not None and (block.intro not in ids or block.intro == block.id):
            message = f"blocks[{number}].intro: no other block has this id."
            raise ApiError(422, "missing-intro", message, hint="Send the introducing block too, or leave intro out.")
    return tuple(_block(block, number) for number, block in enumerate(asked))


def read_elements(asked: AskedAnalysis) -> tuple[Element, ...]:
    """The elements of a request. Raises :class:`ApiError` for places that name none."""
    elements = asked.elements or []
    for number, element in enumerate(elements):
        if element.parent is not None and element.parent >= number:
            raise _misplaced(f"elements[{number}].parent", element.parent, f"elements before it: {number}")
        if element.parent is None and number:
            message = f"elements[{number}].parent: only the first element has no parent."
            raise ApiError(422, "bad-element", message, hint="Send one outermost element, and each parent before it.")
    for number, block in enumerate(asked.blocks or []):
        if block.element is not None and block.element >= len(elements):
            raise _misplaced(f"blocks[{number}].element", block.element, f"elements sent: {len(elements)}")
    return tuple(map(_element, elements))


def _misplaced(place: str, given: int, known: str) -> ApiError:
    hint = "Places count the list 'elements' from 0; parents stand before what they hold."
    return ApiError(422, "bad-element", f"{place}: there is no element {given} ({known}).", hint=hint)


def _element(asked: AskedElement) -> Element:
    role = asked.role.strip().lower()
    return Element(asked.tag.lower(), asked.parent, asked.id, asked.class_, role, asked.hidden)


def _block(asked: AskedBlock, number: int) -> Block:
    if not asked.links:
        return Block(asked.id, asked.kind, asked.text, asked.intro, element=asked.element)
    offsets = OffsetMap(asked.text)
    length = offsets.to_utf16(len(asked.text))
    links = tuple(
        _link(link, offsets, length, f"blocks[{number}].links[{place}]") for place, link in enumerate(asked.links)
    )
    return Block(asked.id, asked.kind, asked.text, asked.intro, links, element=asked.element)


def _link(asked: AskedLink, offsets: OffsetMap, length: int, place: str) -> Link:
    if not asked.start <= asked.end <= length:
        raise ApiError(
            422,
            "bad-offset",
            f"{place}: start {asked.start} and end {asked.end} do not lie in a text of {length} UTF-16 units.",
            hint="Offsets count UTF-16 units from 0, the end not included.",
        )
    return Link(offsets.from_utf16(asked.start), offsets.from_utf16(asked.end), asked.href, asked.resolved)
