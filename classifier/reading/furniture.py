"""What of a page is no text by its own word: menus, banners, forms, boxes beside it, told by tag, role and name.

A class name is judged word by word, because a layout often only mentions what stands beside it: ``has-sidebar``,
``content-sidebar-wrap`` and ``tag-social-anxiety`` name no furniture, ``sidebar-wrapper`` and ``main-nav`` do.
"""

from __future__ import annotations

import re
from functools import lru_cache

from classifier.document import Element
from classifier.reading.unseen import is_for_screen_readers

# Shares of a page's text: an element that holds so much is no furniture, whatever it is called.
MOST, NEARLY_ALL = 0.4, 0.9

_TAGS = frozenset({"nav", "menu", "dialog"})
_ROLES = frozenset(
    """
    navigation banner contentinfo dialog alertdialog search complementary menu menubar tablist toolbar tooltip
    """.split()
)
_CONTENT_TAGS = frozenset({"html", "body", "main", "article"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})

_WHOLE_NAMES = frozenset(
    """
    site-header site-title site-description site-info author-box author-bio tag-list tag-links tag-cloud cat-links
    post-terms skip-link skip-links newsletter-signup newsletter-form signup-form top-bar utility-bar read-more
    more-link read-next up-next most-read most-popular comment-form comment-respond comment-reply-link comments-title
    comment-header comment-head comment-info comment-date comment-actions
    reading-time read-time posted-on entry-date post-date published-date back-to-top no-print
    """.split()
)
_NOUNS = frozenset(
    """
    nav navbar navigation menu breadcrumb breadcrumbs crumbs banner sidebar footer share sharing shares sharedaddy
    addtoany addthis social socials related relatedposts recommended recommendations recirc recirculation trending
    popular subscribe subscription newsletter signup optin popup modal overlay advert advertisement adverts ad ads
    adsbygoogle dfp sponsor sponsors sponsored promo promos promotion outbrain taboola pagination pager paging toolbar
    topbar masthead byline bylines dateline timestamp tags tagcloud taglist metadata meta author bio widget cta donate
    donation login searchform copyright colophon toc respond likes
    price prices quantity sku rating ratings claps reactions followers skip
    ticker announcement breadcrumbtrail readtime postmeta postinfo feedback adv quiz poll rail hdr credit credits
    mega megamenu interstitial authors affiliate aff chat
    """.split()
)
# Shops have long ones.
_FEET = frozenset("footer foot ftr colophon legal".split())
_CONSENT = frozenset("cookie cookies consent gdpr ccpa onetrust cmp didomi usercentrics truste cookiebot".split())
# What may follow such a noun without changing what the whole is: a "footer-wrapper" is a footer.
_PARTS = frozenset(
    """
    wrap wrapper container inner outer content body dialog list lists item items link links button buttons bar box area
    block widget widgets section panel icon icons media follow save posts articles stories products notice message form
    trail slot unit top bottom root left right primary secondary main header row column col previous prev next text
    cards card rail strip module region group grid title heading headline label name info placeholder
    mid middle end inline above below enabled
    """.split()
)
# With one of these the name tells of something else: a layout, a state, or what is quoted.
_LAYOUT = frozenset("has have no with without not template layout content blockquote quote informed".split())
_TOPICS = frozenset("tag category cat is".split())
# What a style sheet's compiler hangs on a name ("Sidebar_root__x1f").
_HASH = re.compile(r"__(?=\w*[\dA-Z])\w{1,10}$")
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


def is_furniture(element: Element) -> bool:
    """Whether an element's tag or role says that it is no text, however much it holds."""
    return element.tag in _TAGS or element.role in _ROLES


def least_share(element: Element) -> float | None:
    """The share of the page's text that an element must hold to count as text in spite of its names.

    ``None`` where nothing speaks against it. Long consent dialogues stand on short pages, so they must hold nearly all.
    """
    # Old pages wrap all they have in a form; a page under an open dialogue is hidden from screen readers as a whole.
    if element.tag in ("form", "fieldset", "label") or element.is_hidden:
        return MOST
    # A made-up element is named by its tag.
    tag = element.tag if "-" in element.tag else ""
    if element.tag in _CONTENT_TAGS or not (element.names or element.id or tag):
        return None
    if element.tag in _HEADINGS:
        return MOST if is_for_screen_readers(element.names) else None
    return _names_share(f"{element.names} {element.id} {tag}")


@lru_cache(maxsize=10_000)
def _names_share(names: str) -> float | None:
    return max((share for name in names.split() if (share := _name_share(name)) is not None), default=None)


@lru_cache(maxsize=10_000)
def _name_share(name: str) -> float | None:
    lower = name.lower().replace("_", "-")
    if is_for_screen_readers(lower) or any(lower == whole or lower.endswith(f"-{whole}") for whole in _WHOLE_NAMES):
        return MOST
    words = name_words(name)
    while len(words) > 1 and words[-1] in _PARTS:
        words = words[:-1]
    if not words or words[0] in _TOPICS or not _LAYOUT.isdisjoint(words):
        return None
    if words[-1] in _FEET or words[-1] in _CONSENT or (words[-1] in _NOUNS and not _CONSENT.isdisjoint(words)):
        return NEARLY_ALL
    return MOST if words[-1] in _NOUNS else None


@lru_cache(maxsize=10_000)
def name_words(name: str) -> tuple[str, ...]:
    """The words of a class or id, in lower case, without what a compiler hung on it."""
    return tuple(word.lower() for word in _WORDS.findall(_HASH.sub("", name)))
