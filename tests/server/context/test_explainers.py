"""Every flag is explained with sources and three checks, and no word of a page gets into an address."""

from __future__ import annotations

from classifier.taxonomy import flag_ids
from server.context.explainers import CHECKS, check_explainers, explainers
from tests.server.conftest import Client, Headers


def test_every_flag_is_explained_without_faults() -> None:
    assert list(explainers()) == list(flag_ids())
    assert not list(check_explainers())


def test_searches_hold_the_topic_and_open_the_front_page_without_one() -> None:
    check = next(check for check in explainers()["miracle"].checks if check.search == "pubmed-reviews")
    assert check.address("lion's mane & co") == (
        "https://pubmed.ncbi.nlm.nih.gov/?term=lion%27s%20mane%20%26%20co&filter=pubt.systematicreview"
    )
    assert check.address(None) == "https://pubmed.ncbi.nlm.nih.gov/"


def test_the_api_tells_why(client: Client, bearer: Headers) -> None:
    for kind in client.get("/v1/flags", headers=bearer).get_json()["flags"]:
        assert len(kind["look_up"]) == CHECKS
        assert 2 <= len(kind["why"]) <= 4
        assert {n for why in kind["why"] for n in why["sources"]} == {source["n"] for source in kind["sources"]}


def test_each_flag_has_a_page_with_searches_about_a_topic(client: Client) -> None:
    for flag in flag_ids():
        assert client.get(f"/flags/{flag}").status_code == 200
    page = client.get("/flags/miracle?topic=ketamine").get_data(as_text=True)
    assert "term=ketamine&amp;filter=pubt.systematicreview" in page
    assert "sesame" not in client.get("/flags/miracle?topic=sesame").get_data(as_text=True)
    assert client.get("/flags/unheard-of").status_code == 404
