"""Markdown, by way of the HTML that it stands for (CommonMark with tables)."""

from __future__ import annotations

from markdown_it import MarkdownIt

from classifier.document import Document
from classifier.reading.html import read_html


def read_markdown(text: str, *, url: str | None = None, title: str | None = None, lang: str | None = None) -> Document:
    """The blocks of a Markdown text."""
    html = MarkdownIt("commonmark").enable("table").render(text)
    return read_html(html, url=url, title=title, lang=lang)
