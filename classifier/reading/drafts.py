"""A block while it is being filled: its text as a browser shows it, and the links that stand in it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from classifier.document import Link
from classifier.quick_records import quick
from classifier.reading.elements import OpenElement

_new_link = quick(Link)
_BLANKS = re.compile(r"\s+")


@dataclass(slots=True)
class OpenLink:
    """A link whose end is not reached. ``part`` says with which part of the draft that is being filled it begins."""

    href: str
    part: int = 0


class Draft:
    """The block that is being filled.

    ``element`` is the innermost one that all of its words stand in, and ``lowest`` the lowest depth since the last
    word.
    """

    __slots__ = ("anchors", "cite", "element", "kind", "length", "links", "lowest", "parts")

    def __init__(self, element: OpenElement) -> None:
        self.kind, self.cite, self.element, self.lowest = element.kind, element.cite, element, element.depth
        self.parts: list[str] = []
        self.length = 0
        self.links: list[Link] = []
        self.anchors: list[str] = []

    def add(self, text: str) -> None:
        """Append text as a browser shows it: runs of blanks become one, none at the start."""
        if self.kind == "pre":
            text = text if self.length else text.removeprefix("\n")
        else:
            if "\n" in text or "  " in text or "\t" in text or not text.isascii():
                text = _BLANKS.sub(" ", text)
            if text.startswith(" ") and (not self.length or self.parts[-1].endswith((" ", "\n"))):
                text = text[1:]
        if text:
            self.parts.append(text)
            self.length += len(text)

    def add_line_break(self) -> None:
        """One line break, but none at the start."""
        if self.kind != "pre" and self.parts and self.parts[-1].endswith(" "):
            self.parts[-1] = self.parts[-1][:-1]
            self.length -= 1
        if self.length or self.kind == "pre":
            self.parts.append("\n")
            self.length += 1

    def add_link(self, link: OpenLink) -> None:
        """Let a link end here, where it has words."""
        words = "".join(self.parts[link.part :])
        if own := words.strip():
            start = self.length - len(words.lstrip())
            self.links.append(_new_link(start, start + len(own), link.href))
