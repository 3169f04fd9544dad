"""Fact-checks: how often the right one is shown, and how fast: ``python -m tests.bench.factchecks``."""

from __future__ import annotations

import random
import statistics
import tempfile
import time
from pathlib import Path

from classifier.labels import read_pages, sentences_of
from server.factchecks.notices import CLAIMS
from server.factchecks.review import Review
from server.factchecks.store import FactChecks
from tests.server.factchecks.pairs import PARTS, fill, measure, read_reviews

REVIEWS = 20_000
LOOKED_UP = 400
# For speed only: words that are put together at random. No claim of the accuracy set is made of them.
_WHO = "Turmeric|Zinc|A vaccine|The new jab|Garlic|Vitamin D|A cancer drug|5G|Green tea|Raw milk|Ketamine|Melatonin"
_DOES = "cures|causes|prevents|contains|reverses|kills|replaces|triggers|heals|poisons|protects from|admitted to cause"
_WHAT = "cancer|autism|diabetes|heart attacks|dementia|Covid|depression|infertility|asthma|arthritis|migraine"
_HOW = "in a week|in children|overnight|in 9 of 10 people|says a leaked report|without side effects|in Italy|in mice"


def labelled_claims() -> list[str]:
    """Sentences of the labelled pages that carry a flag which makes a claim."""
    return [row.sentence.text for _, row in sentences_of(read_pages()) if not CLAIMS.isdisjoint(row.flags)]


def noise(count: int) -> list[Review]:
    """Fact-checks of random words, the same on every run."""
    pick = random.Random(5)
    words = [
        f"{pick.choice('bdfgklmnprstvz')}{pick.choice('aeiou')}{pick.choice('bdglmnrst')}{number}"
        for number in range(6_000)
    ]
    reviews = []
    for number in range(count):
        parts = [pick.choice(choices.split("|")) for choices in (_WHO, _DOES, _WHAT, _HOW)]
        claim = " ".join([*parts, "and", *pick.sample(words, 4)]) + "."
        reviews.append(Review(f"https://noise.example/{number}", claim, "Noise", "noise.example", "False"))
    return reviews


def accuracy(folder: Path) -> None:
    """Print precision and recall of both parts, and what the labelled pages' claims get."""
    factchecks = FactChecks(folder)
    for part in PARTS:
        fill(factchecks, read_reviews(part))
    for part in PARTS:
        found = measure(factchecks, part)
        print(
            f"{part:9} precision@1 {found.precision:.3f} ({found.right} of {found.shown} shown)   "
            f"recall {found.recall:.3f} ({found.right} of {found.wanted})"
        )
        for kind, text in found.wrong:
            print(f"          wrong: {kind}" + (f": {text}" if part == "tune" else ""))
    claims = labelled_claims()
    with factchecks.searching() as search:
        assert search
        shown = [(claim, found[0]) for claim in claims if (found := search.find(claim))]
    print(f"of {len(claims)} labelled claims {len(shown)} get one of these fact-checks:")
    for claim, one in shown:
        print(f"  {one.score:.2f} {claim}\n       -> {one.review.claim}")


def speed(folder: Path) -> None:
    """Print how long an import and a search take."""
    factchecks, reviews = FactChecks(folder), noise(REVIEWS)
    start = time.perf_counter()
    fill(factchecks, reviews)
    print(f"import of {REVIEWS:,} fact-checks {time.perf_counter() - start:.1f} s")
    claims = labelled_claims()
    claims = claims[:: max(1, len(claims) // LOOKED_UP)][:LOOKED_UP]
    times = []
    with factchecks.searching() as search:
        assert search
        for claim in claims:
            start = time.perf_counter()
            search.find(claim)
            times.append((time.perf_counter() - start) * 1000)
    p95 = statistics.quantiles(times, n=20)[-1]
    median = statistics.median(times)
    print(f"a search, {len(times)} claims: median {median:.1f} ms, p95 {p95:.1f} ms, most {max(times):.1f} ms")


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        accuracy(Path(name) / "pairs")
        speed(Path(name) / "noise")


if __name__ == "__main__":
    main()
