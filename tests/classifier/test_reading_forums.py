"""BBCode, and quoted replies in every form: what another poster wrote is not scored as the poster's own."""

from __future__ import annotations

import time

import pytest

from classifier.reading import READERS, read_bbcode, read_html, read_markdown, read_text

CLAIM = "This powder cures every cancer."
OWN = "I do not believe a word of that."


def texts(document) -> list[tuple[str, str]]:  # type: ignore[no-untyped-def]
    return [(block.kind, block.text) for block in document.blocks if not block.is_quoted]


@pytest.mark.parametrize(
    "html",
    [
        f"<blockquote><div><cite>Ada wrote:</cite>{CLAIM}</div></blockquote>{OWN}",
        f"<blockquote class='uncited'><div>{CLAIM}</div></blockquote>{OWN}",
        f"<blockquote><cite><a href='/u/1'>Ada</a> wrote: <a href='#p1'>↑</a></cite>{CLAIM}</blockquote><p>{OWN}</p>",
        f"<aside class='quote' data-username='ada'><blockquote>{CLAIM}</blockquote></aside><p>{OWN}</p>",
        f"<div class='bbcode_quote'><div>Ada</div>{CLAIM}</div>{OWN}",
        f"<blockquote class='bbCodeBlock bbCodeBlock--quote' data-quote='ada'>{CLAIM}</blockquote>{OWN}",
        f"<blockquote class='ipsQuote'>{CLAIM}</blockquote>{OWN}",
        f"<p>{OWN}</p><div class='gmail_quote'>On Monday Ada wrote:<blockquote>{CLAIM}</blockquote></div>",
        f"<blockquote type='cite'>{CLAIM}</blockquote><p>{OWN}</p>",
        f"<blockquote class='mycode_quote'><cite>Ada wrote:</cite>{CLAIM}<blockquote>more</blockquote>"
        f"</blockquote>{OWN}",
    ],
)
def test_forum_quotes_are_left_out(html: str) -> None:
    assert texts(read_html(f"<body>{html}</body>")) == [("p", OWN)]


@pytest.mark.parametrize(
    "html",
    [
        "<blockquote>It heals me every day.</blockquote>",
        "<blockquote><p>It heals me every day.</p><cite>Ada Nilsen</cite></blockquote>",
        "<blockquote class='quote pull'>It heals me every day.</blockquote>",
        "<blockquote><cite>Ada Nilsen, nurse</cite><p>It heals me every day.</p></blockquote>",
    ],
)
def test_quotations_of_articles_stay(html: str) -> None:
    assert any(kind == "blockquote" and "heals" in text for kind, text in texts(read_html(html)))


def test_mail_quotes_in_text() -> None:
    document = read_text(f"On Monday, Ada Nilsen wrote:\n> {CLAIM}\n> It is so.\n\n{OWN}\n")
    assert texts(document) == [("p", OWN)]
    assert [block.is_quoted for block in document.blocks] == [True, True, False]


def test_a_line_before_no_quote_is_text() -> None:
    assert texts(read_text("Ada wrote:\nIt heals.")) != []


def test_mail_quotes_in_markdown() -> None:
    document = read_markdown(f"On Monday Ada wrote:\n\n> {CLAIM}\n\n{OWN}\n\n> A proverb of the house.")
    assert texts(document) == [("p", "On Monday Ada wrote:"), ("p", OWN), ("blockquote", "A proverb of the house.")]


def test_bbcode() -> None:
    text = (
        f'[quote="Ada"][b]{CLAIM}[/b] [quote]older[/quote][/quote]\n{OWN}\n\n'
        "See [url=https://a.example/b]the [u]trial[/u][/url] and [url]https://c.example/d[/url].\n"
        "[list][*]one\n[*][b]two[/b]\n[/list][img]https://a.example/x.png[/img]\n[code]if x [b]\n  y[/code]\n"
        "[size=5]big[/size] [1] [citation needed] <b> & [/i] [unknown]x[/unknown]"
    )
    document = read_bbcode(text, url="https://forum.example/t/1", title="T", lang="en")
    assert texts(document) == [
        ("p", OWN),
        ("p", "See the trial and https://c.example/d."),
        ("li", "one"),
        ("li", "two"),
        ("pre", "if x [b]\n  y"),
        ("p", "big [1] [citation needed] <b> & [/i] [unknown]x[/unknown]"),
    ]
    block = document.blocks[1]
    assert [(block.text[link.start : link.end], link.href) for link in block.links] == [
        ("the trial", "https://a.example/b"),
        ("https://c.example/d", "https://c.example/d"),
    ]
    assert (document.url, document.title, document.lang) == ("https://forum.example/t/1", "T", "en")


@pytest.mark.parametrize("text", ["[quote]", "[/quote]", "[b][i][/b][/i]", "[url=][/url]", "[*][*]", "[", "[code][/b]"])
def test_broken_bbcode_is_read(text: str) -> None:
    assert texts(read_bbcode(f"{OWN}\n\n{text}"))[0][1] == OWN


@pytest.mark.parametrize(
    "unit", ["[quote]", "[b]", "[/b]", "[url=x]", "[*]", "[code]", "[", "[b=", "> ", "[quote]a[/quote]"]
)
@pytest.mark.parametrize("name", READERS)
def test_time_is_linear(name: str, unit: str) -> None:
    start = time.perf_counter()
    READERS[name](unit * 5_000)
    assert time.perf_counter() - start < 20
