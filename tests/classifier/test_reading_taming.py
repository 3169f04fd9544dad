"""Markup is cut as browsers cut it, and nothing in it makes reading slow."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.reading import read_html
from classifier.reading.taming import _ATTRIBUTES, _REST, MOST_ATTRIBUTES, tame


@pytest.mark.parametrize(
    ("html", "markup"),
    [
        ("<p>1 < 2</p>", "<p>1 < 2</p>"),
        ("<p x='1>2'>y</p>", "<p x='1>2'>y</p>"),
        ("a<!-- b -->c<!--d--!>e<!-->f<!--->g", "acefg"),
        ("a<!-- never closed <p>b", "a"),
        ("a<script>b</scriptx></script >c", "ac"),
        ("a<script data-x='>'>b<!-- </script>c", "ac"),
        ("a<style>b", "a"),
        ("<noscript><p>no</noscript>b", "b"),
        ("a</ b>c<?d>e<!f>g", "aceg"),
        ("a<p title='never closed", "a"),
        ("a<svg><path d='M1'/><title>t</title></svg>b", "ab"),
        ("<xmp><b></xmp>c", "<pre>&lt;b&gt;</pre>c"),
        ("<a href=x'y>z</a>", "<a href=x'y>z</a>"),
    ],
)
def test_what_is_never_text_goes(html: str, markup: str) -> None:
    assert tame(html)[::2] == (markup, False)


def test_the_title_is_kept() -> None:
    assert tame("<title> A &amp;\n b </title><svg><title>c</title></svg>").title == "A & b"
    assert tame("<p>x</p>").title is None


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 5_000,
        "<b class=x>" * 100,
        "<b><div>x</b>" * 300,
        "<x-y>" * 100,
        "<span><div></span>" * 300,
        "<div><object></div>" * 300,
        "<body a=1>" * 20,
        f"<p {' '.join(f'attribute{n}' for n in range(MOST_ATTRIBUTES + 1))}>x",
        f"<svg><foreignObject>{'<div>' * 300}",
    ],
)
def test_what_would_make_a_tree_slow_is_bent(html: str) -> None:
    page = tame(html)
    assert page.is_bent
    assert not tame(page.markup).is_bent


@pytest.mark.parametrize(
    "html",
    [
        "<p>x" * 5_000,
        "<ul><li>x</ul>" * 5_000,
        "<table><tr><td>x" + "<td>y" * 5_000,
        "<div><p>a</div>" * 5_000,
        "<b>x</b>" * 5_000,
        "<br>" * 5_000,
        "<div><!-- </div> --></div>" * 5_000,
        "<div title='</div>'></div>" * 5_000,
        "<svg><path/><g></g></svg>" * 5_000,
    ],
)
def test_ordinary_pages_are_not_bent(html: str) -> None:
    assert not tame(html).is_bent


def test_a_fake_end_tag_hides_no_depth() -> None:
    assert tame("<div><!-- </div> -->" * 5_000).is_bent
    assert tame("<div title='</div>'>" * 5_000).is_bent
    assert tame("<div><script></div></script>" * 5_000).is_bent


@pytest.mark.parametrize("tag", ["div", "blockquote", "ul><li", "span", "b", "table><tr><td", "x-y"])
def test_text_nested_very_deep_is_read(tag: str) -> None:
    html = "<p>before</p>" + f"<{tag}>" * 100_000 + "deep words"
    texts = [block.text for block in read_html(html).blocks]
    assert texts[0] == "before"
    assert texts[-1] == "deep words"


def test_what_bent_boxes_part_stays_parted() -> None:
    html = "<div>" * 1_000 + "<h2>Heading</h2><div>one</div><div>two</div><blockquote>three</blockquote>"
    assert [(block.kind, block.text) for block in read_html(html).blocks] == [
        ("h2", "Heading"),
        ("p", "one"),
        ("p", "two"),
        ("blockquote", "three"),
    ]


_ODD = st.lists(st.sampled_from([*"ab=\"'></ \n", ' a="', ' a="b"', " b='c'", ' x:y="<p>"', " hidden"]), max_size=12)


@given(_ODD.map("".join))
def test_the_quick_pattern_for_attributes_ends_a_tag_where_the_full_one_does(rest: str) -> None:
    quick, full = re.match(_REST, rest), re.match(f"{_ATTRIBUTES}>", rest)
    assert (quick and quick.end()) == (full and full.end())


@pytest.mark.parametrize(
    "name", "script style noscript template iframe noembed noframes textarea title plaintext svg".split()
)
def test_no_raw_text_is_taken_for_a_plain_tag(name: str) -> None:
    assert "<" + name not in tame(f"a<{name}>b</{name}>c").markup
    assert "<" + name not in tame(f"a<{name.upper()} id=x>b</{name.upper()}>c").markup.lower()
