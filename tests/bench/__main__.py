"""Speed as ratios against a reference measured in the same run: ``make bench``."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from itertools import islice

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.multiclass import OneVsRestClassifier
from sklearn.pipeline import Pipeline, make_pipeline, make_union

from classifier import Document, load
from classifier.document import Block
from classifier.labels import read_pages, sentences_of
from classifier.sentences import split_document
from classifier.taxonomy import flag_ids
from classifier.views import view_document

WORDS = 2_000
ROUNDS = 30


def fresh_page(shift: int) -> Document:
    """A page of about 2,000 words, another one for every shift, in blocks of four sentences."""
    texts: list[str] = []
    words = 0
    for _, row in islice(sentences_of(read_pages()), shift * 37, None, 11):
        texts.append(row.sentence.text)
        words += len(row.sentence.text.split())
        if words >= WORDS:
            break
    blocks = [" ".join(texts[i : i + 4]) for i in range(0, len(texts), 4)]
    return Document(tuple(Block(f"b{number}", "p", text) for number, text in enumerate(blocks)), lang="en")


def plain_pipeline() -> Pipeline:
    """The reference: word 1-2 and character 3-5 TF-IDF, one-vs-rest logistic regression."""
    features = make_union(
        TfidfVectorizer(ngram_range=(1, 2)), TfidfVectorizer(analyzer="char", ngram_range=(3, 5), min_df=2)
    )
    pipeline = make_pipeline(features, OneVsRestClassifier(LogisticRegression(solver="liblinear")))
    rows = [row for _, row in islice(sentences_of(read_pages()), 0, None, 2)]
    labels = [[int(flag in row.flags) for flag in flag_ids()] for row in rows]
    return pipeline.fit([row.sentence.text for row in rows], labels)


def measure(run: Callable[[int], object]) -> float:
    """Median seconds over many fresh pages."""
    times = []
    for shift in range(ROUNDS):
        start = time.perf_counter()
        run(shift)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def main() -> None:
    """Measure and print."""
    detector, reference = load(), plain_pipeline()
    pages = [fresh_page(shift) for shift in range(ROUNDS)]
    sentences = [split_document(page) for page in pages]
    texts = [[sentence.text for sentence in found] for found in sentences]
    detector.analyze(pages[0])
    base = measure(lambda shift: reference.predict_proba(texts[shift]))
    scored = measure(lambda shift: detector.confidences(view_document(pages[shift], sentences[shift])))
    whole = measure(lambda shift: detector.analyze(pages[shift], min_confidence=1.0))
    flagged = measure(lambda shift: detector.analyze(pages[shift]))
    print(f"a fresh page of {WORDS} words, {len(texts[0])} sentences, median of {ROUNDS} pages")
    print(f"plain scikit-learn pipeline           {base * 1000:7.1f} ms   1.00")
    measured = {
        "our scores for the same sentences": scored,
        "analyze, nothing flagged": whole,
        "analyze, with flags and evidence": flagged,
    }
    for name, seconds in measured.items():
        print(f"{name:37} {seconds * 1000:7.1f} ms   {seconds / base:4.2f}")


if __name__ == "__main__":
    main()
