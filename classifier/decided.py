"""What moderators and readers said of sentences: the rows that ``pinch labels export`` writes (docs/learning.md).

A row is a sentence in its post, as in :mod:`classifier.label_rows`, with ``thread`` and ``said``: who said of which
flag that it fits or does not. People go by a pseudonym. Training reads ``said`` and nothing else of the labels,
because it must know who taught what.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from classifier.errors import LabelError
from classifier.label_rows import page_of, parse_row
from classifier.labels import LabelledPage
from classifier.phrases import plain
from classifier.taxonomy import flag_ids
from classifier.words import WORD

Says = Literal["present", "absent"]
_HINT = "Write the file anew with 'pinch labels export', or take the line out. See docs/learning.md."


@dataclass(frozen=True, slots=True, order=True)
class Opinion:
    """What one person said of one flag on one sentence; ``is_added`` where no flag was shown and one was missed."""

    flag: str
    person: str
    is_present: bool
    is_added: bool = False


@dataclass(frozen=True, slots=True)
class DecidedPage:
    """A post with what was said of its sentences: ``said[n]`` speaks of ``page.sentences[n]``."""

    page: LabelledPage
    thread: str
    said: tuple[tuple[Opinion, ...], ...]


@dataclass(frozen=True, slots=True)
class Label:
    """What is known of one flag on one sentence. Nothing is known where ``is_present`` is None: people disagree."""

    page: int
    sentence: int
    flag: str
    thread: str
    words: str
    is_present: bool | None
    people: tuple[str, ...]


def read_decided(path: Path) -> list[DecidedPage]:
    """The posts of a file, by their ids, whatever the order of its lines.

    Raises :class:`LabelError` that names the line, never what it held.
    """
    pages: dict[str, list[dict[str, Any]]] = defaultdict(list)
    try:
        lines = path.read_text("utf-8").split("\n")
    except UnicodeDecodeError:
        raise LabelError(f"{path.name} is not UTF-8 text.", hint=_HINT) from None
    for number, line in enumerate(lines, start=1):
        if line.strip():
            where = f"{path.name}:{number}"
            row = parse_row(line, where)
            pages[str(row["page"])].append({**row, "said": _opinions(row, where), "i": _place(row, where)})
    if not pages:
        raise LabelError(f"{path.name} holds no decisions.", hint="Decide some posts first, then export them.")
    return [_decided(page_id, sorted(rows, key=lambda row: row["i"])) for page_id, rows in sorted(pages.items())]


def _decided(page_id: str, rows: list[dict[str, Any]]) -> DecidedPage:
    thread = str(rows[0].get("thread") or page_id)
    return DecidedPage(page_of(page_id, rows), thread, tuple(row["said"] for row in rows))


def _place(row: dict[str, Any], where: str) -> int:
    place = row.get("i", 0)
    if not isinstance(place, int):
        raise LabelError(f"{where}: 'i' is not a whole number.", hint=_HINT)
    return place


def _opinions(row: dict[str, Any], where: str) -> tuple[Opinion, ...]:
    said = row.get("said", [])
    if not isinstance(said, list):
        raise LabelError(f"{where}: 'said' is no list.", hint=_HINT)
    return tuple(sorted({_opinion(one, where) for one in said}))


def _opinion(one: Any, where: str) -> Opinion:
    told = one if isinstance(one, dict) else {}
    flag, says, person = (told.get(name) for name in ("flag", "says", "person"))
    if flag not in flag_ids() or says not in ("present", "absent") or not isinstance(person, str) or not person:
        raise LabelError(f"{where}: 'said' wants flag, says (present or absent) and person.", hint=_HINT)
    return Opinion(flag, person, says == "present", says == "present" and told.get("how") == "correction")


def labels_of(pages: Sequence[DecidedPage], *, without: Iterable[str] = ()) -> list[Label]:
    """What is known of each flag of each sentence that somebody spoke of, ``without`` some people, in order.

    Where two people disagree, or one says both, nothing is known.
    """
    left_out = frozenset(without)
    labels = []
    for number, decided in enumerate(pages):
        for place, said in enumerate(decided.said):
            by_flag: dict[str, list[Opinion]] = defaultdict(list)
            for opinion in said:
                if opinion.person not in left_out:
                    by_flag[opinion.flag].append(opinion)
            words = same_words(decided.page.sentences[place].sentence.text)
            for flag, opinions in by_flag.items():
                answers = {opinion.is_present for opinion in opinions}
                known = answers.pop() if len(answers) == 1 else None
                people = tuple(sorted({opinion.person for opinion in opinions}))
                labels.append(Label(number, place, flag, decided.thread, words, known, people))
    return labels


def same_words(text: str) -> str:
    """The words of a sentence, whatever their capitals, blanks and signs."""
    return " ".join(WORD.findall(plain(text)))


def decided_digest(pages: Sequence[DecidedPage]) -> str:
    """SHA-256 of all that training reads of these posts: the same decisions give the same, in any order of lines."""
    digest = hashlib.sha256()
    for decided in pages:
        said = [[[one.flag, one.person, one.is_present, one.is_added] for one in opinions] for opinions in decided.said]
        blocks = [
            [block.kind, block.text, [link.href for link in block.links]] for block in decided.page.document.blocks
        ]
        digest.update(json.dumps([decided.page.id, decided.thread, blocks, said]).encode() + b"\0")
    return digest.hexdigest()
