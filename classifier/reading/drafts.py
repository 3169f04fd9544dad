"""A block while it is being filled: its text as a browser shows it, and the links that stand in it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from classifier.document import BlockKind, Link
from classifier.reading.elements import OpenElement

_BLANKS = re.compile(r"\s+")


@dataclass(slots=True)
class OpenLink:
    """A link whose end is not reached. ``part`` says with which part of the draft that is being filled it begins."""

    href: str
    part: int = 0


@dataclass(slots=True)
class Draft:
    """The block that is being filled.

    ``element`` is the innermost one that all of its words stand in, ``depth`` how deep that lies, and ``lowest`` the
    lowest depth since the last word.
    """

    kind: BlockKind
    cite: str | None
    element: OpenElement
    depth: int
    lowest: int = 0
    parts: list[str] = field(default_factory=list)
    length: int = 0
    links: list[Link] = field(default_factory=list)
    anchors: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.lowest = self.depth

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
            self._append(text)

    def add_line_break(self) -> None:
        """One line break, but none at the start."""
        if self.kind != "pre" and self.parts and self.parts[-1].endswith(" "):
            self.parts[-1] = self.parts[-1][:-1]
            self.length -= 1
        if self.length or self.kind == "pre":
            self._append("\n")

    def add_link(self, link: OpenLink) -> None:
        """Let a link end here, where it has words."""
        words = "".join(self.parts[link.part :])
        start = self.length - len(words.lstrip())
        if words.strip():
            self.links.append(Link(start, start + len(words.strip()), link.href))

    def _append(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)
