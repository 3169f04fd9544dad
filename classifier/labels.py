"""Labelled sentences: the page file that writers fill, and the JSONL that is measured.

A page file holds invented pages of one topic. It is the unit that is split between training and test: no sentence of
a file
is ever trained on while another is measured. The format is told in docs/labelling.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

from classifier.document import BLOCK_KINDS, Block, BlockKind, Document, Link, Sentence
from classifier.errors import LabelError
from classifier.taxonomy import flag_ids

PAGES = Path(__file__).with_name("data") / "pages"
REGISTERS = frozenset(
    """
    blog shop clinic forum newsletter news authority abstract encyclopedia debunk review influencer hospital
    lifestyle press-release transcript other
    """.split()
)
WHYS = frozenset(
    """
    denied debunked warned reported hedged sourced ordinary other-sense harmless
    """.split()
)

_PAGE = re.compile(r"=== ([a-z0-9]+(?:-[a-z0-9]+)*)$")
_HEADER = re.compile(r"(register|topic|title|url): *(.*)$")
_LINE = re.compile(r"(\+|[a-z][a-z0-9]*) \[([^\]]*)\](?: <([a-z0-9-]+)>)? (.+)$")
_LINK = re.compile(r"\[([^\[\]]*(?:\[[^\[\]]*\])?[^\[\]]*)\]\((!?)([^()\s]+(?:\([^()\s]*\)[^()\s]*)?)\)")


@dataclass(frozen=True, slots=True)
class LabelledSentence:
    """One sentence of a :class:`LabelledPage` with what a person said of it.

    ``near_misses`` maps a flag that the wording suggests, but that is wrong here, to the reason. ``pair`` names a
    contrast pair.
    """

    sentence: Sentence
    flags: frozenset[str]
    contested: frozenset[str] = frozenset()
    near_misses: tuple[tuple[str, str], ...] = ()
    pair: str | None = None
    line: int = 0


@dataclass(frozen=True, slots=True)
class LabelledPage:
    """A page in reading order; ``source`` names the file, which is the unit of every split."""

    id: str
    source: str
    register: str
    topic: str
    document: Document
    sentences: tuple[LabelledSentence, ...]


@dataclass
class _Draft:
    """A page while its lines are being read."""

    id: str
    line: int
    header: dict[str, str]
    blocks: list[Block]
    sentences: list[LabelledSentence]
    intro: str | None = None


def read_pages(path: Path = PAGES) -> list[LabelledPage]:
    """All pages below a folder, or of one file, in the order of their paths.

    Raises :class:`LabelError` at the first line that breaks the format; see :func:`parse_pages` to go on after one.
    """
    files = sorted(path.rglob("*.page")) if path.is_dir() else [path]
    root = path if path.is_dir() else path.parent
    return [page for file in files for page in parse_pages(file.read_text("utf-8"), file.relative_to(root).as_posix())]


def parse_pages(text: str, source: str) -> list[LabelledPage]:
    """The pages of one page file. Raises :class:`LabelError` naming file and line."""
    drafts: list[_Draft] = []
    for number, raw in enumerate(text.splitlines(), start=1):
        line = raw.strip()
        if not line or line.startswith("//"):
            continue
        try:
            if start := _PAGE.match(line):
                drafts.append(_Draft(start[1], number, {}, [], []))
            elif not drafts:
                raise LabelError("A page file begins with a line '=== page-id'.")
            else:
                _read_line(line, number, drafts[-1])
        except LabelError as error:
            raise LabelError(f"{source}:{number}: {error.message}", hint=error.hint) from None
    return [_finish(draft, source) for draft in drafts]


def _read_line(line: str, number: int, draft: _Draft) -> None:
    header = _HEADER.match(line)
    if header and not draft.blocks:
        draft.header[header[1]] = header[2].strip()
        return
    parts = _LINE.match(line)
    if not parts:
        raise LabelError("This line is neither a header nor a sentence.", hint="Write: KIND [flags] text")
    kind, labels, pair, marked = parts.groups()
    text, links = _read_links(marked.strip())
    if not text:
        raise LabelError("There is no text behind the labels.")
    sentence = _place(kind, text, links, draft)
    flags, contested, near_misses = _read_labels(labels)
    draft.sentences.append(LabelledSentence(sentence, flags, contested, near_misses, pair, number))


def _read_links(marked: str) -> tuple[str, tuple[Link, ...]]:
    """Take ``[words](href)`` out of a line: the plain text, and the links with offsets into it."""
    parts: list[str] = []
    links: list[Link] = []
    length = last = 0
    for match in _LINK.finditer(marked):
        before = marked[last : match.start()]
        words = match[1]
        # A citation marker keeps the brackets that a reader sees: [3](#ref-3) reads "[3]".
        if words.isdigit():
            words = f"[{words}]"
        start = length + len(before)
        links.append(Link(start, start + len(words), match[3], resolved=not match[2]))
        parts += [before, words]
        length = start + len(words)
        last = match.end()
    return "".join([*parts, marked[last:]]), tuple(links)


def _place(kind: str, text: str, links: tuple[Link, ...], draft: _Draft) -> Sentence:
    """Put a sentence into its block: a new one, or for ``+`` the block above."""
    if kind == "+":
        if not draft.blocks:
            raise LabelError("'+' continues a block, but no block stands above it.")
        block = draft.blocks[-1]
        start = len(block.text) + 1
        moved = tuple(replace(link, start=link.start + start, end=link.end + start) for link in links)
        draft.blocks[-1] = replace(block, text=f"{block.text} {text}", links=block.links + moved)
        return Sentence(len(draft.blocks) - 1, start, start + len(text), text)
    if kind not in BLOCK_KINDS:
        raise LabelError(f"'{kind}' is no kind of block.", hint=f"Known: + {' '.join(BLOCK_KINDS)}")
    block_id = f"b{len(draft.blocks)}"
    if kind != "li":
        draft.intro = block_id
    intro = draft.intro if kind == "li" else None
    draft.blocks.append(Block(block_id, cast(BlockKind, kind), text, intro, links))
    return Sentence(len(draft.blocks) - 1, 0, len(text), text)


def _read_labels(labels: str) -> tuple[frozenset[str], frozenset[str], tuple[tuple[str, str], ...]]:
    flags: set[str] = set()
    contested: set[str] = set()
    near_misses: list[tuple[str, str]] = []
    for label in labels.replace(",", " ").split():
        mark, name = (label[0], label[1:]) if label[0] in "?~" else ("", label)
        name, _, why = name.partition(":")
        if name not in flag_ids():
            raise LabelError(f"'{name}' is no flag.", hint=f"Known: {' '.join(flag_ids())}")
        if mark == "~":
            if why not in WHYS:
                raise LabelError(f"'{why}' is no reason for a near miss.", hint=f"Known: {' '.join(sorted(WHYS))}")
            near_misses.append((name, why))
        else:
            (contested if mark == "?" else flags).add(name)
    clash = flags & {name for name, _ in near_misses} or contested & flags
    if clash:
        raise LabelError(f"'{min(clash)}' is given and denied on one line.")
    return frozenset(flags), frozenset(contested), tuple(near_misses)


def _finish(draft: _Draft, source: str) -> LabelledPage:
    header = draft.header
    for key in ("register", "topic", "title"):
        if not header.get(key):
            raise LabelError(f"{source}:{draft.line}: page {draft.id} has no '{key}:'.")
    if header["register"] not in REGISTERS:
        raise LabelError(
            f"{source}:{draft.line}: '{header['register']}' is no register.",
            hint=f"Known: {' '.join(sorted(REGISTERS))}",
        )
    document = Document(tuple(draft.blocks), header.get("url"), header["title"], "en", draft.id)
    # Blocks grow while lines are read, so every sentence is checked against the block as it ended.
    return LabelledPage(draft.id, source, header["register"], header["topic"], document, tuple(draft.sentences))


def sentences_of(pages: Iterable[LabelledPage]) -> list[tuple[LabelledPage, LabelledSentence]]:
    """All sentences of all pages, each with its page, in order."""
    return [(page, sentence) for page in pages for sentence in page.sentences]
