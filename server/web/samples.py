"""The invented pages that a new reader can try Pinch on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).with_name("samples")


@dataclass(frozen=True, slots=True)
class Sample:
    """An invented page; ``about`` says in a few words what kind of page it imitates."""

    id: str
    title: str
    about: str

    @property
    def html(self) -> str:
        """The page's HTML."""
        return (FOLDER / f"{self.id}.html").read_text("utf-8")

    @property
    def url(self) -> str:
        """An address that cannot exist."""
        return f"https://{self.id}.example/"


@cache
def samples() -> dict[str, Sample]:
    """All samples by id, in the order in which they are shown."""
    rows = (
        Sample("mushroom-stack", "The morning stack that gave me my brain back", "a lifestyle blog"),
        Sample("detox-shop", "Clear Spring 7-Day Reset", "a shop's product page"),
        Sample("sleep-forum", "Anyone else tried valerian and magnesium?", "a forum thread"),
        Sample("vitamin-d-advice", "Vitamin D: who needs a supplement", "a health authority"),
        Sample("ketamine-news", "Ketamine clinics open on the high street", "a newspaper article"),
    )
    return {sample.id: sample for sample in rows}
