"""Where a flag's topics are looked for, and in which order."""

from __future__ import annotations

import time

import pytest

from classifier.document import Block, Document
from server.context import Card, match
from server.context.matching import MOST_BESIDE_A_FLAG, MOST_OF_A_PAGE, Matcher
from server.context.names import variants
from server.context.phrases import PhraseIndex
from tests.server.context.conftest import flag_on, report_of


def beside(cards: dict[str, Card], blocks: list[Block], sentence: str, *, title: str | None = None) -> tuple[str, ...]:
    """The topics beside a flag on ``sentence``, which stands in one of the blocks."""
    document = Document(tuple(blocks), title=title)
    block = next(block for block in blocks if sentence in block.text)
    start = block.text.index(sentence)
    flag = flag_on(block, start, start + len(sentence))
    return match(document, report_of(document, flag), cards).by_flag["f1"]


def test_sentence_comes_before_its_block(cards: dict[str, Card]) -> None:
    blocks = [Block("b0", "p", "Kratom is mentioned first. Magnesium cures anxiety.")]
    assert beside(cards, blocks, "Magnesium cures anxiety.") == ("kratom", "magnesium")


def test_block_comes_before_its_introduction_and_headings(cards: dict[str, Card]) -> None:
    blocks = [
        Block("b0", "h1", "Turmeric and friends"),
        Block("b1", "p", "Why melatonin works:"),
        Block("b2", "li", "It heals. So does kava.", intro="b1"),
    ]
    assert beside(cards, blocks, "It heals.") == ("kava", "melatonin", "turmeric")


def test_nearest_heading_comes_first_and_closed_sections_do_not_count(cards: dict[str, Card]) -> None:
    blocks = [
        Block("b0", "h1", "Turmeric"),
        Block("b1", "h2", "Collagen"),
        Block("b2", "p", "Nothing."),
        Block("b3", "h2", "Melatonin"),
        Block("b4", "p", "It works wonders."),
    ]
    assert beside(cards, blocks, "It works wonders.") == ("melatonin", "turmeric")


def test_title_is_asked_after_the_headings(cards: dict[str, Card]) -> None:
    blocks = [Block("b0", "h2", "Collagen"), Block("b1", "p", "It works wonders.")]
    assert beside(cards, blocks, "It works wonders.", title="Turmeric today") == ("turmeric", "collagen")


def test_main_topic_is_the_last_resort(cards: dict[str, Card]) -> None:
    blocks = [Block("b0", "p", "Reiki, reiki and reiki again; once kava."), Block("b1", "p", "It works wonders.")]
    assert beside(cards, blocks, "It works wonders.") == ("reiki",)


def test_page_without_a_main_topic_gives_none(cards: dict[str, Card]) -> None:
    blocks = [Block("b0", "p", "Reiki once, kava once."), Block("b1", "p", "It works wonders.")]
    assert beside(cards, blocks, "It works wonders.") == ()


def test_what_can_hurt_most_comes_first_among_equals(cards: dict[str, Card]) -> None:
    blocks = [Block("b0", "p", "Magnesium, turmeric and kratom end all pain.")]
    assert beside(cards, blocks, blocks[0].text) == ("kratom", "turmeric", "magnesium")


def test_no_more_than_three_cards_beside_a_flag_and_six_for_a_page(cards: dict[str, Card]) -> None:
    text = "Magnesium, turmeric, kratom, kava, collagen, melatonin, reiki and detox teas."
    document = Document((Block("b0", "p", text),))
    matches = match(document, report_of(document, flag_on(document.blocks[0], 0, len(text))), cards)
    assert len(matches.by_flag["f1"]) == MOST_BESIDE_A_FLAG
    assert len(matches.page) == MOST_OF_A_PAGE


def test_page_topics_are_ordered_by_how_often_and_where(cards: dict[str, Card]) -> None:
    blocks = (
        Block("b0", "p", "Kava, melatonin, kava and turmeric."),
        Block("b1", "h2", "Reiki"),
        Block("b2", "p", "Reiki."),
    )
    document = Document(blocks, title="All about collagen")
    assert match(document, report_of(document), cards).page == ("collagen", "reiki", "kava", "melatonin", "turmeric")


def test_within_a_long_post_nearer_mentions_come_first(cards: dict[str, Card]) -> None:
    text = f"Kratom is far away. {'Nothing to see here. ' * 40}It heals all. Magnesium is near."
    assert beside(cards, [Block("b0", "post", text)], "It heals all.") == ("kratom", "magnesium")


