"""Markup read as browsers read it, by lexbor in C.

lexbor's tree is written out again as markup, in which every element is closed and every value quoted; one pattern then
finds its tags, each with the text behind it, which is several times as quick as asking node by node.
"""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser

from classifier.reading.tags import Tag
from classifier.reading.unseen import VOID
from classifier.reading.walk import Walk

_PIECE = re.compile(
    r"""<(?:([^\s/>!?][^\s/>]*+(?:(?:\ [^\s/>][^\s/>=]*+="[^"]*+")*))>|/([^>]*+)>|!--.*?-->|[!?][^>]*>)([^<]*+)""",
    re.S | re.X,
)
_ATTRIBUTE = re.compile(r' ([^\s/>][^\s/>=]*)="([^"]*)"')
# So many different tags are remembered; a page that has more is no heavier for it.
MOST_TAGS = 4_000


def walk_lexbor(markup: str, walk: Walk) -> None:
    """Lead a walk through a page. The markup is tame: it holds no raw text, which would be written out raw."""
    seen: dict[str, Tag] = {}
    open_tag, close_tag, add_text = walk.open, walk.close, walk.text
    for piece in _PIECE.finditer(LexborHTMLParser(markup).html or ""):
        written, closed, text = piece.groups()
        if written:
            tag = seen.get(written)
            if tag is None:
                if len(seen) >= MOST_TAGS:
                    seen.clear()
                tag = seen[written] = _read_tag(written)
            open_tag(tag)
        elif closed and closed not in VOID:
            close_tag(closed)
        if text:
            add_text(_plain(text) if "&" in text else text)
    walk.end_block()


def _read_tag(written: str) -> Tag:
    name, _, rest = written.partition(" ")
    if not rest:
        return Tag(name, {})
    found = _ATTRIBUTE.findall(f" {rest}")
    return Tag(name, {name: _plain(value) if "&" in value else value for name, value in found})


def _plain(text: str) -> str:
    text = text.replace("&nbsp;", "\xa0").replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"')
    return text.replace("&amp;", "&")
