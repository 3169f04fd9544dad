"""Labelled sentences as JSONL rows, one sentence each, put back together as the pages they came from.

A row has ``page register topic i kind text context links flags contested``. ``context`` holds the rest of the
sentence's block, the
heading above, or the line that introduces a list; rows that name each other there stood in one block, and so do rows
of one ``block``, where its number is told.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, cast

from classifier.document import BLOCK_KINDS, Block, BlockKind, Document, Link, Sentence
from classifier.errors import LabelError
from classifier.labels import LabelledPage, LabelledSentence
from classifier.taxonomy import flag_ids

_Row = dict[str, Any]
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*(?:\s|$)")


def read_jsonl(path: Path) -> list[LabelledPage]:
    """The pages of a JSONL file. Raises :class:`LabelError` naming the line that is not of this shape."""
    pages: dict[str, list[_Row]] = {}
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        if line.strip():
            row = parse_row(line, f"{path.name}:{number}")
            pages.setdefault(str(row["page"]), []).append(row)
    return [page_of(page_id, rows) for page_id, rows in pages.items()]


def parse_row(line: str, where: str) -> _Row:
    """A line as a row. Raises :class:`LabelError` that says ``where`` it stands, never what it held."""
    try:
        row = json.loads(line)
        known = set(row["flags"]) | set(row.get("contested", ()))
        is_text = isinstance(row["page"], str | int) and isinstance(row["text"], str) and row["text"].strip()
    except (ValueError, KeyError, TypeError, AttributeError):
        raise LabelError(f"{where}: a row wants page, text and flags.", hint="See docs/labelling.md.") from None
    if not is_text or not known <= set(flag_ids()) or row.get("kind", "p") not in BLOCK_KINDS:
        raise LabelError(
            f"{where}: text, kind or flags are not as expected.", hint=f"Known flags: {' '.join(flag_ids())}"
        )
    return dict(row)


class _Page:
    """Blocks and sentences while rows are put together."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.sentences: list[LabelledSentence] = []
        self._above = ""

    def add(self, rows: list[_Row]) -> None:
        """Add the rows of one block, with the context that none of them holds."""
        kind = cast(BlockKind, rows[0].get("kind", "p"))
        rest = rows[0].get("context", "").strip()
        for row in rows:
            rest = rest.replace(row["text"], " ")
        rest = " ".join(rest.split())
        intro = None
        if rest and (kind == "li" or not _SENTENCE_END.search(rest)):
            if rest != self._above:
                heading: BlockKind = "p" if kind == "li" else "h3"
                self.blocks.append(Block(f"b{len(self.blocks)}", heading, rest))
                self._above = rest
            intro = self.blocks[-1].id if kind == "li" and self.blocks[-1].text == rest else self._last_intro()
            rest = ""
        text, links = rest, []
        for row in rows:
            start = len(text) + 1 if text else 0
            text = f"{text} {row['text']}" if text else row["text"]
            sentence = Sentence(len(self.blocks), start, len(text), row["text"])
            self.sentences.append(
                LabelledSentence(sentence, frozenset(row["flags"]), frozenset(row.get("contested", ())))
            )
        for link in rows[0].get("links", ()):
            at = text.find(link["text"])
            if at >= 0:
                links.append(Link(at, at + len(link["text"]), link["href"], link.get("resolved", True)))
        self.blocks.append(Block(f"b{len(self.blocks)}", kind, text, intro if kind == "li" else None, tuple(links)))
        self._above = rest if rest else (text if kind.startswith("h") else self._above)

    def _last_intro(self) -> str | None:
        return next((block.id for block in reversed(self.blocks) if block.kind != "li"), None)


def page_of(page_id: str, rows: list[_Row]) -> LabelledPage:
    """The page that these rows were cut from."""
    rows = sorted(rows, key=lambda row: row.get("i", 0))
    page, group = _Page(), [rows[0]]
    for row in rows[1:]:
        if _is_same_block(group[-1], row):
            group.append(row)
        else:
            page.add(group)
            group = [row]
    page.add(group)
    first = rows[0]
    document = Document(tuple(page.blocks), first.get("url"), first.get("title"), "en", page_id)
    return LabelledPage(
        page_id, page_id, first.get("register", "other"), first.get("topic", ""), document, tuple(page.sentences)
    )


def _is_same_block(last: _Row, row: _Row) -> bool:
    if "block" in last and "block" in row:
        return bool(last["block"] == row["block"])
    is_prose = last.get("kind", "p") == row.get("kind", "p") in ("p", "post", "blockquote", "dd", "td")
    return is_prose and (last["text"] in row.get("context", "") or row["text"] in last.get("context", ""))