def test_introductions_that_go_in_circles_end(cards: dict[str, Card]) -> None:
    blocks = [Block("b0", "li", "Kava.", intro="b1"), Block("b1", "li", "It heals.", intro="b0")]
    assert beside(cards, blocks, "It heals.") == ("kava",)


def test_flag_on_a_block_that_is_not_there_gets_the_title(cards: dict[str, Card]) -> None:
    document = Document((Block("b0", "p", "Nothing."),), title="Kava")
    elsewhere = flag_on(Block("b9", "p", "Kratom"), 0, 6)
    assert match(document, report_of(document, elsewhere), cards).by_flag == {"f1": ("kava",)}


@pytest.mark.parametrize(
    "text",
    [
        "lion's mane",
        "Lion’s Mane",
        "LIONS MANE",
        "lions-mane",
        "lion's\u00a0mane",
        "Lion\u2019s\u2011mane",
        "lion's mane's fans",
    ],
)
def test_spelling_does_not_matter(cards: dict[str, Card], text: str) -> None:
    assert [mention.topic for mention in PhraseIndex(cards.values()).mentions(text)] == ["lions-mane"]


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("micro-dosing, microdosing, micro dosing, microdoses", ["microdosing"] * 4),
        ("omega 3, omega-3s, omega3", ["omega-3"] * 3),
        ("compounded ketamine", ["compounded-ketamine"]),
        ("St John's wort, St. John’s Wort, Saint Johns wort", ["st-johns-wort"] * 3),
        ("the ketamines of this world and ketamine's fans", ["ketamine"] * 2),
        ("We sold the raw. Milk is next.", []),
        ("aketamine ketaminex", []),
        ("NAD+ infusions", ["iv-drips"]),
        ("İstanbul ketamine İİİ", ["ketamine"]),
        ("", []),
    ],
)
def test_names_are_found_in_all_their_forms(cards: dict[str, Card], text: str, topics: list[str]) -> None:
    assert [mention.topic for mention in PhraseIndex(cards.values()).mentions(text)] == topics


def test_places_hold_for_letters_that_grow_when_lowered(cards: dict[str, Card]) -> None:
    text = "İİİ ketamine"
    (mention,) = PhraseIndex(cards.values()).mentions(text)
    assert text[mention.start : mention.end] == "ketamine"


def test_capitals_count_where_a_card_says_so(cards: dict[str, Card]) -> None:
    index = PhraseIndex(cards.values())
    assert [mention.topic for mention in index.mentions("A bump of K at night")] == ["ketamine"]
    assert index.mentions("A bump of k at night") == []


def test_neighbour_may_stand_in_the_list_line_or_the_title(cards: dict[str, Card]) -> None:
    blocks = [Block("b0", "p", "My psychedelic week:"), Block("b1", "li", "Monday: acid.", intro="b0")]
    assert beside(cards, blocks, "Monday: acid.") == ("lsd",)
    alone = [Block("b1", "p", "Monday: acid.")]
    assert beside(cards, alone, "Monday: acid.") == ()
    assert beside(cards, alone, "Monday: acid.", title="My psychedelic week") == ("lsd",)


def test_variants_of_a_name() -> None:
    assert {" ".join(words) for words in variants("micro-dose")} >= {
        "micro dose",
        "microdose",
        "micro doses",
        "microdoses",
    }
    assert {" ".join(words) for words in variants("K")} == {"k"}
    assert ("mushroom", "gummies") in set(variants("mushroom gummy"))


def test_a_long_page_is_matched_in_about_a_millisecond(cards: dict[str, Card]) -> None:
    text = (
        "Ketamine and magnesium are named now and then among many plain words of an ordinary page on sleep and food. "
        * 10
    )
    document = Document(tuple(Block(f"b{i}", "p", text) for i in range(10)), title="Sleep")
    report = report_of(document, *(flag_on(block, 0, 60, id=block.id) for block in document.blocks))
    matcher = Matcher(cards.values())
    matcher.match(document, report)
    best = min(_seconds(lambda: matcher.match(document, report)) for _ in range(30))
    # About 1 ms on a quiet machine; the bound leaves room for a busy one.
    assert best < 0.004, f"{best * 1000:.1f} ms for {sum(len(block.text.split()) for block in document.blocks)} words"


def _seconds(run: object) -> float:
    assert callable(run)
    start = time.perf_counter()
    run()
    return time.perf_counter() - start
