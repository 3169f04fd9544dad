"""How often the right cards stand beside a passage: ``python -m tests.bench.cards``.

The tuned passages are those that names and neighbours were mended on; the later ones were written before the matcher's
answers to them were looked at. What the matcher scored on those at first sight stands in docs/context-cards.md.
"""

from __future__ import annotations

import sys

from server.context import Card, load_cards
from tests.server.context.conftest import LATER_PASSAGES, PASSAGES, Passage, read_passages
from tests.server.context.test_passages import LEAST_PRECISION, LEAST_RECALL, topics_beside


def precision_and_recall(passages: list[Passage], cards: dict[str, Card]) -> tuple[float, float]:
    """The shares of shown cards that are wanted, and of wanted cards that are shown."""
    right = shown = wanted = 0
    for passage in passages:
        found = topics_beside(passage, cards)
        right, shown, wanted = right + len(found & passage.topics), shown + len(found), wanted + len(passage.topics)
    return right / shown, right / wanted


def main() -> int:
    """Print one line for each set; 1 when all passages together fall below the limits."""
    cards = load_cards()
    tuned, later = read_passages(PASSAGES), read_passages(LATER_PASSAGES)
    for name, passages in (("first passages", tuned), ("later passages", later), ("all", [*tuned, *later])):
        precision, recall = precision_and_recall(passages, cards)
        print(f"{name}: {len(passages)}, precision {precision:.3f}, recall {recall:.3f}")
    return int(precision < LEAST_PRECISION or recall < LEAST_RECALL)


if __name__ == "__main__":
    sys.exit(main())
