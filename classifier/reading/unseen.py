"""What of a page nobody sees as text: scripts, form fields, editable parts, and what is hidden by its own word."""

from __future__ import annotations

import re
from collections.abc import Mapping

NEVER_TEXT = frozenset(
    """
    script style noscript template title svg math canvas object embed iframe frameset frame noframes noembed
    audio video map datalist input textarea select option optgroup button progress meter output applet
    """.split()
)
# These hold the page; text in or beside them is the page's text.
OUTER = frozenset({"html", "head", "body"})
# Elements without an end tag.
VOID = frozenset(
    """
    area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr
    """.split()
)
# Roles of fields and buttons that are made of other elements.
_FIELD_ROLES = frozenset("textbox searchbox combobox button slider spinbutton".split())
_HIDDEN_STYLE = re.compile(r"(?<![-\w])(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))", re.I)
# Words for screen readers only, inside a line; of a whole box the main-text rule judges by how much it holds.
_FOR_SCREEN_READERS = re.compile(
    r"(?<!\S)(?:\S*[-_])?(?:visually-?hidden|(?<!not-)sr-only|screen-reader-(?:text|only))(?!\S)", re.I
)
_INLINE = frozenset("span a b strong em i small abbr label".split())
# Attributes that make an element unseen, to be asked for only where one of them stands.
TELLING = frozenset({"hidden", "contenteditable", "role", "style", "class"})


def is_unseen(name: str, attributes: Mapping[str, str]) -> bool:
    """Whether an element is no text wherever it stands: its kind says so, or it is hidden."""
    if name in NEVER_TEXT or (name == "dialog" and "open" not in attributes):
        return True
    if not attributes or TELLING.isdisjoint(attributes):
        return False
    return (
        "hidden" in attributes
        or attributes.get("contenteditable", "false").strip().lower() != "false"
        or attributes.get("role", "").strip().lower() in _FIELD_ROLES
        or bool(_HIDDEN_STYLE.search(attributes.get("style", "")))
        or (name in _INLINE and is_for_screen_readers(attributes.get("class", "")))
    )


def is_for_screen_readers(names: str) -> bool:
    """Whether one of these classes says that words are to be heard and not seen."""
    return _FOR_SCREEN_READERS.search(names) is not None
