"""The page file: what it says, and each way of getting it wrong with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from classifier.document import Link
from classifier.errors import LabelError
from classifier.labels import LabelledPage, parse_pages, read_pages, sentences_of

HEAD = "=== one\nregister: blog\ntopic: x\ntitle: T\n"


def page(*lines: str) -> LabelledPage:
    (read,) = parse_pages(HEAD + "\n".join(lines), "x.page")
    return read


def test_pages_with_their_headers() -> None:
    text = HEAD + "url: https://a.b/c\n// a remark\n\np [] One.\n=== two\nregister: shop\ntopic: y\ntitle: U\np [] Two."
    first, second = parse_pages(text, "x.page")
    assert (first.id, first.source, first.register, first.topic) == ("one", "x.page", "blog", "x")
    assert (first.document.url, first.document.title, first.document.lang, first.document.key) == (
        "https://a.b/c",
        "T",
        "en",
        "one",
    )
    assert (second.id, second.register, second.document.url) == ("two", "shop", None)
    assert [sentence.sentence.text for _, sentence in sentences_of([first, second])] == ["One.", "Two."]


def test_blocks_and_sentences_stand_where_they_say() -> None:
    read = page(
        "h2 [] Benefits",
        "p [] First here.",
        "+ [miracle] Second here.",
        "li [] Item one",
        "li [] Item two",
        "p [] End.",
    )
    assert [(b.kind, b.text, b.intro) for b in read.document.blocks] == [
        ("h2", "Benefits", None),
        ("p", "First here. Second here.", None),
        ("li", "Item one", "b1"),
        ("li", "Item two", "b1"),
        ("p", "End.", None),
    ]
    for row in read.sentences:
        text = read.document.blocks[row.sentence.block].text
        assert text[row.sentence.start : row.sentence.end] == row.sentence.text
    assert [row.line for row in read.sentences] == [5, 6, 7, 8, 9, 10]


def test_labels() -> None:
    read = page("p [miracle, ?scare ~overclaim:denied ~pressure:harmless] <p-1> Words.", "p [] None.")
    row, none = read.sentences
    assert row.flags == {"miracle"}
    assert row.contested == {"scare"}
    assert row.near_misses == (("overclaim", "denied"), ("pressure", "harmless"))
    assert row.pair == "p-1"
    assert (none.flags, none.contested, none.near_misses, none.pair) == (frozenset(), frozenset(), (), None)


@pytest.mark.parametrize(
    ("marked", "text", "links"),
    [
        ("A [new study](https://a.b/c) says.", "A new study says.", [("new study", "https://a.b/c", True)]),
        ("It grew.[3](#ref-3)", "It grew.[3]", [("[3]", "#ref-3", True)]),
        ("It grew [citation needed](!#none).", "It grew citation needed.", [("citation needed", "#none", False)]),
        ("It grew [[citation needed]](!#none).", "It grew [citation needed].", [("[citation needed]", "#none", False)]),
        ("[One](/a) and [two](/b_(c)).", "One and two.", [("One", "/a", True), ("two", "/b_(c)", True)]),
        ("A [note] stays (so).", "A [note] stays (so).", []),
    ],
)
def test_links_and_markers(marked: str, text: str, links: list[tuple[str, str, bool]]) -> None:
    for lines in ([f"p [] {marked}"], ["p [] Before.", f"+ [] {marked}"]):
        block = page(*lines).document.blocks[0]
        assert block.text.endswith(text)
        assert [(block.text[link.start : link.end], link.href, link.resolved) for link in block.links] == links


def test_links_of_several_sentences_stay_in_their_block() -> None:
    block = page("p [] A [b](/1).", "+ [] C [d](/2).").document.blocks[0]
    assert block.links == (Link(2, 3, "/1"), Link(7, 8, "/2"))


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("p [] Early.", 1, "begins with"),
        (HEAD + "nonsense", 5, "neither a header nor a sentence"),
        (HEAD + "p [] One.\ntitle: late", 6, "neither a header nor a sentence"),
        (HEAD + "p [] One.\n\n// x\nq1 [] Two.", 8, "no kind of block"),
        (HEAD + "p [wonder] One.", 5, "'wonder' is no flag"),
        (HEAD + "p [~miracle:because] One.", 5, "no reason for a near miss"),
        (HEAD + "p [~miracle] One.", 5, "no reason for a near miss"),
        (HEAD + "p [miracle ~miracle:denied] One.", 5, "given and denied"),
        (HEAD + "p [miracle ?miracle] One.", 5, "given and denied"),
        (HEAD + "+ [] One.", 5, "no block stands above"),
        ("=== one\nregister: blog\ntopic: x\np [] One.", 1, "has no 'title:'"),
        ("=== one\nregister: blog\ntitle: x\np [] One.", 1, "has no 'topic:'"),
        ("=== one\ntopic: blog\ntitle: x\np [] One.", 1, "has no 'register:'"),
        (HEAD.replace("blog", "novel") + "p [] One.", 1, "'novel' is no register"),
        (HEAD + "p [] One.\n=== Two", 6, "neither a header nor a sentence"),
    ],
)
def test_each_mistake_is_named_with_its_line(text: str, line: int, words: str) -> None:
    with pytest.raises(LabelError, match=words) as caught:
        parse_pages(text, "x.page")
    assert caught.value.message.startswith(f"x.page:{line}: ")


def test_a_folder_is_read_in_the_order_of_its_paths(tmp_path: Path) -> None:
    for name in ("b/two.page", "a/one.page"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(HEAD.replace("one", name[2:5]) + "p [] One.", "utf-8")
    (tmp_path / "notes.txt").write_text("not a page", "utf-8")
    assert [(read.id, read.source) for read in read_pages(tmp_path)] == [("one", "a/one.page"), ("two", "b/two.page")]
    assert [read.source for read in read_pages(tmp_path / "b" / "two.page")] == ["two.page"]
