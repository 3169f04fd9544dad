"""Anything in, a Document out: HTML, Markdown, BBCode and plain text give the same shape."""

from collections.abc import Callable

from classifier.document import Document
from classifier.reading.bbcode import read_bbcode
from classifier.reading.html import read_html
from classifier.reading.main_text import keep_main_text
from classifier.reading.markdown import read_markdown
from classifier.reading.text import read_text

# Every form that a text may come in, by the name that commands and rows know it by.
READERS: dict[str, Callable[..., Document]] = {
    "html": read_html,
    "markdown": read_markdown,
    "bbcode": read_bbcode,
    "text": read_text,
}

__all__ = ["READERS", "keep_main_text", "read_bbcode", "read_html", "read_markdown", "read_text"]
