"""Whether reading a page takes time in proportion to its length: ``python -m tests.bench.linear``.

Markup of every shape that is known to hurt parsers is read at rising lengths, up to eight megabytes
(``--megabytes``), each length in a process of its own. Told are the seconds of computing, how many times as
long twice the length takes on average, and the memory at the peak. The command fails when that ratio is over 2.5.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import sys
import time
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection

from classifier.reading import read_html

WORST_RATIO = 2.5
# Shorter times say more of the machine than of the reading.
LEAST_SECONDS = 0.1
START = 500_000
# The quickest of so many counts: a busy machine only makes them slower.
ROUNDS = 2


def _repeat(piece: str) -> Callable[[int], str]:
    return lambda size: piece * (size // len(piece))


def _nest(tag: str, name: str | None = None) -> Callable[[int], str]:
    end = f"</{name or tag}>"
    return lambda size: f"<{tag}>" * (n := size // (len(tag) + 2 + len(end))) + "deep words" + end * n


SHAPES: dict[str, Callable[[int], str]] = {
    "paragraphs": _repeat("<p>Some words of a paragraph, with <b>stress</b> and <a href='/x'>a link</a>.</p>\n"),
    "plain text": _repeat("Words and no more than words. "),
    "never closed div": _repeat("<div>x"),
    "never closed b": _repeat("<b class=x>x"),
    "never closed b and div": _repeat("<b><div>x</b>"),
    "never closed a and p": _repeat("<a href=x><p>w"),
    "never closed span, closed div": _repeat("<div><span>x</div>"),
    "many b, many p": lambda size: "".join(f"<b id={n}>" for n in range(size // 20)) + "<p>x" * (size // 8),
    "nested div": _nest("div"),
    "nested lists": _nest("ul><li", "ul"),
    "nested quotations": _nest("blockquote"),
    "nested spans": _nest("span"),
    "nested tables": _nest("table><tr><td", "table"),
    "nested objects": _repeat("<div><object></div>"),
    "paragraphs never closed": _repeat("<p>x"),
    "items never closed": _repeat("<li>x"),
    "cells never closed": _repeat("<td>x"),
    "text in tables": _repeat("<table>x<tr>"),
    "tag never closed": _repeat("<a "),
    "quote never closed": _repeat("<a b='\" "),
    "comment never closed": _repeat("<!--"),
    "script never closed": _repeat("<script>"),
    "drawing never closed": _repeat("<svg><path>"),
    "section never closed": _repeat("<![CDATA["),
    "instruction never closed": _repeat("<?x"),
    "end tags of nothing": _repeat("</x>"),
    "less-than": _repeat("<"),
    "ampersands": _repeat("&amp"),
    "attributes": lambda size: f"<p {' '.join(f'a{n}' for n in range(size // 8))}>x",
    "attributes of bodies": lambda size: "".join(f"<body a{n}=1>x" for n in range(size // 16)),
    "one class": lambda size: f"<p class='{'-' * size}'>x",
    "line breaks": _repeat("x<br>"),
    "links": _repeat("<a href='#y'>x</a> "),
    "headings": _repeat("<h2>About us</h2><p>x</p>"),
    "headlines": _repeat("<h1>A headline of its own</h1>"),
    "sign-ups": _repeat("<div>Sign up, no spam.</div>"),
    "unseen": _repeat("<i hidden>x</i>"),
}


def _read(make: Callable[[int], str], size: int, out: Connection) -> None:
    page = make(size)
    start = time.process_time()
    read_html(page)
    out.send((time.process_time() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024))


def measure(make: Callable[[int], str], size: int) -> tuple[float, int]:
    """Seconds and megabytes at the peak."""
    out, into = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.Process(target=_read, args=(make, size, into))
    process.start()
    into.close()
    seconds, megabytes = out.recv()
    process.join()
    return float(seconds), int(megabytes)


def growth(seconds: list[float]) -> float:
    """How many times as long twice the length takes, on average over the lengths: 2 is in proportion, 4 its square."""
    told = [max(one, LEAST_SECONDS) for one in seconds]
    return float((told[-1] / told[0]) ** (1 / max(1, len(told) - 1)))


def sizes(most: int) -> Iterator[int]:
    """Doubling lengths, up to the greatest."""
    size = START
    while size <= most:
        yield size
        size *= 2


def main() -> int:
    """Measure and print; 1 when a shape takes more than its share."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=float, default=8, help="the greatest length")
    parser.add_argument("--shape", help="only the shapes whose name holds this")
    asked = parser.parse_args()
    steps = list(sizes(int(asked.megabytes * 1_000_000)))
    print(f"{'seconds at MB:':32}" + "".join(f"{size / 1e6:8.1f}" for size in steps) + "   ratio  MB used")
    is_bad = False
    for name, make in SHAPES.items():
        if asked.shape and asked.shape not in name:
            continue
        found = [min(measure(make, size) for _ in range(ROUNDS)) for size in steps]
        ratio = growth([seconds for seconds, _ in found])
        is_bad |= ratio > WORST_RATIO
        told = "".join(f"{seconds:8.2f}" for seconds, _ in found)
        print(f"{name:32}{told}{ratio:8.2f}{found[-1][1]:8}{'  TOO SLOW' if ratio > WORST_RATIO else ''}", flush=True)
    return int(is_bad)


if __name__ == "__main__":
    sys.exit(main())
