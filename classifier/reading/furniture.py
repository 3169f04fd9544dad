"""What of a page is no text by its own word: menus, banners, forms, hidden parts, told by element, role and class.

A class name is judged word by word, because a layout often only mentions what stands beside it: ``has-sidebar``,
``content-sidebar-wrap`` and ``tag-social-anxiety`` name no furniture, ``sidebar-wrapper`` and ``main-nav`` do.
"""

from __future__ import annotations

import re
from functools import lru_cache

from bs4.element import Tag

# Shares of a page's text: an element that holds so much is no furniture, whatever it is called.
MOST, NEARLY_ALL = 0.4, 0.9

_NEVER_TEXT = frozenset(
    """
    script style noscript template meta link title svg math canvas object embed iframe audio video map nav
    input textarea select option datalist button progress meter output dialog menu
    """.split()
)
_CONTENT_TAGS = frozenset({"html", "body", "main", "article"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_ROLES = frozenset(
    """
    navigation banner contentinfo dialog alertdialog search complementary menu menubar toolbar tooltip
    """.split()
)
_HIDDEN_STYLE = re.compile(r"(?<![-\w])(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)

_UNSEEN = frozenset("visually-hidden visuallyhidden sr-only screen-reader-text screen-reader-only".split())
_WHOLE_NAMES = frozenset(
    """
    site-header author-box author-bio tag-list tag-links tag-cloud skip-link skip-links newsletter-signup
    newsletter-form signup-form
    """.split()
)
_NOUNS = frozenset(
    """
    nav navbar navigation menu breadcrumb breadcrumbs banner sidebar footer share sharing social related relatedposts
    recommended subscribe popup modal advert advertisement ad ads promo pagination toolbar masthead byline tags
    """.split()
)
_CONSENT = frozenset("cookie cookies consent gdpr ccpa onetrust".split())
# What may follow such a noun without changing what the whole is: a "footer-wrapper" is a footer.
_PARTS = frozenset(
    """
    wrap wrapper container inner outer content body dialog list lists item items link links button buttons bar box area
    block widget widgets section panel icon icons media follow save posts articles stories products notice message form
    trail slot unit top bottom root left right primary secondary main header row column col previous prev next text
    """.split()
)
# With one of these the name tells of something else: a layout, a state, or what is quoted.
_LAYOUT = frozenset("has have no with without not template layout content blockquote quote informed".split())
_TOPICS = frozenset("tag category cat is".split())
# What a style sheet's compiler hangs on a name ("Sidebar_root__x1f").
_HASH = re.compile(r"__(?=\w*[\dA-Z])\w{1,10}$")
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


def is_never_text(tag: Tag) -> bool:
    """Whether an element is no text wherever it stands: its kind says so, or it is hidden."""
    if tag.name in _NEVER_TEXT:
        return True
    return bool(tag.attrs) and (
        tag.has_attr("hidden")
        or _attribute(tag, "contenteditable", "false") != "false"
        or _attribute(tag, "role") in _ROLES
        or bool(_HIDDEN_STYLE.search(_attribute(tag, "style")))
    )


def least_share(tag: Tag) -> float | None:
    """The share of the page's text that an element must hold to count as text in spite of its names.

    ``None`` where nothing speaks against it. Long consent dialogues stand on short pages, so they must hold nearly all.
    """
    # Old pages wrap all they have in a form; a page under an open dialogue is hidden from screen readers as a whole.
    if tag.name == "form" or (tag.attrs and _attribute(tag, "aria-hidden") == "true"):
        return MOST
    if not tag.attrs or tag.name in _CONTENT_TAGS:
        return None
    names = f"{tag.get('class') or ''} {tag.get('id') or ''}".split()
    if tag.name in _HEADINGS:
        return MOST if any(name.lower() in _UNSEEN for name in names) else None
    return max((share for name in names if (share := _name_share(name)) is not None), default=None)


def _attribute(tag: Tag, name: str, default: str = "") -> str:
    return str(tag.get(name, default)).strip().lower()


@lru_cache(maxsize=10_000)
def _name_share(name: str) -> float | None:
    if name.lower() in _UNSEEN | _WHOLE_NAMES:
        return MOST
    words = [word.lower() for word in _WORDS.findall(_HASH.sub("", name))]
    while len(words) > 1 and words[-1] in _PARTS:
        words.pop()
    if not words or words[0] in _TOPICS or not _LAYOUT.isdisjoint(words):
        return None
    if words[-1] in _CONSENT or (words[-1] in _NOUNS and not _CONSENT.isdisjoint(words)):
        return NEARLY_ALL
    return MOST if words[-1] in _NOUNS else None
