"""Anything in, a Document out: HTML, Markdown and plain text give the same shape."""

from classifier.reading.html import read_html
from classifier.reading.markdown import read_markdown
from classifier.reading.text import read_text

__all__ = ["read_html", "read_markdown", "read_text"]
