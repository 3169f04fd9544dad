"""Whether a text is a cry for help, only about the subject, or merely uses the words.

Wording is all there is to go by, and it is read with a lean: a help notice too many costs a glance, one too few may
cost a life. So a cry needs one sign, a subject needs to be what the page is about, and only known figures of speech
("this deadline is killing me") are set aside. English only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby

from classifier.document import Block, Document
from classifier.sentences import split_document
from server.context.distress_words import (
    BODY_FAILS,
    FIGURES,
    LENT,
    ME,
    OTHERS_SIGNS,
    OTHERS_WORDS,
    PERSON,
    QUIET,
    RAN_OUT,
    SELF,
    SUBJECT,
    TAKEN,
    TESTIMONIAL,
    THOUGHT,
    WITHDRAWAL,
)
from server.context.names import lowered

# A page is about the subject when a heading says so, or when at least this many sentences, and this share of all, do.
LEAST_SENTENCES, LEAST_SHARE = 2, 0.15


@dataclass(frozen=True, slots=True)
class Distress:
    """``cries`` are the blocks in which somebody asks for help or fears for another; ``about`` those on the subject."""

    cries: tuple[str, ...] = ()
    about: tuple[str, ...] = ()


def find_distress(document: Document) -> Distress:
    """Read a document for people in need. One pass over its sentences."""
    cries: list[str] = []
    about: list[str] = []
    hits = total = 0
    for at, group in groupby(split_document(document), key=lambda sentence: sentence.block):
        sentences = list(group)
        plain = [_plain(sentence.text) for sentence in sentences]
        block = document.blocks[at]
        if _is_cry(plain):
            cries.append(block.id)
        named = sum(bool(SUBJECT.search(text)) for text in plain)
        hits, total = hits + named, total + len(plain)
        if named:
            about.append(block.id)
    is_about = _is_announced(document) or hits >= max(LEAST_SENTENCES, LEAST_SHARE * total)
    return Distress(_with_neighbours(document, cries), tuple(about) if is_about else ())


def _plain(text: str) -> str:
    """A sentence or heading in small letters, figures of speech and words lent to somebody taken out."""
    text = LENT.sub(r"\1 ", lowered(text))
    return FIGURES.sub(" ", text if TAKEN.search(text) else THOUGHT.sub(" ", text))


def _is_cry(sentences: list[str]) -> bool:
    """Whether somebody speaks of themselves, or of a person who is named in the same block."""
    now = [text for text in sentences if not TESTIMONIAL.search(text)]
    if any(SELF.search(text) or QUIET.search(text) for text in now):
        return True
    if any(RAN_OUT.search(text) for text in now) and any(_is_own_body(text) for text in now):
        return True
    if any(OTHERS_WORDS.search(text) or (ME.search(text) and WITHDRAWAL.search(text)) for text in sentences):
        return True
    return any(PERSON.search(text) for text in sentences) and any(OTHERS_SIGNS.search(text) for text in sentences)


def _is_own_body(text: str) -> bool:
    """Whether the writer's body fails: said with "I", or, as in haste, with nobody named before it."""
    return bool(BODY_FAILS.search(text) and (ME.search(text) or BODY_FAILS.match(text.lstrip())))


def _is_announced(document: Document) -> bool:
    """Whether the title or a heading names the subject."""
    headings = [block.text for block in document.blocks if re.fullmatch("h[1-6]", block.kind)]
    return any(SUBJECT.search(_plain(text)) for text in (document.title or "", *headings))


def _with_neighbours(document: Document, cries: list[str]) -> tuple[str, ...]:
    """The blocks of a cry with the paragraphs beside it: a person's words seldom end with one paragraph.

    A post is a whole of its own, so another person's post beside it is not drawn in.
    """
    blocks = document.blocks
    wanted = set(cries)
    for at, block in enumerate(blocks):
        if block.id in cries and block.kind != "post":
            wanted |= {beside.id for beside in blocks[max(0, at - 1) : at + 2] if _is_paragraph(beside)}
    return tuple(block.id for block in blocks if block.id in wanted)


def _is_paragraph(block: Block) -> bool:
    return block.kind in ("p", "li", "blockquote")
