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
# Clipped, shrunk to a dot or pushed out of the window.
_PLACED = re.compile(r"(?<![-\w])position\s*:\s*(?:absolute|fixed)", re.I)
_AWAY = re.compile(r"(?<![-\w])(?:clip\s*:\s*rect\(\s*[01]|(?:left|top)\s*:\s*-(?:999|\d{4}))", re.I)
_DOT = re.compile(r"(?<![-\w])(width|height)\s*:\s*[01](?:px)?\s*(?:;|!|\Z)|(?<![-\w])(overflow)\s*:\s*hidden", re.I)
# Words for screen readers or editors only, inside a line; of whole boxes the main-text rule judges by their share.
_FOR_SCREEN_READERS = re.compile(
    r"(?<!\S)(?:\S*[-_])?(?:visually-?hidden|(?<!not-)sr-only|screen-reader-(?:text|only)|mw-editsection|headerlink)(?!\S)",
    re.I,
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
        or ("style" in attributes and _is_hidden_style(attributes["style"]))
        or (name in _INLINE and is_for_screen_readers(attributes.get("class", "")))
    )


def _is_hidden_style(style: str) -> bool:
    if _HIDDEN_STYLE.search(style):
        return True
    return bool(_PLACED.search(style)) and bool(_AWAY.search(style) or len(set(_DOT.findall(style.lower()))) == 3)


def is_for_screen_readers(names: str) -> bool:
    """Whether one of these classes says that words are to be heard and not seen."""
    return _FOR_SCREEN_READERS.search(names) is not None
