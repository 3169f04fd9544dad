"""Quotations in their page: over several blocks, attributed in the next, repeated, and where their source stands."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from classifier.document import Block, Document
from classifier.quoted import Quoted
from classifier.reading import read_html
from classifier.sentences import split_document
from classifier.sourcing import Carry
from classifier.views import view_document

LINK = '<a href="https://www.thelancet.com/article/1">there</a>'


def quoted_in(html: str) -> list[tuple[str, Quoted]]:
    """The quotations of a page, block by block, with their words."""
    document = read_html(html)
    views = view_document(document, split_document(document))
    rows = {view.sentence.block: view.around.quoted for view in views}
    return [
        (document.blocks[place].text[q.quotation.start : q.quotation.end], q)
        for place, row in sorted(rows.items())
        for q in row
    ]


@pytest.mark.parametrize("mark", ["“{}”", '"{}"'])
def test_a_quotation_over_three_blocks_is_one(mark: str) -> None:
    first, last = mark.split("{}")
    html = (
        f"<p>He said: {first}It heals.</p><p>{first}It really does.</p><p>{first}And I should know.{last}</p><p>So.</p>"
    )
    found = quoted_in(html)
    assert {q.begins for _, q in found} == {(0, 9)}
    assert [q.parts for _, q in found] == [3, 3, 3]
    assert {q.quotation.words for _, q in found} == {9}


def test_a_mark_that_never_closes_is_no_quotation() -> None:
    assert quoted_in('<p>He said: "It heals.</p><p>And then he left.</p>') == []
    assert [q.parts for _, q in quoted_in("<p>“It heals.</p><p>And “it” left.</p>")] == [1, 1]


@pytest.mark.parametrize(
    ("html", "place"),
    [
        (f"<p>“It heals all wounds,” he said {LINK}. He left.</p>", "sentence"),
        (f"<p>“It heals all wounds,” he said. He left {LINK}.</p>", "block"),
        (f"<p>“It heals all wounds,” he said.</p><p>He left {LINK}.</p>", "page"),
        ("<p>“It heals all wounds,” he said.</p><p>He left.</p>", "nowhere"),
        ('<p>“It heals all wounds,” says <a href="https://a.example/team/bo">Dr Bo</a>.</p>', "nowhere"),
        ("<p>“It heals all wounds.” (Smith et al., 2019) He left.</p>", "sentence"),
        (f"<blockquote><p>It heals all wounds.</p><footer>{LINK}</footer></blockquote>", "sentence"),
        (f"<blockquote><p>It heals all wounds.</p><cite>{LINK}</cite></blockquote>", "sentence"),
        (f"<blockquote>It heals all wounds.</blockquote><p>— Bo, {LINK}</p>", "sentence"),
        (f"<blockquote>It heals all wounds.</blockquote><p>Bo went {LINK} in the end.</p>", "page"),
        (f"<figure><blockquote>It heals all.</blockquote><figcaption>{LINK}</figcaption></figure>", "sentence"),
        (f"<p>The report {LINK} says:</p><p>“It heals all wounds.”</p>", "block"),
        ('<p>He said <q cite="https://www.fda.gov/x/y">it heals all wounds</q>. So.</p>', "sentence"),
    ],
)
def test_where_the_source_stands(html: str, place: str) -> None:
    assert quoted_in(html)[0][1].place == place


DATED = "“It heals all wounds,” his father told the inquest on 2 May 2025."


@pytest.mark.parametrize(
    ("behind", "place"),
    [
        ("“He was better at first.”", "sentence"),
        ("“He was better at first,” he added.", "sentence"),
        ("“He was better at first,” said another.", "block"),
        ("“He was better at first,” said Bo Lund.", "block"),
        ("Others disagree: “He was better at first.”", "block"),
        ("They went home. “He was better at first.”", "block"),
    ],
)
def test_a_speech_that_goes_on_keeps_its_source(behind: str, place: str) -> None:
    assert quoted_in(f"<p>{DATED} {behind}</p>")[1][1].place == place


@pytest.mark.parametrize(("line", "carry"), [("says:", Carry.RECORD), ("is out.", Carry.NOTHING)])
def test_a_source_introduces_all_paragraphs_of_a_block_quote(line: str, carry: Carry) -> None:
    quote = "<blockquote><p>It heals all wounds.</p><p>It also hurts a bit.</p></blockquote>"
    assert [q.carry for _, q in quoted_in(f"<p>The report {LINK} {line}</p>{quote}")] == [carry, carry]


def test_speakers_in_attributions_and_introductions() -> None:
    for html in (
        "<blockquote><p>It heals all wounds.</p><cite>Bo Lund, healer</cite></blockquote>",
        "<blockquote>It heals all wounds.</blockquote><p>— Bo Lund, healer</p>",
        "<p>Bo Lund told the members:</p><p>“It heals all wounds.”</p>",
    ):
        speaker = quoted_in(html)[0][1].speaker
        assert speaker is not None, html
        assert speaker.words == "Bo Lund"


def test_an_attribution_is_no_quotation() -> None:
    words = [text for text, _ in quoted_in("<blockquote>It heals all wounds.<cite>Bo Lund, healer</cite></blockquote>")]
    assert words == ["It heals all wounds."]


@pytest.mark.parametrize(
    ("html", "repeats"),
    [
        ("<p>“It heals all wounds,” he said.</p><blockquote>It heals all wounds</blockquote>", [False, True]),
        ("<blockquote>It heals all wounds</blockquote><p>“It heals all wounds,” he said.</p>", [True, False]),
        ("<p>We know that it heals all wounds.</p><blockquote>It heals all wounds</blockquote>", [True]),
        ("<h1>“It heals all wounds”</h1><p>“It heals all wounds,” he said, and left.</p>", [True, False]),
        ("<blockquote>It heals all wounds</blockquote><blockquote>It heals all wounds</blockquote>", [False, True]),
        ("<p>“It heals all wounds,” he said.</p><blockquote>It heals all of us</blockquote>", [False, False]),
    ],
)
def test_pull_quotes(html: str, repeats: list[bool]) -> None:
    assert [q.is_repeat for _, q in quoted_in(html)] == repeats


def test_carry_is_of_the_quotations_own_sentence() -> None:
    found = quoted_in(f"<p>“It heals all wounds,” he said. “It does not heal mine,” she said {LINK}.</p>")
    assert [q.carry for _, q in found] == [Carry.NOTHING, Carry.RECORD]


def _seconds(make: Callable[[int], Document], size: int) -> float:
    document = make(size)
    sentences = split_document(document)
    times = []
    for _ in range(3):
        start = time.process_time()
        view_document(document, sentences)
        times.append(time.process_time() - start)
    return min(times)


def _one_block(text: str) -> Callable[[int], Document]:
    return lambda size: Document((Block("b", "p", text * size),))


def _many_blocks(*texts: str) -> Callable[[int], Document]:
    return lambda size: Document(tuple(Block(f"b{n}", "p", texts[n % len(texts)]) for n in range(size)))


@pytest.mark.parametrize(
    "make",
    [
        _one_block('"'),
        _one_block("“"),
        _one_block("”“"),
        _one_block("“a "),
        _one_block("‘a "),
        _one_block('"a b c d" said Bo [1]. '),
        _one_block("“a “b” c d,” says Bo Lund (2019) ¹ "),
        _many_blocks("“It heals all wounds."),
        _many_blocks('"It heals all wounds.'),
        _many_blocks("“It heals all wounds.”"),
        _many_blocks("[1] Smith J. Honey. Lancet 2007;1:2.", "“It heals” [1–9] Smith 2007"),
        _many_blocks("References", "1. a a a 2. b b b 3. c c c", "*", "* Smith 2007"),
    ],
)
def test_time_grows_with_the_text_and_no_faster(make: Callable[[int], Document]) -> None:
    once, twice = _seconds(make, 1_500), _seconds(make, 3_000)
    assert twice / once < 3.2 or twice < 0.05
