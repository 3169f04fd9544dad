"""How often the right cards stand beside a passage: measured on passages written for the purpose."""

from __future__ import annotations

import pytest

from classifier.document import Block, Document
from server.context import Card, match
from tests.server.context.conftest import LATER_PASSAGES, Passage, flag_on, read_passages, report_of

LEAST_PRECISION, LEAST_RECALL = 0.95, 0.85


def topics_beside(passage: Passage, cards: dict[str, Card]) -> frozenset[str]:
    block = Block("b0", "p", passage.text)
    document = Document((block,), title=passage.title or None)
    flag = flag_on(block, 0, len(block.text))
    return frozenset(match(document, report_of(document, flag), cards).by_flag[flag.id])


def test_passages_name_only_cards_that_exist(cards: dict[str, Card]) -> None:
    assert {topic for passage in read_passages() for topic in passage.topics} <= cards.keys()


def test_passages_cover_every_card(cards: dict[str, Card]) -> None:
    assert cards.keys() == {topic for passage in read_passages() for topic in passage.topics}


def test_cards_beside_passages_are_the_right_ones(cards: dict[str, Card], capsys: pytest.CaptureFixture[str]) -> None:
    passages = [*read_passages(), *read_passages(LATER_PASSAGES)]
    assert len(passages) >= 300
    right = shown = wanted = 0
    for passage in passages:
        found = topics_beside(passage, cards)
        right, shown, wanted = right + len(found & passage.topics), shown + len(found), wanted + len(passage.topics)
    precision, recall = right / shown, right / wanted
    with capsys.disabled():
        print(f"\ncards beside {len(passages)} passages: precision {precision:.3f}, recall {recall:.3f}")
    assert precision >= LEAST_PRECISION
    assert recall >= LEAST_RECALL


def test_passages_that_name_no_topic_get_no_card(cards: dict[str, Card]) -> None:
    wrong = {passage.text: topics_beside(passage, cards) for passage in read_passages() if not passage.topics}
    assert not {text: topics for text, topics in wrong.items() if topics}
