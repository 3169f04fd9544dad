"""Whether a text is a cry for help, only about the subject, or merely uses the words.

Wording is all there is to go by, and it is read with a lean: a help notice too many costs a glance, one too few may
cost a life. So a cry needs one sign, a subject needs to be what the page is about, and only known figures of speech
("this deadline is killing me") are set aside. English only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from classifier.document import Block, Document
from classifier.sentences import split_document, split_text
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
from server.context.signs import Sign, Signs

# A page is about the subject when a heading says so, or when at least this many sentences, and this share of all, do.
LEAST_SENTENCES, LEAST_SHARE = 2, 0.15
# Without any of these there is no cry; RAN_OUT alone is none.
CRIES = Signs(*SELF, *QUIET, BODY_FAILS, OTHERS_WORDS, *WITHDRAWAL, *OTHERS_SIGNS)
SUBJECTS = Signs(*SUBJECT)


@dataclass(frozen=True, slots=True)
class Distress:
    """``cries`` are the blocks in which somebody asks for help or fears for another; ``about`` those on the subject."""

    cries: tuple[str, ...] = ()
    about: tuple[str, ...] = ()


def find_distress(document: Document) -> Distress:
    """Read a document for people in need. Only a paragraph whose words some sign needs is cut and read by sentences."""
    cries: list[str] = []
    about: list[str] = []
    hits = 0
    for block in document.blocks:
        text = lowered(block.text)
        may_cry, subject = CRIES.possible(text), SUBJECTS.possible(text)
        if not may_cry and not subject:
            continue
        plain = [_plain(block.text[start:end]) for start, end in split_text(block.text)]
        if may_cry and _is_cry(plain, may_cry):
            cries.append(block.id)
        named = sum(_holds(subject, one) for one in plain)
        hits += named
        if named:
            about.append(block.id)
    is_about = _is_announced(document) or _is_much(hits, document)
    return Distress(_with_neighbours(document, cries), tuple(about) if is_about else ())


def _is_much(hits: int, document: Document) -> bool:
    """Whether so many sentences of a document are about the subject that all of it is."""
    return hits >= LEAST_SENTENCES and hits >= LEAST_SHARE * len(split_document(document))


def _holds(signs: Sequence[Sign], text: str) -> bool:
    return any(sign.pattern.search(text) for sign in signs)


def _plain(text: str) -> str:
    """A sentence or heading in small letters, figures of speech and words lent to somebody taken out."""
    text = LENT.sub(r"\1 ", lowered(text))
    return FIGURES.sub(" ", text if TAKEN.search(text) else THOUGHT.sub(" ", text))


def _is_cry(sentences: list[str], signs: Sequence[Sign]) -> bool:
    """Whether somebody speaks of themselves, or of a person named in the same block. ``signs``: those it may hold."""
    own, withdrawal, others = (_among(signs, kind) for kind in ((*SELF, *QUIET), WITHDRAWAL, OTHERS_SIGNS))
    now = [text for text in sentences if not TESTIMONIAL.search(text)] if own or BODY_FAILS in signs else []
    if any(_holds(own, text) for text in now):
        return True
    if any(RAN_OUT.pattern.search(text) for text in now) and any(_is_own_body(text) for text in now):
        return True
    if OTHERS_WORDS in signs and any(OTHERS_WORDS.pattern.search(text) for text in sentences):
        return True
    if withdrawal and any(ME.search(text) and _holds(withdrawal, text) for text in sentences):
        return True
    return any(_holds(others, text) for text in sentences) and any(PERSON.search(text) for text in sentences)


def _among(signs: Sequence[Sign], kind: Sequence[Sign]) -> list[Sign]:
    return [sign for sign in signs if sign in kind]


def _is_own_body(text: str) -> bool:
    """Whether the writer's body fails: said with "I", or, as in haste, with nobody named before it."""
    fails = BODY_FAILS.pattern
    return bool(fails.search(text) and (ME.search(text) or fails.match(text.lstrip())))


def _is_announced(document: Document) -> bool:
    """Whether the title or a heading names the subject."""
    headings = [block.text for block in document.blocks if re.fullmatch("h[1-6]", block.kind)]
    return any(_names_subject(text) for text in (document.title or "", *headings))


def _names_subject(text: str) -> bool:
    signs = SUBJECTS.possible(lowered(text))
    return bool(signs) and _holds(signs, _plain(text))


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
