"""Markup read as browsers read it, by lexbor in C, for pages that :mod:`classifier.reading.taming` finds harmless.

lexbor's tree is written out again as markup, in which every element is closed and every value quoted; one pattern then
finds its pieces, which is several times as quick as asking node by node.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from selectolax.lexbor import LexborHTMLParser

from classifier.reading.about import About, clean_title, language_of
from classifier.reading.unseen import VOID
from classifier.reading.walk import Walk

# Their content is written out raw, with whatever looks like markup in it. None of it is text.
_RAW = ["script", "style", "iframe", "noembed", "noframes"]
_PIECE = re.compile(
    r"""<(?:(/?)([^\s/>!?][^\s/>]*)((?:\ [^\s/>][^\s/>=]*="[^"]*")*)>|!--.*?-->|[!?][^>]*>)|([^<]+)""", re.S | re.X
)
_ATTRIBUTE = re.compile(r' ([^\s/>][^\s/>=]*)="([^"]*)"')
# Text in noscript is not seen where scripts run; lexbor would read it, and even take it out of the page's head.
_NOSCRIPT = re.compile(
    r"<!--(?:-?>|.*?(?:--!?>|\Z))|<(noscript|script|style|textarea|title)(?=[\s/>]).*?(?:</\1(?=[\s/>])[^>]*>|\Z)",
    re.S | re.I,
)
_HAS_NOSCRIPT = re.compile("<noscript", re.I)
_NONE: Mapping[str, str] = {}


def walk_lexbor(html: str, walk: Walk) -> About:
    """Lead a walk through a page."""
    if _HAS_NOSCRIPT.search(html):
        html = _NOSCRIPT.sub(lambda found: "" if (found[1] or "").lower() == "noscript" else found[0], html)
    tree = LexborHTMLParser(html)
    tree.strip_tags(_RAW)
    seen: dict[str, Mapping[str, str]] = {"": _NONE}
    for closing, name, written, text in _pieces(tree.html or ""):
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
    return _about(tree)


def _pieces(markup: str) -> Iterator[tuple[str, ...]]:
    return (found.groups("") for found in _PIECE.finditer(markup))


def _attributes(written: str) -> Mapping[str, str]:
    return {name: _plain(value) if "&" in value else value for name, value in _ATTRIBUTE.findall(written)}


def _plain(text: str) -> str:
    text = text.replace("&nbsp;", "\xa0").replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"')
    return text.replace("&amp;", "&")


def _about(tree: LexborHTMLParser) -> About:
    heading = tree.css_first("head > title") or tree.css_first("title")
    declared = []
    for node in (tree.root, tree.body):
        given = node.attributes if node else {}
        declared.append(given.get("lang") or given.get("xml:lang") or "")
    return About(clean_title(heading.text() if heading else ""), language_of(declared))
