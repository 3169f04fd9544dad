"""The founding texts, as trained on and with each text's own page held out: ``make founding``.

They are training data, so only the second column shows understanding.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from classifier.detector import quotes_and_references
from classifier.first_stage import fit_linear
from classifier.labels import read_pages, sentences_of
from classifier.model import FlagModel, load_bundle
from classifier.taxonomy import flag_ids
from classifier.training_set import TrainingSet
from classifier.views import page_bounds

# Words that name a sentence, the flag in question, and whether it should be raised.
ANCHORS = (
    ("It’s not a magic bullet", "miracle", False),
    ("an outcome almost alchemical", "mystique", True),
    ("literally growing your brain", "unsourced-quote", True),
    ("when I accept myself just as I am", "unsourced-quote", True),
    ("The mushroom says to me", "unsourced-quote", True),
    ("The opposite of addiction is not sobriety", "unsourced-quote", True),
)


def confidences(data: TrainingSet, model: FlagModel, source: str) -> tuple[np.ndarray, np.ndarray]:
    """Of every sentence of one page file: by the shipped model, and by one that never saw the file."""
    rows = np.flatnonzero(data.groups == source)
    views = [data.views[i] for i in rows]
    shipped = model.confidences(model.matrix(views), page_bounds(views))
    linear = fit_linear(data.take(np.flatnonzero(data.groups != source)))
    anew = replace(model, features=linear.features, weights=linear.weights, intercepts=linear.intercepts)
    unseen = anew.confidences(anew.matrix(views), page_bounds(views))
    both = [quotes_and_references(views, found, model.quotes) for found in (shipped, unseen)]
    return both[0], both[1]


def lines() -> Iterator[str]:
    """The report, line by line."""
    model, _ = load_bundle()
    pages = read_pages()
    data = TrainingSet.of(pages)
    thresholds = model.thresholds["balanced"]
    every = sentences_of(pages)
    yield "sentence | flag | wanted | trained on | held out"
    for source in sorted({page.source for page in pages if page.source.startswith("seeds/")}):
        rows = [row for page, row in every if page.source == source]
        both = confidences(data, model, source)
        for words, flag, wanted in ANCHORS:
            for number, row in enumerate(rows):
                if words in row.sentence.text:
                    column = flag_ids().index(flag)
                    told = [f"{c[number, column]:.2f} {_raised(c[number, column], thresholds[column])}" for c in both]
                    yield f"{words} | {flag} | {_raised(float(wanted), 0.5)} | {told[0]} | {told[1]}"
        counted = [int(((c >= thresholds) & (c > 0)).any(axis=1).sum()) for c in both]
        labelled = sum(bool(row.flags) for row in rows)
        yield f"{source}: {len(rows)} sentences, {labelled} labelled with a flag, flagged {counted[0]} | {counted[1]}"
        references = [n for n, row in enumerate(rows) if row.sentence.text[:3] in ("1. ", "2. ", "3. ")]
        if references:
            hit = [int(((c[references] >= thresholds) & (c[references] > 0)).any(axis=1).sum()) for c in both]
            yield f"  numbered lines flagged: {hit[0]} | {hit[1]} of {len(references)}"


def _raised(confidence: float, threshold: float) -> str:
    return "flagged" if confidence >= threshold and confidence > 0 else "not flagged"


if __name__ == "__main__":
    for line in lines():
        print(line, flush=True)
