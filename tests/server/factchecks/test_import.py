"""ClaimReview data in every shape, and what is made of bad data."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from server.cli import main
from server.factchecks.claim_review import CLAIM_LENGTH, Refused, reviews_in
from server.factchecks.entries import LINE_LIMIT, MOST_EVENTS, read_entries
from server.factchecks.review import Review
from server.factchecks.store import FactChecks

REVIEW: dict[str, Any] = {
    "@context": "https://schema.org",
    "@type": "ClaimReview",
    "url": "https://clear-spoon.example/nettle",
    "claimReviewed": "Nettle soup cures gout in nine days.",
    "author": {"@type": "Organization", "name": "Clear Spoon"},
    "datePublished": "2025-03-04T08:00:00Z",
    "itemReviewed": {"@type": "Claim", "author": {"name": "a soup page"}},
    "reviewRating": {"@type": "Rating", "ratingValue": 1, "bestRating": 5, "alternateName": "False"},
}
FOUND = {
    "text": "Nettle soup cures gout in nine days.",
    "claimant": "a soup page",
    "claimDate": "2025-02-01T00:00:00Z",
    "claimReview": [
        {
            "publisher": {"name": "Clear Spoon", "site": "clear-spoon.example"},
            "url": "https://clear-spoon.example/nettle",
            "title": "No, soup does not do that",
            "reviewDate": "2025-03-04T00:00:00Z",
            "textualRating": "False",
            "languageCode": "en",
        }
    ],
}


def write(folder: Path, content: object, name: str = "reviews.json") -> Path:
    path = folder / name
    path.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
    return path


def run(*words: str, **more: Any) -> Result:
    return CliRunner().invoke(main, ["factchecks", *words], **more)


def kept(tmp_path: Path) -> int:
    return FactChecks(tmp_path / "data").count()


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (REVIEW, "one.json"),
        ([REVIEW], "list.json"),
        ([[REVIEW]], "lists.json"),
        ({"@graph": [{"@type": "WebPage", "@graph": []}, REVIEW]}, "graph.json"),
        ([{"@graph": [REVIEW]}], "graphs.json"),
        ({"@type": "DataFeed", "dataFeedElement": [{"@type": "DataFeedItem", "item": [REVIEW]}]}, "feed.json"),
        ({"@type": "DataFeed", "dataFeedElement": [{"@type": "DataFeedItem", "item": REVIEW}]}, "feed-of-one.json"),
        ({"claims": [FOUND], "nextPageToken": "x"}, "search.json"),
        (FOUND, "claim.json"),
        (json.dumps(REVIEW), "lines.jsonl"),
        (json.dumps({"claims": [FOUND]}) + "\n" + json.dumps(FOUND) + "\n", "pages.txt"),
        (json.dumps(REVIEW, indent=1) + "\n" + json.dumps(FOUND, indent=1), "one-after-the-other.json"),
        (f'<script type="application/ld+json">{json.dumps(REVIEW)}</script>\n', "markup.txt"),
        ("\ufeff" + json.dumps([REVIEW]), "mark.json"),
    ],
    ids=lambda value: value if isinstance(value, str) and "." in value[-7:] and len(value) < 30 else "",
)
def test_every_published_shape_is_read(tmp_path: Path, content: object, name: str) -> None:
    result = run("import", str(write(tmp_path, content, name)))
    assert result.exit_code == 0, result.output
    assert kept(tmp_path) == 1
    with FactChecks(tmp_path / "data").searching() as search:
        assert search
        review = search.find(REVIEW["claimReviewed"])[0].review
    assert (review.publisher, review.site, review.rating) == ("Clear Spoon", "clear-spoon.example", "False")
    assert str(review.reviewed_on) == "2025-03-04"
    assert review.claimant == "a soup page"


def test_importing_again_replaces(tmp_path: Path) -> None:
    run("import", str(write(tmp_path, [REVIEW])))
    changed = {**REVIEW, "reviewRating": {"alternateName": "Still false"}}
    result = run("import", str(write(tmp_path, [changed, {**REVIEW, "claimReviewed": "Nettle soup cures colds."}])))
    assert "1 added, 1 replaced" in result.output
    assert kept(tmp_path) == 2
    found = run("search", "Nettle soup cures gout in nine days!").output
    assert "Still false" in found
    assert "colds" not in found


def without(key: str) -> dict[str, Any]:
    return {name: value for name, value in REVIEW.items() if name != key}


BAD = {
    "it names no claim": without("claimReviewed"),
    "its address is no https link": {**REVIEW, "url": "http://clear-spoon.example/nettle"},
    "it names no publisher": without("author"),
    "its rating has no words": {**REVIEW, "reviewRating": {"ratingValue": 1}},
    "it is no ClaimReview": {"@type": "Recipe", "name": "Secret nettle soup"},
    "it is no JSON object": 7,
}


@pytest.mark.parametrize(("reason", "entry"), BAD.items())
def test_bad_entries_have_a_reason(reason: str, entry: object) -> None:
    assert list(reviews_in(entry)) == [Refused(reason)]


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "https://u:p@x.example/",
        "https://x.example:8443/",
        "https:///x",
        "https://x.example/a b",
        7,
        "https://localhost/",
        "https://x.example/" + "a" * 3000,
        "data:text/html,x",
        "https://x.example/\u202e",
        "https://[x",
    ],
)
def test_only_plain_https_addresses_are_kept(address: object) -> None:
    assert list(reviews_in({**REVIEW, "url": address})) == [Refused("its address is no https link")]


def test_bad_entries_are_counted_and_named_by_place_never_by_text(tmp_path: Path) -> None:
    lines = [json.dumps(REVIEW), "{broken secret", *(json.dumps(entry) for entry in BAD.values())] + ["7"] * 20
    result = run("import", str(write(tmp_path, "\n".join(lines), "x.jsonl")))
    assert result.exit_code == 0
    assert "could not be used: 27" in result.stderr
    assert "line 2: it is no JSON in UTF-8" in result.stderr
    assert "line 4: its address is no https link" in result.stderr
    assert "and 17 more" in result.stderr
    assert not any(word in result.output + result.stderr for word in ("secret", "Nettle", "Secret"))


@pytest.mark.parametrize(
    ("claim", "language"),
    [
        ("Nettle soup cures gout.", "de"),
        ("Brennnesselsuppe heilt Gicht.", None),
        ("La soupe d'orties guérit la goutte.", ""),
        ("Крапивный суп лечит подагру.", None),
        ("Nettle soup cures gout.", {"@type": "Language", "alternateName": "fr"}),
    ],
)
def test_other_languages_are_skipped_and_counted(tmp_path: Path, claim: str, language: object) -> None:
    entry = {**REVIEW, "claimReviewed": claim, "inLanguage": language}
    assert "1 in other languages skipped" in run("import", str(write(tmp_path, [entry]))).output
    assert kept(tmp_path) == 0


@pytest.mark.parametrize("language", ["en", "en-GB", "EN_us", ["en"], None])
def test_english_is_kept(language: object) -> None:
    assert isinstance(next(reviews_in({**REVIEW, "inLanguage": language})), Review)


def test_markup_is_taken_out_and_lengths_are_bounded() -> None:
    long = "<p onclick='x()'>Nettle&nbsp;soup <script>bad()</script>cures\u202e \x00gout</p> " + "of the kind " * 1000
    review = next(reviews_in({**REVIEW, "claimReviewed": long, "author": [{"name": "<b>Clear</b> Spoon" + "n" * 900}]}))
    assert isinstance(review, Review)
    assert review.claim.startswith("Nettle soup")
    assert not any(sign in review.claim for sign in "<>\x00\u202e")
    assert len(review.claim) <= CLAIM_LENGTH
    assert len(review.publisher) <= 120


def test_a_file_that_breaks_off_is_refused_as_a_whole(tmp_path: Path) -> None:
    result = run("import", str(write(tmp_path, json.dumps([REVIEW, REVIEW])[:-20])))
    assert result.exit_code == 2
    assert "reading stopped behind entry 1" in result.stderr
    assert kept(tmp_path) == 0


@pytest.mark.parametrize("content", ["", "[]", "{}", "7", '{"claims": []}', "nonsense", "\x00"])
def test_a_file_without_fact_checks_is_refused(tmp_path: Path, content: str) -> None:
    assert run("import", str(write(tmp_path, content))).exit_code == 2


def test_entries_that_are_too_large_are_left_out(tmp_path: Path) -> None:
    vast = {**REVIEW, "about": [0] * (MOST_EVENTS + 1)}
    assert "has over 20,000 parts" in run("import", str(write(tmp_path, [vast, REVIEW]))).stderr
    lines = json.dumps({**REVIEW, "about": "x" * LINE_LIMIT}) + "\n" + json.dumps(REVIEW)
    assert "line 1: it is over 1,000,000 bytes" in run("import", str(write(tmp_path, lines, "x.jsonl"))).stderr
    assert kept(tmp_path) == 1


def test_deep_nests_do_no_harm(tmp_path: Path) -> None:
    result = run("import", str(write(tmp_path, "[" * 5000 + "]" * 5000)))
    assert result.exit_code == 2
    assert isinstance(result.exception, SystemExit)


def test_a_feed_is_read_as_a_stream() -> None:
    feed = io.BytesIO(json.dumps({"dataFeedElement": [{"item": [REVIEW]}] * 20_000}).encode())
    first = next(read_entries(Path("feed.json"), feed))
    assert first.data == {"item": [REVIEW]}
    assert feed.tell() < len(feed.getvalue()) / 2


def test_commands_show_count_and_clear(tmp_path: Path) -> None:
    assert "no fact-checks here" in run("list").output
    assert run("search", "Nettle soup cures gout in nine days.").exit_code == 1
    run("import", str(write(tmp_path, [REVIEW])))
    assert "Clear Spoon" in run("list").output
    assert run("count").output == "1\n"
    assert "https://clear-spoon.example/nettle" in run("search", "Nettle soup heals gout in nine days!").output
    assert run("search", " ").exit_code == 2
    assert run("clear", input="n\n").exit_code == 1
    assert run("clear", "--yes").exit_code == 0
    assert run("count").output == "0\n"
