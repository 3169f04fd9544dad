"""What is text and what is furniture: judged by the whole of a name, and never against most of a page's text."""

from __future__ import annotations

import pytest

from classifier.reading import read_html

_STORY = "<p>A story that is long enough to be most of what stands on this page, whatever else there is.</p>"


def texts(html: str) -> list[str]:
    return [block.text for block in read_html(html).blocks]


@pytest.mark.parametrize(
    "name",
    [
        "has-sidebar",
        "no-sidebar content",
        "content-sidebar-wrap",
        "hentry tag-social-anxiety",
        "menu-page",
        "category-menu",
        "nav-open",
        "ad-free",
        "cookie-recipe",
        "informed-consent",
        "social-proof",
        "blockquote-footer",
        "page-template-sidebar",
    ],
)
def test_a_name_that_only_mentions_furniture_is_read(name: str) -> None:
    assert "seen" in texts(f"<body>{_STORY}<div class='{name}'><p>seen</p></div></body>")
    assert texts(f"<body><div class='{name}'>{_STORY}</div></body>") == texts(_STORY)


@pytest.mark.parametrize(
    "name",
    [
        "sidebar",
        "post sidebar",
        "Sidebar_root__x1",
        "sidebar-wrapper",
        "main-nav",
        "site-footer",
        "siteFooter",
        "cookie-consent-banner",
        "related-posts",
        "share-buttons",
        "social_links",
        "ad-slot-2",
        "skip-link",
        "sr-only",
        "jp-relatedposts",
    ],
)
def test_furniture_is_left_out(name: str) -> None:
    assert texts(f"<body>{_STORY}<div class='{name}'><p>no</p></div></body>") == texts(_STORY)
    assert texts(f"<body>{_STORY}<div id='{name.split()[-1]}'><p>no</p></div></body>") == texts(_STORY)


@pytest.mark.parametrize("attributes", ["class='menu'", "id='sidebar'", "aria-hidden='true'"])
def test_most_of_the_text_is_no_furniture(attributes: str) -> None:
    assert texts(f"<body><div {attributes}>{_STORY}</div><p>end</p></body>") == [*texts(_STORY), "end"]


@pytest.mark.parametrize("headline", ["<h1>seen</h1>", "<main>seen</main>", "<article>seen</article>"])
def test_what_holds_the_headline_is_no_furniture(headline: str) -> None:
    assert "seen" in texts(f"<body>{_STORY}<div class='banner'>{headline}</div></body>")


def test_cards_of_other_articles_are_furniture() -> None:
    cards = "<article>no</article><article>no</article>"
    assert texts(f"<body>{_STORY}<div class='related-posts'>{cards}</div></body>") == texts(_STORY)


def test_a_long_consent_dialogue_on_a_short_page_is_furniture() -> None:
    assert texts(f"<body><div class='cookie-consent'>{_STORY}</div><p>The short page.</p></body>") == [
        "The short page."
    ]
    assert texts(f"<body><div class='cookie-consent'>{_STORY}</div></body>") == texts(_STORY)


def test_a_form_around_the_page_is_read() -> None:
    assert texts(f"<body><form id='aspnetForm'>{_STORY}</form></body>") == texts(_STORY)
    assert texts(f"<body>{_STORY}<form><p>no</p></form></body>") == texts(_STORY)


@pytest.mark.parametrize(
    "hidden",
    [
        "<article style='display:none'>no</article>",
        "<template><p>no</p></template>",
        "<noscript><p>no</p></noscript>",
        "<!-- no -->",
        "<![CDATA[no]]>",
        "<div hidden='until-found'>no</div>",
        "<datalist><p>no</p></datalist>",
    ],
)
def test_what_nobody_sees_is_left_out(hidden: str) -> None:
    assert texts(f"<body>{_STORY}{hidden}</body>") == texts(_STORY)


@pytest.mark.parametrize(
    "shown",
    [
        "<p style='backface-visibility:hidden'>seen</p>",
        "<p contenteditable='false'>seen</p>",
        "<details><p>seen</p></details>",
        "<h2 id='navigation'>seen</h2>",
        "<p aria-hidden='false'>seen</p>",
    ],
)
def test_what_only_looks_hidden_is_read(shown: str) -> None:
    assert texts(f"<body>{_STORY}{shown}</body>") == [*texts(_STORY), "seen"]


def test_what_is_left_out_parts_what_stands_around_it() -> None:
    assert texts(f"{_STORY}<div>one<nav>no</nav>two</div>") == [*texts(_STORY), "one", "two"]
    assert texts(f"{_STORY}<p>one <script>no</script>two</p>") == [*texts(_STORY), "one two"]


def test_who_said_it_is_read_beside_a_quotation() -> None:
    quotation = "<blockquote><p>It heals.</p><footer class='blockquote-footer'>— A Name</footer></blockquote>"
    assert [(block.kind, block.text) for block in read_html(f"{quotation}<footer>no</footer>").blocks] == [
        ("blockquote", "It heals."),
        ("p", "— A Name"),
    ]


def test_an_articles_header_is_read() -> None:
    html = f"<article><header><h1>Title</h1><p>By me</p></header>{_STORY}<footer>no</footer></article>"
    assert texts(html) == ["Title", "By me", *texts(_STORY)]


@pytest.mark.parametrize(
    "html",
    [
        f"<html><head><title>T</title>{_STORY}",
        f"<html><body><p>one</p></body></html>{_STORY}",
    ],
)
def test_text_beside_the_body_is_read(html: str) -> None:
    assert texts(html)[-1:] == texts(_STORY)
