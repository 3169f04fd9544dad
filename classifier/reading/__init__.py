"""Anything in, a Document out: HTML, Markdown and plain text give the same shape."""

from classifier.reading.html import read_html
from classifier.reading.main_text import keep_main_text
from classifier.reading.markdown import read_markdown
from classifier.reading.text import read_text

__all__ = ["keep_main_text", "read_html", "read_markdown", "read_text"]
