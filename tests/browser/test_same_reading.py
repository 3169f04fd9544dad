"""The two doors agree: what the extension's collector reads of a page is what the HTML reader reads of its markup.

Each page of tests/pages is opened in Chromium, the collector's own files run in it, and their blocks are compared with
:func:`read_page`'s: text, kind, introduction, links, and the elements that a block stands in. That is done without the
page's style sheets and with all that is folded opened, since markup alone does not tell what those hide. As the page
shows itself, the main text that is made of it must be the same.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin

import pytest
from flask import Flask, Response, send_from_directory
from playwright.sync_api import Browser, Page, Playwright

from classifier.document import Block, Document
from classifier.reading import read_html
from classifier.reading.html import read_page
from server.api.asked import AskedAnalysis
from server.api.documents import read_blocks, read_document, read_elements
from tests.browser import fake_server
from tests.conftest import need_program

PAGES = Path(__file__).parent.parent / "pages"
CONTENT = Path(__file__).parents[2] / "extension" / "content"
FILES = ("dom", "trees", "slices", "text", "left-out", "kinds", "links", "elements", "blocks", "walk")
# A page's own style sheets put aside, and everything unfolded.
PLAIN = """() => {
  for (const sheet of document.styleSheets) sheet.disabled = true;
  for (const details of document.querySelectorAll("details")) details.open = true;
}"""
# What only the page's style sheet hides, which markup alone does not tell.
HIDDEN_BY_STYLE_SHEET = {
    "hidden-text.html": ("Printed from Prairie Kids Health. Check online for the latest version.",),
}
NAMES = sorted(page.name for page in PAGES.glob("*.html"))


@pytest.fixture(scope="module")
def pages() -> Iterator[str]:
    """Address of the folder of pages."""
    app = Flask("pages")

    @app.get("/<path:name>")
    def page(name: str) -> Response:
        return send_from_directory(PAGES, name)

    server, address = fake_server.run(app)
    yield address
    server.shutdown()


@pytest.fixture(scope="module")
def window(playwright: Playwright) -> Iterator[Page]:
    """A window of Chromium in which nothing but the page and the collector runs."""
    program = need_program("chromium", "chromium-browser")
    browser: Browser = playwright.chromium.launch(executable_path=program, headless=True)
    yield browser.new_page()
    browser.close()


def collect(window: Page) -> dict[str, Any]:
    """What the collector reads of the page that is open."""
    code = "\n".join((CONTENT / f"{name}.js").read_text("utf-8") for name in FILES)
    answer = "const { blocks, elements } = await readBlocks(); return { blocks: blocks.map((b) => b.wire), elements };"
    sent: dict[str, Any] = window.evaluate(f"async () => {{ {code}\n{answer} }}")
    return sent


def chain(document: Document, block: Block) -> list[tuple[Any, ...]]:
    """The elements that a block stands in, with their names, innermost first."""
    found, index = [], block.element
    while index is not None:
        element = document.elements[index]
        found.append((element.tag, element.id, element.names, element.role, element.is_hidden))
        index = element.parent
    return found


def told(document: Document, address: str) -> list[tuple[Any, ...]]:
    """All that is compared of a document's blocks."""
    numbers = {block.id: number for number, block in enumerate(document.blocks)}
    return [
        (
            block.kind,
            block.text,
            numbers[block.intro] if block.intro else None,
            [(link.start, link.end, _target(link.href, address), link.resolved) for link in block.links],
            chain(document, block),
        )
        for block in document.blocks
    ]


def _target(href: str, address: str) -> str:
    """Where a link leads, in one way of writing."""
    url, fragment = urldefrag(urljoin(address, href))
    here = fragment or href.startswith("#")
    return unquote(f"#{fragment}" if here and url == address else urljoin(address, href))


def words(block: Block) -> str:
    """A block's text in one line: a style sheet may keep the line breaks of the markup."""
    return " ".join(block.text.split())


def read_sent(sent: dict[str, Any]) -> Document:
    """All blocks of a request, none left out."""
    asked = AskedAnalysis.model_validate(sent)
    return Document(read_blocks(asked.blocks or []), elements=read_elements(asked))


def test_there_are_pages_enough() -> None:
    assert len(NAMES) >= 40


@pytest.mark.parametrize("name", NAMES)
def test_the_collector_reads_what_the_markup_says(window: Page, pages: str, name: str) -> None:
    address = f"{pages}/{name}"
    window.goto(address)
    window.evaluate(PLAIN)
    markup = read_page((PAGES / name).read_text("utf-8"))
    assert told(read_sent(collect(window)), address) == told(markup, address)


@pytest.mark.parametrize("name", NAMES)
def test_the_main_text_is_the_same_through_both_doors(window: Page, pages: str, name: str) -> None:
    address = f"{pages}/{name}"
    window.goto(address)
    window.evaluate("() => document.querySelectorAll('details').forEach((details) => (details.open = true))")
    sent = {**collect(window), "title": window.title()}
    seen = read_document(AskedAnalysis.model_validate(json.loads(json.dumps(sent))), max_blocks=20_000)
    markup = read_html((PAGES / name).read_text("utf-8"))
    hidden = HIDDEN_BY_STYLE_SHEET.get(name, ())
    expected = [(block.kind, words(block)) for block in markup.blocks if words(block) not in hidden]
    assert [(block.kind, words(block)) for block in seen.blocks] == expected
