"""Markup read as browsers read it, by lexbor in C.

lexbor's tree is written out again as markup, in which every element is closed and every value quoted; one pattern then
finds its pieces, which is several times as quick as asking node by node.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from selectolax.lexbor import LexborHTMLParser

from classifier.reading.unseen import VOID
from classifier.reading.walk import Walk

_PIECE = re.compile(
    r"""<(?:(/?)([^\s/>!?][^\s/>]*)((?:\ [^\s/>][^\s/>=]*="[^"]*")*)>|!--.*?-->|[!?][^>]*>)|([^<]+)""", re.S | re.X
)
_ATTRIBUTE = re.compile(r' ([^\s/>][^\s/>=]*)="([^"]*)"')


def walk_lexbor(markup: str, walk: Walk) -> None:
    """Lead a walk through a page. The markup is tame: it holds no raw text, which would be written out raw."""
    seen: dict[str, Mapping[str, str]] = {"": {}}
    for closing, name, written, text in _PIECE.findall(LexborHTMLParser(markup).html or ""):
        if text:
            walk.text(_plain(text) if "&" in text else text)
        elif closing:
            if name not in VOID:
                walk.close(name)
        elif name:
            attributes = seen.get(written)
            if attributes is None:
                attributes = seen[written] = _attributes(written)
            walk.open(name, attributes)
    walk.end_block()


def _attributes(written: str) -> Mapping[str, str]:
    return {name: _plain(value) if "&" in value else value for name, value in _ATTRIBUTE.findall(written)}


def _plain(text: str) -> str:
    text = text.replace("&nbsp;", "\xa0").replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"')
    return text.replace("&amp;", "&")
