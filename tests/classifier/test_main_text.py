"""Which blocks are the main text, decided on blocks and their elements alone."""

from __future__ import annotations

from typing import Any

import pytest

from classifier.document import BLOCK_KINDS, Block, Document, Element
from classifier.reading import keep_main_text, read_html
from classifier.reading.main_text import Judgement

STORY = (
    "My aunt kept bees behind the chapel, and every autumn she sent us a jar with a note about the weather. "
    "She never said that it cured anything. She said that it was good on toast, and that was enough for us."
)
MORE = (
    "In the year that she died the shop in town began to sell the same honey as a remedy for colds, at four times the "
    "price, with a picture of a doctor on the label who turned out to be the owner's brother in a borrowed coat."
)


def page(*parts: tuple[str, str, str]) -> Document:
    """A page of (path, kind, text); a path is ``article/div.share/p``, with classes behind a dot.

    Blocks share all elements of a path but the last.
    """
    elements = [Element("body")]
    places = {"": 0}
    blocks = []
    for number, (path, kind, text) in enumerate(parts):
        at, steps = "", path.split("/")
        for depth, step in enumerate(steps, 1):
            parent, at = places[at], f"{at}/{step}"
            tag, _, names = step.partition(".")
            if at not in places or depth == len(steps):
                places[at] = len(elements)
                elements.append(Element(tag, parent, names=names.replace(".", " ")))
        blocks.append(Block(f"b{number}", kind, text, element=places[at]))  # type: ignore[arg-type]
    return Document(tuple(blocks), elements=tuple(elements))


def kept(*parts: tuple[str, str, str]) -> list[str]:
    story = [("article/h1", "h1", "Honey"), ("article/p", "p", STORY), ("article/p", "p", MORE)]
    texts = [block.text for block in keep_main_text(page(*story, *parts)).blocks]
    assert texts[:3] == ["Honey", STORY, MORE]
    return texts[3:]


@pytest.mark.parametrize(
    ("path", "kind", "text"),
    [
        ("nav/ul/li", "li", "Home"),
        ("footer/p", "p", "A small shop by the sea."),
        ("div.cookie-banner/p", "p", "This page wants to remember you."),
        ("article/div.share-buttons/p", "p", "Tell your friends about it."),
        ("article/div.related-posts/h3", "h3", "How my uncle kept goats"),
        ("article/p.byline", "p", "Words and pictures of a neighbour"),
        ("vv-donate/p", "p", "Will you chip in five dollars?"),
        ("article/p", "p", "Published on 3 March 2024"),
        ("article/p", "p", "By Dr Anna Sample"),
        ("article/p", "p", "5 min read"),
        ("article/p", "p", "Tags: honey, bees, colds"),
        ("article/p", "p", "Advertisement"),
        ("article/p", "p", "Sign up for our newsletter, no spam, ever."),
        ("article/p", "p", "© 2024 The Chapel Press. All rights reserved."),
        ("div/p", "p", "Three rooms to let over the shop, ask inside"),
    ],
)
def test_furniture_is_left_out(path: str, kind: str, text: str) -> None:
    assert kept((path, kind, text)) == []


@pytest.mark.parametrize(
    ("path", "kind", "text"),
    [
        ("article/p", "p", "It was good on toast."),
        ("article/ul/li", "li", "Two spoons in warm milk."),
        ("article/blockquote/p", "blockquote", "Nobody ever asked me for a doctor."),
        ("article/table/tr/td", "td", "17.1"),
        ("article/figure/figcaption", "figcaption", "The hives in 1998, with my aunt behind them."),
        ("article/aside.quote/p", "blockquote", "Good on toast."),
        ("article/p", "p", "Published studies on honey are few, and most of them are small."),
        ("article/p", "p", "By the end of the year the shop had closed."),
    ],
)
def test_text_is_read(path: str, kind: str, text: str) -> None:
    assert kept((path, kind, text)) == [text]


