"""How long reading a page of 250 kB takes, beside what parsing alone takes: ``python -m tests.bench.html``.

Every time is told in milliseconds and as a ratio to each library's parsing in the same run, which says more than the
milliseconds of one machine. The page is made of the bodies of tests/pages, one after the other, so that it is as dense
with markup as they are.
"""

from __future__ import annotations

import re
import statistics
import time
from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path

from bs4 import BeautifulSoup
from selectolax.lexbor import LexborHTMLParser

from classifier.reading import keep_main_text, read_html
from classifier.reading.html import read_page
from classifier.reading.taming import tame

PAGES = Path(__file__).parent.parent / "pages"
LENGTH = 250_000
ROUNDS = 15
_BODY = re.compile(r"<body[^>]*>(.*)</body>", re.S | re.I)


def _bodies() -> Iterator[str]:
    pages = sorted(PAGES.glob("*.html"))
    for page in cycle(pages):
        html = page.read_text("utf-8")
        body = _BODY.search(html)
        yield f"<div>{body[1] if body else html}</div>"


def large_page(length: int = LENGTH) -> str:
    """A page of about so many characters."""
    parts: list[str] = []
    for body in _bodies():
        parts.append(body)
        if sum(map(len, parts)) >= length:
            break
    return f"<!doctype html><html lang=en><head><title>Large</title></head><body>{''.join(parts)}</body></html>"


def measure(run: Callable[[], object]) -> float:
    """Median milliseconds of computing."""
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        run()
        times.append(time.process_time() - start)
    return statistics.median(times) * 1000


def main() -> None:
    """Measure and print."""
    html = large_page()
    page = read_page(html)
    steps: dict[str, Callable[[], object]] = {
        "lexbor, parsing alone": lambda: LexborHTMLParser(html),
        "html.parser, parsing alone": lambda: BeautifulSoup(html, "html.parser"),
        "taming": lambda: tame(html),
        "reading of all that is shown": lambda: read_page(html),
        "choosing its main text": lambda: keep_main_text(page),
        "reading as a whole": lambda: read_html(html),
    }
    print(f"a page of {len(html) / 1000:.0f} kB, {html.count('<')} tags, {len(page.blocks)} blocks, median of {ROUNDS}")
    found = {name: measure(run) for name, run in steps.items()}
    print(f"{'':32} {'':10} of lexbor's  of html.parser's")
    lexbor, parser, *_ = found.values()
    for name, milliseconds in found.items():
        print(f"{name:32} {milliseconds:7.1f} ms {milliseconds / lexbor:11.1f} {milliseconds / parser:16.2f}")


if __name__ == "__main__":
    main()
