"""Markdown, by way of the HTML that it stands for (CommonMark with tables and footnotes, front matter left out)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

from classifier.document import Document
from classifier.reading.forum_quotes import is_attribution
from classifier.reading.html import read_html

# TOML between plus signs, as some site builders want it; YAML between dashes is the plugin's.
_TOML_FRONT_MATTER = re.compile(r"\A\+\+\+[ \t]*\n(?:.*\n)*?\+\+\+[ \t]*(?:\n|\Z)")


def read_markdown(text: str, *, url: str | None = None, title: str | None = None, lang: str | None = None) -> Document:
    """The blocks of a Markdown text. Of a reply, what another wrote is left out."""
    markdown = MarkdownIt("commonmark").enable("table").use(front_matter_plugin).use(footnote_plugin)
    tokens = markdown.parse(_TOML_FRONT_MATTER.sub("", text.replace("\r\n", "\n").removeprefix("\ufeff")))
    _mark_replies(tokens)
    html: str = markdown.renderer.render(tokens, markdown.options, {})
    return read_html(html, url=url, title=title, lang=lang)


def _mark_replies(tokens: Sequence[Token]) -> None:
    """Mark block quotes under a line such as "On Monday Ada wrote:", which the HTML's reader then leaves out."""
    line = ""
    for token in tokens:
        if token.type == "inline":
            line = token.content
        elif token.type == "blockquote_open" and is_attribution(line):
            token.attrSet("class", "quoted-reply")
        elif token.type == "blockquote_close":
            line = ""
