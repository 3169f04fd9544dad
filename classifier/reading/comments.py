"""Comments and forum posts, told by the names of the elements that they stand in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from classifier.document import Element
from classifier.reading.furniture import name_words

# Forums and question sites call what holds the words of one post so.
_HOLDERS = frozenset(
    """
    cooked postbody post-message postcontent post-text bbwrapper message-body messagecontent messagetext
    forum-post-content forum-post-body topic-post-body bbp-reply-content bbp-topic-content usertext-body js-post-body
    answer-body post-entry-content comment-copy thread-post-content
    """.split()
)
# A page with so many of them is a thread.
LEAST_POSTS = 2
# One of these as the last word, or the one before a part, names what readers wrote.
_NAMES = frozenset(
    """
    comment comments commentlist commentary disqus responses replies forum thread postbody postlist post-stream
    topic-post message-body bbwrapper answers answer guestbook review reviews
    """.split()
)
_PARTS = frozenset(
    """
    list lists area section wrap wrapper container thread threads body content text item inner children post posts
    stream block region entries entry message messages header title
    """.split()
)
_LAYOUT = frozenset("has have no with without open closed allow count link links form reply respond".split())
_TAGS = re.compile(r"[a-z]+-comments?(?:-\w+)*$|comments?-[a-z]+(?:-\w+)*$")


def holds_comments(element: Element) -> bool:
    """Whether an element says by its names that what stands in it was written by readers."""
    tag = element.tag
    if tag in ("body", "main") or (len(tag) == 2 and tag.startswith("h")):
        return False
    if "-" in tag and _TAGS.match(tag):
        return True
    return bool(element.names or element.id) and _names_comments(f"{element.names} {element.id}")


def find_thread(elements: Sequence[Element]) -> set[int]:
    """The elements that hold the words of a thread's posts, with all in them; none where the page is no thread."""
    held: set[int] = set()
    count = 0
    for index, element in enumerate(elements):
        if element.parent in held:
            held.add(index)
        elif (element.names or element.id) and _names_holder(f"{element.names} {element.id}"):
            held.add(index)
            count += 1
    return held if count >= LEAST_POSTS else set()


@lru_cache(maxsize=10_000)
def _names_holder(names: str) -> bool:
    return any(name.lower().replace("_", "-").rstrip("0123456789-") in _HOLDERS for name in names.split())


@lru_cache(maxsize=10_000)
def _names_comments(names: str) -> bool:
    return any(map(_is_comment_name, names.split()))


def _is_comment_name(name: str) -> bool:
    if name.lower().replace("_", "-") in _NAMES:
        return True
    words = name_words(name)
    if not words or not _LAYOUT.isdisjoint(words):
        return False
    while len(words) > 1 and words[-1] in _PARTS:
        words = words[:-1]
    return words[-1] in _NAMES
