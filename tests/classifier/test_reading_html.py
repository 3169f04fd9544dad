"""HTML as blocks: what a reader sees, in order, with links in their places."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.document import Block
from classifier.reading import read_html


def seen(html: str) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in read_html(html).blocks]


def links(block: Block) -> list[tuple[str, str, bool]]:
    return [(block.text[link.start : link.end], link.href, link.resolved) for link in block.links]


@pytest.mark.parametrize(
    ("html", "kind"),
    [
        *((f"<h{level}>x</h{level}>", f"h{level}") for level in range(1, 7)),
        ("<p>x</p>", "p"),
        ("<div>x</div>", "p"),
        ("<li>x</li>", "li"),
        ("<pre>x</pre>", "pre"),
        ("<blockquote>x</blockquote>", "blockquote"),
        ("<blockquote><p>x</p></blockquote>", "blockquote"),
        ("<ul><li><p>x</p></li></ul>", "li"),
        ("<table><tr><th>x</th></tr></table>", "td"),
        ("<table><caption>x</caption></table>", "figcaption"),
        ("<figure><figcaption>x</figcaption></figure>", "figcaption"),
        ("<dl><dt>x</dt></dl>", "dt"),
        ("<dl><dd>x</dd></dl>", "dd"),
        ("<details><summary>x</summary></details>", "p"),
    ],
)
def test_kinds(html: str, kind: str) -> None:
    assert seen(html) == [(kind, "x")]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("a  b\n\tc", "a b c"),
        ("<b> a </b> <i> b</i>", "a b"),
        ("a<b>b</b>c", "abc"),
        ("a &amp; b &lt;c&gt; &#128512; &eacute;", "a & b <c> 😀 é"),
        ("a&nbsp;b", "a b"),
        ("a<br>b<br/>c<br>", "a\nb\nc"),
        ("<br>a", "a"),
        ("he said <q>it is good</q>.", "he said “it is good”."),
        ("a<script>b</script><style>c</style><!-- d -->e", "ae"),
        ("a <span hidden>b</span>c", "a c"),
        ("\ud83d a", "\ufffd a"),
        ("a <img alt='b'>c", "a c"),
    ],
)
def test_text_is_what_a_browser_shows(html: str, text: str) -> None:
    assert seen(f"<p>{html}</p>") == [("p", text)]


def test_preformatted_text_keeps_its_blanks() -> None:
    assert seen("<pre>a  b\n  c<br>d</pre>") == [("pre", "a  b\n  c\nd")]


@pytest.mark.parametrize(
    "left_out",
    [
        "<nav>no</nav>",
        "<footer>no</footer>",
        "<aside>no</aside>",
        "<form><p>no</p></form>",
        "<button>no</button>",
        "<noscript>no</noscript>",
        "<svg><text>no</text></svg>",
        "<p hidden>no</p>",
        "<p aria-hidden='true'>no</p>",
        "<p style='color:red; DISPLAY : none'>no</p>",
        "<p style='visibility:hidden'>no</p>",
        "<div class='cookie-banner'><p>no</p></div>",
        "<div id='related'><p>no</p></div>",
        "<div class='post sidebar'><p>no</p></div>",
        "<div role='navigation'>no</div>",
        "<div contenteditable>no</div>",
        "<header>no</header>",
    ],
)
def test_the_hidden_and_the_furniture_are_left_out(left_out: str) -> None:
    assert seen(f"<body><p>one</p>{left_out}<p>two</p></body>") == [("p", "one"), ("p", "two")]


def test_a_header_with_the_headline_is_read() -> None:
    assert seen("<header><h1>Title</h1></header><p>x</p>") == [("h1", "Title"), ("p", "x")]
    assert seen("<article><header><p>By line</p></header><p>x</p></article>") == [("p", "By line"), ("p", "x")]


def test_the_main_part_is_read_where_it_holds_enough() -> None:
    assert seen("<body><p>menu</p><main><p>the whole story</p></main></body>") == [("p", "the whole story")]
    assert len(seen("<body><p>the whole story is here</p><main><p>x</p></main></body>")) == 2
    assert len(seen("<article><p>one story</p></article><article><p>two story</p></article>")) == 2


def test_links_stand_on_their_words() -> None:
    (block,) = read_html("<p>A <a href='/x'> new <b>study</b> </a>and <a href='https://a.b'>more</a>.</p>").blocks
    assert block.text == "A new study and more."
    assert links(block) == [("new study", "/x", True), ("more", "https://a.b", True)]


@pytest.mark.parametrize("anchor", ["<a>x</a>", "<a href=''>x</a>", "<a href='/y'></a>", "<a href='/y'> </a>"])
def test_an_anchor_without_address_or_words_is_no_link(anchor: str) -> None:
    (block,) = read_html(f"<p>a {anchor} b</p>").blocks
    assert links(block) == []


def test_fragments_are_resolved_on_the_page() -> None:
    targets = "<ol><li id='r1'>x</li></ol><a name='r2'></a>"
    html = "<p>A<a href='#r1'>[1]</a> b<a href='#r2'>[2]</a> c<a href='#r3'>[3]</a></p>" + targets
    assert links(read_html(html).blocks[0]) == [("[1]", "#r1", True), ("[2]", "#r2", True), ("[3]", "#r3", False)]


def test_nested_lists_share_the_line_that_introduces_them() -> None:
    blocks = read_html(
        "<p>Benefits:</p><ul><li>one<ul><li>in</li></ul>tail</li><li><p>two</p></li></ul><p>end</p>"
    ).blocks
    assert [(block.kind, block.text, block.intro) for block in blocks] == [
        ("p", "Benefits:", None),
        ("li", "one", "b0"),
        ("li", "in", "b0"),
        ("li", "tail", "b0"),
        ("li", "two", "b0"),
        ("p", "end", None),
    ]


def test_a_block_quotes_address_reaches_all_its_paragraphs_and_no_further() -> None:
    blocks = read_html("<blockquote cite='https://a.b/c'><p>one</p><p>two</p></blockquote><p>three</p>").blocks
    assert [block.cite for block in blocks] == ["https://a.b/c", "https://a.b/c", None]


def test_tables_are_read_cell_by_cell() -> None:
    html = "<table><thead><tr><th>A<th>B</thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table>"
    assert seen(html) == [("td", "A"), ("td", "B"), ("td", "1"), ("td", "2")]


@pytest.mark.parametrize("tag", ["div", "blockquote", "ul><li", "span", "b", "table><tr><td"])
def test_deep_nesting_is_read(tag: str) -> None:
    document = read_html("<p>before</p>" + f"<{tag}>" * 400 + "deep words")
    assert "deep words" in [block.text for block in document.blocks][-1:] or tag in ("span", "b")
    assert read_html("<p>" + f"<{tag}>" * 400 + "deep words" + "</p>").blocks[-1].text == "deep words"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>one<p>two", ["one", "two"]),
        ("<p>unclosed <b>bold <i>it", ["unclosed bold it"]),
        ("<div>loose <b>bold</b><p>para</p>tail</div>", ["loose bold", "para", "tail"]),
        ("<p>a</i></div>b</p>", ["ab"]),
        ("<p>1 < 2 & 3 > 2</p>", ["1 < 2 & 3 > 2"]),
        ("<p class=>x</p>", ["x"]),
        ("<!doctype html><html><body><p>x", ["x"]),
        ("<![CDATA[no]]><p>x</p>", ["x"]),
        ("", []),
        ("<p> </p><p>&nbsp;</p>", []),
        ("<", ["<"]),
    ],
)
def test_malformed_markup(html: str, expected: list[str]) -> None:
    assert [text for _, text in seen(html)] == expected


_TAGS = [
    "p",
    "div",
    "ul",
    "li",
    "a href='/x'",
    "a href='#r'",
    "b",
    "q",
    "pre",
    "blockquote",
    "table",
    "td",
    "h2",
    "span",
    "main",
]
_MARKUP = st.lists(
    st.one_of(
        st.sampled_from([f"<{tag}>" for tag in _TAGS]),
        st.sampled_from([f"</{tag.split()[0]}>" for tag in _TAGS]),
        st.sampled_from(["<br>", "word", " ", "\n", "😀", "&amp;", "&nbsp;", "<", "&", '"']),
    ),
    max_size=40,
).map("".join)


@settings(deadline=None)
@given(st.one_of(_MARKUP, st.text()))
def test_any_markup_gives_sound_blocks(html: str) -> None:
    blocks = read_html(html).blocks
    assert len({block.id for block in blocks}) == len(blocks)
    for block in blocks:
        assert block.text.strip()
        assert block.text == block.text.rstrip()
        assert block.intro is None or block.intro in {other.id for other in blocks}
        assert all(0 <= link.start <= link.end <= len(block.text) for link in block.links)


def test_title_language_and_path() -> None:
    html = "<html lang='en-GB'><head><title> Two\n words </title></head><body><article><p>x</p></article></body></html>"
    document = read_html(html, url="https://a.b/c")
    assert (document.title, document.lang, document.url, document.key) == (
        "Two words",
        "en",
        "https://a.b/c",
        "https://a.b/c",
    )
    assert document.blocks[0].path == "body/article/p"
    told = read_html(html, title="Mine", lang="de")
    assert (told.title, told.lang) == ("Mine", "de")
