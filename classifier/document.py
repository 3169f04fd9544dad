"""The shapes that everything here speaks: what is read, and what is said about it.

All offsets are Unicode code points and half-open (``start <= i < end``). Clients that count otherwise convert at
their edge
with :mod:`classifier.offsets`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, get_args

from classifier.tally import Tally
from classifier.taxonomy import Severity

BlockKind = Literal[
    "h1", "h2", "h3", "h4", "h5", "h6", "p", "li", "blockquote", "pre", "td", "figcaption", "dt", "dd", "post"
]
BLOCK_KINDS: tuple[str, ...] = get_args(BlockKind)
# Tags, ids, classes and roles are read no further than this many characters.
NAME_LIMIT = 200
State = Literal["checked", "partly-checked", "not-checked"]
Setting = Literal["few", "balanced", "more"]
SETTINGS: tuple[Setting, ...] = get_args(Setting)
SourceSeen = Literal["sentence", "block", "page", "nowhere"]
# Who raised a flag: the model, or the team's own phrase list.
Origin = Literal["model", "list"]


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text: code points ``start`` to ``end``, the end not included."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Link:
    """A link or citation marker inside a block's text.

    ``resolved`` is false for a marker whose target the page lacks. A raised marker without a link has an empty
    ``href``.
    """

    start: int
    end: int
    href: str
    resolved: bool = True


@dataclass(frozen=True, slots=True)
class Element:
    """An element of a page that text stands in: what it is called, and in which element it stands.

    ``parent`` is the place of that one among the document's elements, lower than its own; ``None`` for the outermost.
    ``names`` are its classes. ``is_hidden``: hidden from screen readers by its own word, though not from sight.
    """

    tag: str
    parent: int | None = None
    id: str = ""
    names: str = ""
    role: str = ""
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list item or the like.

    ``intro`` is the id of the block that introduces a list item. ``cite`` is the address in a quote element's ``cite``
    attribute. ``path`` is the element path in the page it came from, outermost first (``body/main/article/p``), and
    ``element`` the place of the innermost element of it among the document's ``elements``. ``offset`` is where the
    block begins in a plain text that was read; the block's text then has the length of what it was read from.
    ``anchors`` are the names of elements in it that a fragment of an address can lead to.
    ``is_quoted`` tells that another poster wrote it and a reply quotes it: it is shown, and not scored.
    """

    id: str
    kind: BlockKind
    text: str
    intro: str | None = None
    links: tuple[Link, ...] = ()
    cite: str | None = None
    path: str | None = None
    offset: int | None = None
    anchors: tuple[str, ...] = ()
    element: int | None = None
    is_quoted: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A page or a post as blocks in reading order.

    ``key`` stands for the page in fingerprints (its address without query, or a post's id). ``elements`` are those
    that blocks stand in, parents before children; none where the blocks are all that is known.
    """

    blocks: tuple[Block, ...]
    url: str | None = None
    title: str | None = None
    lang: str | None = None
    key: str = ""
    elements: tuple[Element, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: ``text`` is exactly ``document.blocks[block].text[start:end]``."""

    block: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words in a flagged stretch that weighed most; offsets into the block's text, ``weight`` in log-odds."""

    start: int
    end: int
    weight: float


@dataclass(frozen=True, slots=True)
class Quote:
    """The flagged words with up to 32 code points on either side, so that a client can find them again."""

    exact: str
    prefix: str
    suffix: str


@dataclass(frozen=True, slots=True)
class Listed:
    """What a team's phrase list says of the words: the phrase, why they are marked, and a note for moderators."""

    phrase: str
    reason: str
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Flag:
    """One thing to tell the reader: this stretch of this block carries this flag.

    ``id`` is a fingerprint of page key, flag and normalised words, so it survives edits elsewhere on the page.
    ``confidence`` is a calibrated probability; 1 where a team's list raised the flag, which nobody has to guess.
    ``source`` says where a claim's or quote's source was found. ``listed``: what the list says, also of a flag that
    the model raised by itself.
    """

    id: str
    flag: str
    block: str
    start: int
    end: int
    quote: Quote
    confidence: float
    severity: Severity
    evidence: tuple[Evidence, ...] = ()
    source: SourceSeen | None = None
    origin: Origin = "model"
    listed: Listed | None = None


@dataclass(frozen=True, slots=True)
class ModelId:
    """Which model spoke: its version and the SHA-256 digest of its weights."""

    version: str
    digest: str

    @property
    def name(self) -> str:
        """Both in one, as it stands beside what the model read."""
        return f"{self.version} {self.digest[:64]}"


@dataclass(frozen=True, slots=True)
class Report:
    """What the detector says of one document.

    ``by_flag`` holds the highest confidence of every flag, also under its threshold. ``state_reason`` is a sentence
    for the reader, present unless everything was checked. ``tally`` counts what the sentences look like to the model.
    """

    model: ModelId
    document: Document
    state: State
    state_reason: str | None
    language: str | None
    sentences: int
    flags: tuple[Flag, ...] = ()
    by_flag: dict[str, float] = field(default_factory=dict)
    tally: Tally | None = None

    @property
    def counts(self) -> dict[str, int]:
        """How many flags of each kind, only kinds that occur."""
        counts: dict[str, int] = {}
        for flag in self.flags:
            counts[flag.flag] = counts.get(flag.flag, 0) + 1
        return counts