def test_no_kind_is_lost() -> None:
    told = [(f"article/x{number}", kind, f"{kind}. {STORY}") for number, kind in enumerate(BLOCK_KINDS)]
    read = keep_main_text(page(*told))
    assert [block.kind for block in read.blocks] == list(BLOCK_KINDS)


def test_a_telling_heading_takes_its_section_with_it() -> None:
    box = [("article/div/h2", "h2", "You may also like"), ("article/div/p", "p", "A week without sugar, day by day.")]
    assert kept(*box, ("article/p", "p", "And that was all.")) == ["And that was all."]


def test_a_heading_that_has_lost_all_is_left_out() -> None:
    assert kept(("article/h2", "h2", "Bees"), ("article/p", "p", "Share this")) == []


def test_comments_become_posts() -> None:
    comments: Any = [
        ("div.comments-area/h2", "h2", "2 comments"),
        ("div.comments-area/ol/li.comment/div.comment-author", "li", "Joan says:"),
        ("div.comments-area/ol/li.comment/p", "li", "My mother swore by it."),
        ("div.comments-area/ol/li.comment/div.reply", "li", "Reply"),
    ]
    story = [("article/h1", "h1", "Honey"), ("article/p", "p", STORY), ("article/p", "p", MORE)]
    read = keep_main_text(page(*story, *comments)).blocks[3:]
    assert [(block.kind, block.text, block.intro) for block in read] == [("post", "My mother swore by it.", None)]


def test_a_thread_is_its_posts() -> None:
    parts = [("div/h1", "h1", "Honey for colds?"), ("div/p", "p", "Mar 3")]
    parts += [(f"div.d{number}/div.cooked/p", "p", text) for number, text in enumerate((STORY, MORE))]
    parts += [("div.topic-map/p", "p", "412 people have looked at this"), ("div/h3", "h3", "Suggested topics")]
    read = keep_main_text(page(*parts))
    assert [(block.kind, block.text) for block in read.blocks] == [
        ("h1", "Honey for colds?"),
        ("post", STORY),
        ("post", MORE),
    ]


def test_a_list_is_introduced_by_what_is_read() -> None:
    html = f"<article><p>{STORY}</p><p>Take with you:</p><p>Advertisement</p><ul><li>a jar<li>a spoon</ul><p>{MORE}</p>"
    blocks = read_html(html).blocks
    assert [(block.text, block.intro) for block in blocks[1:4]] == [
        ("Take with you:", None),
        ("a jar", "b1"),
        ("a spoon", "b1"),
    ]


def test_links_under_a_list_of_sources_are_read() -> None:
    head = f"<article><h1>Honey</h1><p>{STORY}</p><p>{MORE}</p>"
    links = "<ul><li><a href='/a'>Amsel, Nights lost to cough, 2014</a></li></ul>"
    assert [block.text for block in read_html(f"{head}<h2>References</h2>{links}").blocks[3:]] == [
        "References",
        "Amsel, Nights lost to cough, 2014",
    ]
    assert len(read_html(f"{head}<h2>On honey</h2>{links}").blocks) == 3


def test_each_block_that_is_left_out_has_a_reason() -> None:
    judged = Judgement(page(("nav/p", "p", "Home"), ("article/p", "p", STORY), ("article/p", "p", MORE)))
    assert judged.reasons == ["nav by its own word", None, None]


def test_without_elements_everything_is_read() -> None:
    document = Document((Block("a", "p", "Advertisement"), Block("b", "li", "Home")))
    assert keep_main_text(document) is document
    mixed = page(("nav/p", "p", "Home"), ("article/p", "p", STORY))
    loose = Document((*mixed.blocks, Block("x", "p", "Advertisement")), elements=mixed.elements)
    assert [block.id for block in keep_main_text(loose).blocks] == ["b1", "x"]


def test_a_chain_of_elements_costs_no_more_than_its_length() -> None:
    elements = (Element("body"), *(Element("div", number, names="share") for number in range(50_000)))
    blocks = tuple(Block(f"b{number}", "h1", STORY, element=50_000 - number) for number in range(5_000))
    assert len(keep_main_text(Document(blocks, elements=elements)).blocks) == 5_000
