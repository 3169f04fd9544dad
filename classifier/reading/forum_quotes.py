"""What another poster wrote, quoted in a reply: told by the marks that forum programs and mail programs set.

A reply that quotes a claim is not the claimant, so quoted posts are no part of the text; see docs/decisions/.
An article's own block quote carries none of these marks and is read as a quotation.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from classifier.document import Block, Element

# phpBB, vBulletin, XenForo, Invision, MyBB, SMF, vanilla and Discourse; then mail programs.
_CLASSES = frozenset(
    """
    bbcode_quote bbcode_container quotecontent quotetitle uncited bbcodeblock--quote bbcodeblock-expandcontent ipsquote
    mycode_quote bbc_standard_quote bbc_alternate_quote quoteheader quotefooter userquote js-quote
    gmail_quote gmail_attr yahoo_quoted moz-cite-prefix protonmail_quote quoted-reply
    """.split()
)
_TAGS = frozenset({"blockquote", "div", "aside", "table", "p", "span"})
_ATTRIBUTES = ("data-quote", "data-ipsquote", "data-ipsquote-username", "data-username")
# The class that stands for such an attribute; the extension's collector sets it by the same rule.
QUOTED_REPLY = "quoted-reply"
_LONGEST_ATTRIBUTION = 200
_WROTE = re.compile(
    r"\b(?:wrote|said|posted|schrieb|a écrit)\b[^.!?]{0,60}:?\s*(?:↑|→|\[?click to (?:expand|go)[^\n]*)?\s*$", re.I
)


def names_of(tag: str, attributes: Mapping[str, str]) -> str:
    """An element's classes, and one more where another attribute tells of a quoted reply."""
    names = attributes.get("class", "").strip()
    is_mail = tag == "blockquote" and attributes.get("type", "").strip().lower() == "cite"
    is_forum = tag in ("blockquote", "aside") and any(name in attributes for name in _ATTRIBUTES)
    return f"{names} {QUOTED_REPLY}".strip() if is_mail or is_forum else names


def find_quoted(blocks: Sequence[Block], elements: Sequence[Element]) -> list[str | None]:
    """For each element why it is left out: it quotes another poster or an earlier mail."""
    found = [element.tag in _TAGS and not _CLASSES.isdisjoint(element.names.lower().split()) for element in elements]
    seen: set[int] = set()
    for block in blocks:
        quote = _innermost_quote(block.element, elements)
        if quote is not None and quote not in seen:
            seen.add(quote)
            # The first thing in phpBB's block quotes says who wrote what follows.
            is_short = len(block.text) <= _LONGEST_ATTRIBUTION
            found[quote] |= is_short and block.kind == "p" and bool(_WROTE.search(block.text))
    return ["another's words in a reply" if is_quoted else None for is_quoted in found]


def _innermost_quote(index: int | None, elements: Sequence[Element]) -> int | None:
    for _ in range(4):
        if index is None or elements[index].tag == "blockquote":
            return index
        index = elements[index].parent
    return None


def is_attribution(line: str) -> bool:
    """Whether a line introduces another's words: "On Monday Ada wrote:"."""
    line = line.strip()
    return len(line) <= _LONGEST_ATTRIBUTION and line.endswith(":") and bool(_WROTE.search(line))
