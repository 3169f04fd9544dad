"""How often a week is told to have moved that did not, and how often one that did: ``python -m tests.bench.drift``.

Weeks are drawn thread by thread, with replacement, from the forum's threads that stand in the repository, so that posts
are as alike as in real talk. Four such weeks are the first ones; the fifth is compared. Where nothing was changed, each
notice is a false alarm. A shift is put in by exchanging calm posts for flagged ones, or known words for unknown ones.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np

from classifier import Detector, load
from classifier.drift import SUREST, Comparison, compare, spread_of
from classifier.reading import read_text
from classifier.tally import Tally
from server.moderation.demo.threads import THREADS, read_threads
from server.moderation.drift import FIRST_WEEKS

UNSEEN = Path(__file__).parents[1] / "data" / "threads"
SEED = 20261127
SENTENCES, FLAGGED, WORDS, UNKNOWN_WORDS = range(4)  # places in a tally's row
Thread = np.ndarray  # rows of tallies, shape (n_posts, width)
Change = Callable[[np.random.Generator, Thread], Thread]


def threads_of(detector: Detector, folder: Path) -> list[Thread]:
    """Each thread of a folder as the rows of its posts."""
    posts = read_threads(folder)
    reports = detector.analyze_all([read_text(post.text) for post in posts])
    by_thread: dict[str, list[list[int]]] = {}
    for post, report in zip(posts, reports, strict=True):
        if report.tally:
            by_thread.setdefault(post.thread, []).append(report.tally.row())
    return [np.array(rows) for rows in by_thread.values()]


def fifth_week(
    rng: np.random.Generator, threads: list[Thread], posts: int, change: Change | None = None
) -> list[Comparison]:
    """A week of at least ``posts`` posts against four of the same length."""
    first, week = _drawn(rng, threads, FIRST_WEEKS * posts), np.vstack(_drawn(rng, threads, posts))
    if change:
        week = change(rng, week)
    return compare(_total(week), _total(np.vstack(first)), spread_of([_total(thread) for thread in first]))


def more_flagged(share: float) -> Change:
    """Calm posts give way to flagged ones until flagged sentences grew by this share."""

    def change(rng: np.random.Generator, week: Thread) -> Thread:
        week, hot = week.copy(), week[week[:, FLAGGED] > 0]
        missing = share * week[:, FLAGGED].sum()
        for place in rng.permutation(np.flatnonzero(week[:, FLAGGED] == 0)):
            if missing <= 0 or not len(hot):
                break
            week[place] = hot[rng.integers(len(hot))]
            missing -= week[place, FLAGGED]
        return week

    return change


def more_unknown(share: float) -> Change:
    """Known words become unknown ones until these grew by this share."""

    def change(rng: np.random.Generator, week: Thread) -> Thread:
        week = week.copy()
        known = week[:, WORDS] - week[:, UNKNOWN_WORDS]
        week[:, UNKNOWN_WORDS] += rng.binomial(known, min(1.0, share * week[:, UNKNOWN_WORDS].sum() / known.sum()))
        return week

    return change


def noticed(threads: list[Thread], posts: int, times: int, change: Change | None = None) -> float:
    """In which share of so many fifth weeks anything is told to have moved."""
    rng = np.random.default_rng(SEED)
    found = [fifth_week(rng, threads, posts, change) for _ in range(times)]
    return float(np.mean([any(comparison.has_moved for comparison in week) for week in found]))


def _drawn(rng: np.random.Generator, threads: list[Thread], posts: int) -> list[Thread]:
    drawn, count = [], 0
    while count < posts:
        drawn.append(threads[rng.integers(len(threads))])
        count += len(drawn[-1])
    return drawn


def _total(rows: Thread) -> Tally:
    return Tally.of_row(rows.sum(axis=0).tolist())


def main() -> None:
    """Measure and print; the number of weeks of each row may be given."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    detector = load()
    print(f"standard errors asked for: {SUREST}; {times} weeks each")
    shown, unseen = threads_of(detector, THREADS), threads_of(detector, UNSEEN)
    for posts in (50, 100, 200):
        for name, threads in (("demo threads", shown), ("unseen threads", unseen)):
            print(f"{posts:4} posts, {name:15} no drift         {1000 * noticed(threads, posts, times):6.1f} of 1,000")
        for share in (0.5, 1.0):
            for name, change in (("flagged", more_flagged(share)), ("unknown words", more_unknown(share))):
                found = noticed(shown, posts, times // 4, change)
                print(f"{posts:4} posts, {name:15} +{share:4.0%}            {found:6.1%}")


if __name__ == "__main__":
    main()
