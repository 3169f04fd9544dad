"""Which heading is the page's own: no furniture holds it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from classifier.document import Document, Element

# At most so many blocks after a headline belong to it.
STANDFIRST = 3
# Characters: less is no sentence that leads into a page.
LEAST_LEAD = 50
# Characters: less of a title may be the site's name.
LEAST_TITLE = 15


def find_headlines(document: Document) -> set[int]:
    """The numbers of the blocks that head the page: its ``h1``; of several those that its title names.

    A site's name often stands in an ``h1`` too, over the menu, and links to the home page.
    """
    blocks = document.blocks
    found = {number for number, block in enumerate(blocks) if block.kind == "h1"}
    if not found:
        return _named_by_title(document)
    if len(found) < 2:
        return _instead_of_site_name(document, *found)
    in_text = _in_text(document.elements)
    within = {number for number in found if (index := blocks[number].element) is not None and in_text[index]}
    found = within or found
    title = _plain(document.title or "")
    named = {number for number in found if _plain(blocks[number].text) and _plain(blocks[number].text) in title}
    if not named:
        return found
    longest = max(len(blocks[number].text) for number in named)
    return {number for number in named if len(blocks[number].text) == longest}


def _instead_of_site_name(document: Document, number: int) -> set[int]:
    """The only ``h1``, unless that is the site's name and the page's title begins with another heading."""
    title, name = _plain(document.title or ""), _plain(document.blocks[number].text)
    others = {
        other
        for other, block in enumerate(document.blocks)
        if block.kind in ("h2", "h3") and len(block.text) > len(name) and _plain(block.text) in title
    }
    return {min(others)} if name in title and others else {number}


def _named_by_title(document: Document) -> set[int]:
    """On a page without an ``h1`` the longest block that its title begins with or holds; the first of them."""
    title = _plain(document.title or "")
    best, length = -1, LEAST_TITLE
    for number, block in enumerate(document.blocks):
        if len(block.text) > length and len(block.text) <= len(title) and _plain(block.text) in title:
            best, length = number, len(block.text)
    return {best} if best >= 0 else set()


def _in_text(elements: Sequence[Element]) -> list[bool]:
    """Whether each element stands in a ``main`` or an ``article``."""
    found: list[bool] = []
    for element in elements:
        is_text = element.tag in ("main", "article") or element.role in ("main", "article")
        found.append(is_text or (element.parent is not None and found[element.parent]))
    return found


def _plain(text: str) -> str:
    return " ".join(text.lower().split())


def find_standfirst(document: Document, headlines: set[int]) -> set[int]:
    """The blocks that go on from a headline in the same box, such as a subtitle."""
    found: set[int] = set()
    for number in headlines:
        box = _parent(document, number)
        found.update(_lead(document, number))
        for later in range(number + 1, min(number + 1 + STANDFIRST, len(document.blocks))):
            if box is None or _parent(document, later) != box:
                break
            found.add(later)
    return found


def _lead(document: Document, headline: int) -> Iterator[int]:
    """Whole sentences that follow the headline closely, wherever they stand."""
    for number in range(headline + 1, min(headline + 1 + STANDFIRST, len(document.blocks))):
        block = document.blocks[number]
        if block.kind == "p" and len(block.text) >= LEAST_LEAD and block.text.endswith((".", "?", "!")):
            yield number


def _parent(document: Document, number: int) -> int | None:
    index = document.blocks[number].element
    return document.elements[index].parent if index is not None else None
