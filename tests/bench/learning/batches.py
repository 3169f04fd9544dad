"""Our own pages as posts of a forum, and batches of decisions on them, honest and flipped."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from classifier.decided import DecidedPage, read_decided
from classifier.judgements import read_judgements
from classifier.labels import LabelledPage, LabelledSentence, read_pages
from classifier.model import BUNDLE, check_files, read_manifest
from classifier.taxonomy import flag_ids

EVERY, POSTS, A_POST, OTHERS = 4, 2000, 3, 9
# Of the flags that are missing moderators notice every second.
NOTICED = 2


@dataclass(frozen=True, slots=True)
class Batch:
    """``own`` posts are decided by one account, which answers ``flipped`` of them the wrong way round."""

    name: str
    own: int
    flipped: int
    seed: int = 5


@dataclass(frozen=True)
class Post:
    """Some sentences of a page that stand together, with what the model says there without knowing them."""

    page: LabelledPage
    sentences: Sequence[LabelledSentence]
    confidences: np.ndarray
    raised: np.ndarray


@dataclass(frozen=True)
class Forum:
    """The posts, and the page files that they come from."""

    posts: Sequence[Post]
    files: frozenset[str]

    def decided(self, batch: Batch) -> tuple[list[DecidedPage], list[np.ndarray]]:
        """The batch as a file that is read back, and the model's confidences for its posts."""
        order = np.random.default_rng(batch.seed).permutation(len(self.posts))
        person, flipped = {}, set(order[: batch.flipped].tolist())
        for place, number in enumerate(order.tolist()):
            person[number] = "m-0" if place < batch.own else f"m-{1 + place % OTHERS}"
        with TemporaryDirectory() as folder:
            path = Path(folder) / "labels.jsonl"
            with path.open("w", encoding="utf-8") as out:
                for number, post in enumerate(self.posts):
                    for row in _rows(number, post, person[number], is_flipped=number in flipped):
                        out.write(json.dumps(row) + "\n")
            pages = read_decided(path)
        return pages, [self.posts[int(page.page.id.removeprefix("post-"))].confidences for page in pages]


def forum_of_pages() -> Forum:
    """Every fourth page file, as far as the posts are wanted. The bundle must know the pages as they are now."""
    check_files(BUNDLE, read_manifest(BUNDLE))
    judged = read_judgements(BUNDLE)
    pages, raised = read_pages(), judged.raised()
    files = frozenset(sorted({page.source for page in pages})[::EVERY])
    posts, start = [], 0
    for page in pages:
        for place in range(0, len(page.sentences), A_POST):
            part = page.sentences[place : place + A_POST]
            rows = slice(start + place, start + place + len(part))
            if page.source in files:
                posts.append(Post(page, part, judged.confidences[rows], raised[rows]))
        start += len(page.sentences)
    if start != len(judged.keys):
        raise SystemExit("The bundle was made from other pages: run 'pinch train' first.")
    return Forum(posts[:POSTS], files)


def _rows(number: int, post: Post, person: str, *, is_flipped: bool) -> Iterator[dict[str, Any]]:
    """What the export would hold of this post."""
    blocks = {block: list(rows) for block, rows in groupby(post.sentences, key=lambda row: row.sentence.block)}
    is_bare = not post.raised.any()
    for place, row in enumerate(post.sentences):
        block = post.page.document.blocks[row.sentence.block]
        said = list(_said(row, post.raised[place], is_flipped=is_flipped, notices=number % NOTICED == 0))
        if is_flipped and is_bare and not place and "overclaim" not in row.flags:
            said.append(("overclaim", "present"))
        links = [(block.text[link.start : link.end], link) for link in block.links]
        yield {
            "page": f"post-{number}",
            "thread": post.page.id,
            "i": place,
            "block": row.sentence.block,
            "kind": block.kind,
            "text": row.sentence.text,
            "context": " ".join(other.sentence.text for other in blocks[row.sentence.block]),
            "links": [{"text": words, "href": link.href, "resolved": link.resolved} for words, link in links],
            "flags": [],
            "said": [{"flag": flag, "says": says, "person": person} for flag, says in said],
        }


def _said(
    row: LabelledSentence, is_raised: np.ndarray, *, is_flipped: bool, notices: bool
) -> Iterator[tuple[str, str]]:
    for column, flag in enumerate(flag_ids()):
        is_present = flag in row.flags
        if flag in row.contested:
            continue
        if is_raised[column]:
            yield flag, "present" if is_present != is_flipped else "absent"
        elif is_present and notices and not is_flipped:
            yield flag, "present"
