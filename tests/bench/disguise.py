"""What disguising words costs in recall, at the balanced setting: ``python -m tests.bench.disguise``.

Flagged sentences of the labelled pages, chosen by a fixed seed, are read in their page as they are and with most of
their longer words disguised. The pages are training data, so both figures are high; what counts is their difference.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from classifier import Detector, load
from classifier.document import Document
from classifier.labels import LabelledPage, LabelledSentence, read_pages, sentences_of

SEED, SENTENCES = 20261127, 200
# How much recall may be lost, in points of a hundred.
MOST_LOST = 5.0
SHORTEST_DISGUISED = 5

_CYRILLIC = str.maketrans("aeopcyxi", "аеорсухі")
_LEET = str.maketrans("aeiost", "431057")
_SIGNS = str.maketrans("as", "@$")


def _every_second(word: str, table: dict[int, int]) -> str:
    """Signs for every second letter that has one, none at the word's edges."""
    inner = [place for place in range(1, len(word) - 1) if ord(word[place]) in table][::2]
    return "".join(char.translate(table) if place in inner else char for place, char in enumerate(word))


def _cut(word: str, sign: str) -> str:
    return word[: len(word) // 2] + sign + word[len(word) // 2 :]


def _starred(word: str) -> str:
    place = next((n for n in range(1, len(word) - 1) if word[n] in "aeiou"), None)
    return word if place is None else word[:place] + "*" + word[place + 1 :]


KINDS: dict[str, Callable[[str], str]] = {
    "Cyrillic letters": lambda word: word.translate(_CYRILLIC),
    "mathematical letters": lambda word: "".join(
        chr(0x1D41A + ord(char) - ord("a")) if "a" <= char <= "z" else char for char in word
    ),
    "full-width letters": lambda word: "".join(chr(ord(char) + 0xFEE0) for char in word),
    "zero-width spaces": lambda word: "\u200b".join(word),
    "soft hyphens": lambda word: _cut(word, "\u00ad"),
    "combining marks": lambda word: "".join(char + "\u0337\u0321" for char in word),
    "blanks between": lambda word: " ".join(word),
    "full stops between": lambda word: ".".join(word),
    "digits": lambda word: _every_second(word, _LEET),
    "signs": lambda word: _every_second(word, _SIGNS),
    "drawn out": lambda word: word + word[-1] * 4,
    "capitals": str.upper,
    "hyphens": lambda word: f"{word[:2]}-{word[2:-2]}-{word[-2:]}",
    "stars": _starred,
    "emoji": lambda word: "🔥".join(word),
}


def disguised(text: str, kinds: Sequence[str]) -> str:
    """A text with its longer words disguised, the kinds taken in turn."""
    words = text.split(" ")
    for number, word in enumerate(words):
        if word.isascii() and word.isalpha() and len(word) >= SHORTEST_DISGUISED:
            words[number] = KINDS[kinds[number % len(kinds)]](word)
    return " ".join(words)


def _with(page: LabelledPage, row: LabelledSentence, text: str) -> Document:
    """The page with another text in the sentence's place."""
    old = row.sentence
    blocks = list(page.document.blocks)
    block = blocks[old.block]
    shift = len(text) - len(old.text)
    links = tuple(
        replace(link, start=link.start + shift * (link.start >= old.end), end=link.end + shift * (link.end >= old.end))
        for link in block.links
    )
    blocks[old.block] = replace(block, text=block.text[: old.start] + text + block.text[old.end :], links=links)
    return replace(page.document, blocks=tuple(blocks), lang="en")


def _raised(detector: Detector, page: LabelledPage, row: LabelledSentence, text: str) -> int:
    """How many of the sentence's labelled flags are raised on it."""
    document = _with(page, row, text)
    block = document.blocks[row.sentence.block]
    start, end = row.sentence.start, row.sentence.start + len(text)
    flags = detector.analyze(document).flags
    found = {flag.flag for flag in flags if flag.block == block.id and flag.start < end and flag.end > start}
    return len(found & row.flags)


def measure(detector: Detector, kinds: Collection[str] = tuple(KINDS)) -> dict[str, tuple[int, int]]:
    """Flags raised and flags labelled: plain, with several disguises in each sentence, and with each kind alone."""
    rng = random.Random(SEED)
    flagged = [(page, row) for page, row in sentences_of(read_pages()) if row.flags]
    chosen = rng.sample(flagged, SENTENCES)
    mixes = [rng.sample(sorted(KINDS), 4) for _ in chosen]
    labelled = sum(len(row.flags) for _, row in chosen)
    names: dict[str, list[list[str]]] = {"plain": [[]] * SENTENCES, "several kinds": mixes}
    names |= {kind: [[kind]] * SENTENCES for kind in kinds}
    measured = {}
    for name, ways in names.items():
        texts = [
            disguised(row.sentence.text, way) if way else row.sentence.text
            for (_, row), way in zip(chosen, ways, strict=True)
        ]
        raised = sum(_raised(detector, *pair, text) for pair, text in zip(chosen, texts, strict=True))
        measured[name] = raised, labelled
    return measured


def main() -> int:
    """Measure and print; 1 when more than :data:`MOST_LOST` points are lost."""
    measured = measure(load())
    plain = measured["plain"][0]
    print(f"{SENTENCES} flagged sentences, longer words disguised: flags raised at the balanced setting")
    for name, (raised, labelled) in measured.items():
        print(f"{name:22} {raised:4} of {labelled}  recall {raised / labelled:6.1%}  {raised - plain:+4}")
    raised, labelled = measured["several kinds"]
    return int((plain - raised) / labelled * 100 > MOST_LOST)


if __name__ == "__main__":
    raise SystemExit(main())
