"""How busy an extension's scripts keep a page's main thread, read from the browser's own trace.

A task is what the browser runs on the main thread without a pause. It counts as the content script's when anything of
the content script ran in it, and then counts whole: with the style and layout that it made the browser do, garbage
collected, and messages handed over. Counted is the thread's own computing time, so that other programs on the machine
lengthen it less. Tasks in which none of it ran, such as painting the marks, are told apart, as ``browser``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from tests.browser.chromium import ChromiumDriver, ChromiumTab

CATEGORIES = ["toplevel", "devtools.timeline"]
TASKS = ("ThreadControllerImpl::RunTask", "RunTask")
# Scripts that are put in are compiled and evaluated; later on, functions of theirs are called.
CALLS = ("EvaluateScript", "FunctionCall")
# What goes on behind a pause runs as a microtask behind a task, of which no address is told; the bench's own pages and
# what watches them have next to none.
PAUSED = "BlinkScheduler_PerformMicrotaskCheckpoint"
LEAST_PAUSED_MS = 0.2
# Shorter tasks of the browser's own come all the time.
LEAST_BROWSER_MS = 5.0


@dataclass(frozen=True, slots=True)
class Work:
    """Milliseconds of the tasks in which the content script ran, and of the long ones in which it did not."""

    tasks: tuple[float, ...]
    browser: tuple[float, ...]

    @property
    def total(self) -> float:
        """All of the content script's tasks together."""
        return sum(self.tasks)

    @property
    def longest(self) -> float:
        """The longest of them."""
        return max(self.tasks, default=0.0)


class Recording:
    """Holds the work once the block of :func:`recorded` has ended."""

    work: Work


@contextmanager
def recorded(chromium: ChromiumDriver, tab: ChromiumTab, scripts: str) -> Iterator[Recording]:
    """Record what the tab does in this block. ``scripts`` is what the addresses of the content script begin with."""
    browser = chromium.context.browser
    assert browser is not None
    recording = Recording()
    browser.start_tracing(page=tab.page, categories=CATEGORIES)
    try:
        yield recording
    finally:
        recording.work = read_work(json.loads(browser.stop_tracing())["traceEvents"], scripts)


def read_work(events: list[dict[str, Any]], scripts: str) -> Work:
    """The work in a trace."""
    calls = [event for event in events if event.get("name") in CALLS and _is_of(event, scripts)]
    threads = {(event["pid"], event["tid"]) for event in calls}
    spans = [event for event in events if (event["pid"], event["tid"]) in threads and "tdur" in event]
    tasks = [event for event in spans if event["name"] in TASKS]
    paused = (event["tdur"] / 1000 for event in spans if event["name"] == PAUSED)
    mine = [task for task in tasks if any(_holds(task, call) for call in calls)]
    other = (task["tdur"] / 1000 for task in tasks if task not in mine)
    return Work(
        (*(task["tdur"] / 1000 for task in mine), *(one for one in paused if one >= LEAST_PAUSED_MS)),
        tuple(one for one in other if one >= LEAST_BROWSER_MS),
    )


def _is_of(event: dict[str, Any], scripts: str) -> bool:
    """By its address; a message is handed over by a function of the browser, which is written in no script."""
    data = event.get("args", {}).get("data", {})
    return str(data.get("url", "")).startswith(scripts) or data.get("scriptId") == "0"


def _holds(task: dict[str, Any], call: dict[str, Any]) -> bool:
    is_same_thread = (task["pid"], task["tid"]) == (call["pid"], call["tid"])
    return is_same_thread and bool(task["ts"] <= call["ts"] < task["ts"] + task["dur"])
