"""What the classifier's tests share: the trained detector, the seed pages and a tiny model of their own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from classifier import Detector, load
from classifier.document import Block, Document
from classifier.labels import PAGES, LabelledPage, parse_pages, read_pages
from classifier.model import BUNDLE, FlagModel, save_bundle
from classifier.sentences import split_document
from classifier.training import train
from classifier.training_set import TrainingSet
from classifier.views import SentenceView, view_document

ViewOf = Callable[..., SentenceView]

_TINY_FILES = {
    "one.page": ["It is a miracle cure for pain.", "The clinic opens at nine.", "Studies show it works well."],
    "two.page": ["A miracle cure that heals all.", "Bring your referral letter.", "Studies show that it helps."],
    "three.page": ["This miracle cure changes lives.", "Parking is behind the ward.", "Studies show good results."],
    "four.page": ["Here is a miracle cure at last.", "The lift is out of order.", "Studies show it is safe."],
}
_TINY_LABELS = ("miracle", "", "vague-authority")


@pytest.fixture(scope="session")
def detector() -> Detector:
    """The detector that ``make setup`` trained."""
    return load(BUNDLE)


@pytest.fixture(scope="session")
def seeds() -> dict[str, LabelledPage]:
    """The project's seed pages by their id."""
    return {page.id: page for page in read_pages(PAGES / "seeds")}


@pytest.fixture(scope="session")
def tiny_pages() -> list[LabelledPage]:
    """Four page files of three sentences each."""
    pages = []
    for source, texts in _TINY_FILES.items():
        lines = [f"p [{label}] {text}" for label, text in zip(_TINY_LABELS, texts, strict=True)]
        head = f"=== {source.removesuffix('.page')}\nregister: blog\ntopic: tiny\ntitle: Tiny\n"
        pages += parse_pages(head + "\n".join(lines), source)
    return pages


@pytest.fixture(scope="session")
def tiny_set(tiny_pages: list[LabelledPage]) -> TrainingSet:
    """The tiny pages as arrays."""
    return TrainingSet.of(tiny_pages)


@pytest.fixture(scope="session")
def tiny_model(tiny_set: TrainingSet) -> FlagModel:
    """A model that learned the tiny pages."""
    return train(tiny_set, jobs=1)[0]


@pytest.fixture
def tiny_bundle(tiny_model: FlagModel, tmp_path: Path) -> Path:
    """A bundle of the tiny model that a test may damage."""
    folder = tmp_path / "bundle"
    save_bundle(tiny_model, folder, about={"release": "0.0.1"})
    return folder


@pytest.fixture(scope="session")
def view_of() -> ViewOf:
    """Makes the view of the last sentence of a block; ``above`` are blocks before it."""

    def make(text: str, *, above: tuple[Block, ...] = (), url: str | None = None, **block: object) -> SentenceView:
        kind = block.pop("kind", "p")
        document = Document((*above, Block("it", kind, text, **block)), url=url, lang="en")  # type: ignore[arg-type]
        return view_document(document, split_document(document))[-1]

    return make
