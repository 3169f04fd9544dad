"""Deliveries: signed or refused, once, in any order, and never a private word."""

from __future__ import annotations

import time
from typing import Any

import pytest

from tests.server.forums.double import SECRET, SOURCE, Double


def test_a_post_is_taken_with_all_that_is_told_of_it(double: Double, deliver: Any, rows: Any) -> None:
    first = double.create("This powder is a miracle for sleep.")
    second = double.create("It did nothing for me.", reply_to_post_number=1)
    assert deliver(double.tell("post_created", first)).json["result"] == "new"
    assert deliver(double.tell("post_created", second)).json["result"] == "new"
    row, answer = rows()[str(first)], rows()[str(second)]
    assert (row.source, row.thread_id, row.thread_title, row.board) == (SOURCE, "11", "Nights", "sleep")
    assert (row.author, row.title, row.url) == ("oldrunner", "Nights", f"{double.address}/t/11/1")
    assert row.text == "This powder is a miracle for sleep."
    assert row.priority > answer.priority
    assert (answer.title, answer.reply_to) == (None, str(first))


def test_a_replay_changes_nothing(double: Double, deliver: Any, rows: Any, versions: Any) -> None:
    number = double.create("First words.")
    sent = double.tell("post_created", number)
    deliver(sent)
    before = rows()
    assert deliver(sent).json["result"] == "known"
    assert rows() == before
    assert versions() == 1


def test_the_newest_wins_in_whatever_order_it_comes(double: Double, deliver: Any, rows: Any, versions: Any) -> None:
    number = double.create("First words.")
    told = [double.tell("post_created", number)]
    for words in ("Second words.", "Third words."):
        double.edit(number, words, is_ninja=words.startswith("Second"))
        told.append(double.tell("post_edited", number))
    results = [deliver(told[which]).json["result"] for which in (2, 0, 1, 2, 0)]
    assert results == ["new", "old", "old", "known", "known"]
    assert rows()[str(number)].text == "Third words."
    assert versions() == 3


def test_a_new_title_reaches_the_whole_thread_and_an_old_one_does_not_return(
    double: Double, deliver: Any, rows: Any
) -> None:
    first, second = double.create("A question."), double.create("An answer.")
    old = [double.tell("post_created", first), double.tell("post_created", second)]
    for delivery in old:
        deliver(delivery)
    double.posts[first] |= {"topic_title": "Long nights", "updated_at": double.tick()}
    deliver(double.tell("post_edited", first))
    for delivery in old:
        deliver(delivery)
    assert {row.thread_title for row in rows().values()} == {"Long nights"}
    assert rows()[str(first)].title == "Long nights"


@pytest.mark.parametrize("is_before", [True, False])
def test_a_deleted_post_is_gone_and_stays_gone(
    double: Double, deliver: Any, rows: Any, versions: Any, is_before: bool
) -> None:
    number = double.create("A secret of mine.")
    created, destroyed = double.tell("post_created", number), double.tell("post_destroyed", number)
    for delivery in (destroyed, created) if is_before else (created, destroyed):
        assert deliver(delivery).status_code == 200
    double.edit(number, "A secret of mine, again.")
    assert deliver(double.tell("post_recovered", number)).json["result"] == "deleted"
    row = rows()[str(number)]
    assert (row.state, row.text, versions()) == ("deleted", "", 1)


def test_an_author_who_takes_the_words_back_is_heard(double: Double, deliver: Any, rows: Any) -> None:
    number = double.create("A secret of mine.")
    deliver(double.tell("post_created", number))
    double.edit(number, "(post deleted by author)")
    double.posts[number]["user_deleted"] = True
    assert deliver(double.tell("post_edited", number)).json["result"] == "deleted"
    assert rows()[str(number)].text == ""


def test_a_deleted_topic_takes_its_posts_along(double: Double, deliver: Any, rows: Any) -> None:
    numbers = [double.create(words) for words in ("A question.", "An answer.")]
    numbers.append(double.create("Elsewhere.", topic=12))
    for number in numbers:
        deliver(double.tell("post_created", number))
    assert (
        deliver(double.deliver("topic_destroyed", "topic", {"topic": {"id": 11, "title": "Nights"}})).json["result"]
        == "deleted"
    )
    assert [rows()[str(number)].state for number in numbers] == ["deleted", "deleted", "open"]


@pytest.mark.parametrize(
    "changed",
    [
        {"topic_archetype": "private_message"},
        {"post_type": 2},
        {"post_type": 3},
        {"post_type": 4},
        {"user_id": -1},
    ],
)
def test_what_is_not_said_in_public_is_never_kept(double: Double, deliver: Any, rows: Any, changed: Any) -> None:
    number = double.create("Between us.", **changed)
    answer = deliver(double.tell("post_created", number))
    assert (answer.status_code, answer.json["result"]) == (200, "ignored")
    assert rows() == {}


@pytest.mark.parametrize(
    ("event", "kind", "body"),
    [
        ("ping", "ping", {"ping": "OK"}),
        ("user_created", "user", {"user": {"id": 3, "username": "ada"}}),
        ("topic_created", "topic", {"topic": {"id": 11, "title": "Nights"}}),
        ("topic_recovered", "topic", {"topic": {"id": 11, "title": "Nights"}}),
        ("category_updated", "category", {"category": {"id": 4}}),
    ],
)
def test_other_events_are_passed_over(
    double: Double, deliver: Any, rows: Any, event: str, kind: str, body: Any
) -> None:
    answer = deliver(double.deliver(event, kind, body))
    assert (answer.status_code, answer.json["result"]) == (200, "ignored")
    assert rows() == {}


def test_one_altered_byte_is_refused_wherever_it_stands(double: Double, deliver: Any, rows: Any) -> None:
    headers, body = double.tell("post_created", double.create("Short."))
    for place in range(0, len(body), 37):
        altered = body[:place] + bytes([body[place] ^ 1]) + body[place + 1 :]
        assert deliver((headers, altered)).status_code == 401
    assert rows() == {}


@pytest.mark.parametrize("signature", ["", "sha256=", "sha256=" + "0" * 64, "sha1=" + "0" * 40, "sha256=" + "é" * 64])
def test_a_wrong_signature_is_refused_before_the_body_is_read(double: Double, deliver: Any, signature: str) -> None:
    headers, _ = double.tell("post_created", double.create("Short."))
    answer = deliver((headers, b"no JSON at all"), **{"X-Discourse-Event-Signature": signature})
    assert (answer.status_code, answer.json["error"]["code"]) == (401, "bad-signature")


def test_a_signature_with_an_empty_secret_opens_nothing(client: Any, double: Double, deliver: Any) -> None:
    headers, body = double.tell("post_created", double.create("Short."))
    forged = "sha256=b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad"  # HMAC of nothing with no key
    assert deliver((headers, b""), **{"X-Discourse-Event-Signature": forged}).status_code == 401
    for source in ("silent", "unknown"):
        answer = client.post(f"/v1/webhooks/{source}", data=body, headers=headers)
        assert (answer.status_code, answer.json["error"]["code"]) == (404, "no-webhook")


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"post": {"id": 5}}, 422),
        ({"post": "hush"}, 422),
        ({"post": {"id": "hush", "topic_id": 1}}, 422),
        ({"post": None}, 422),
        ([1], 422),
    ],
)
def test_a_shape_that_is_none_is_told_without_its_words(double: Double, deliver: Any, body: Any, status: int) -> None:
    answer = deliver(double.deliver("post_created", "post", body))
    assert answer.status_code == status
    assert "hush" not in answer.get_data(as_text=True)


def test_a_body_over_the_limit_is_refused(double: Double, deliver: Any) -> None:
    answer = deliver(double.deliver("post_created", "post", {"post": "x" * 2_200_000}))
    assert answer.status_code == 413


def test_a_quotation_is_not_the_poster_speaking(double: Double, deliver: Any, rows: Any) -> None:
    raw = '[quote="ada, post:1, topic:11"]\nThis powder is a miracle for sleep.\n[/quote]\n\nIt did nothing for me.'
    number = double.create(raw)
    deliver(double.tell("post_created", number))
    assert rows()[str(number)].text == "ada wrote:\n\nIt did nothing for me."


def test_neither_words_nor_secrets_reach_the_log(double: Double, deliver: Any, capfd: Any) -> None:
    headers, body = double.tell("post_created", double.create("Hushed words."))
    deliver((headers, body))
    deliver((headers, body + b" "))
    written = "".join(capfd.readouterr())
    assert "/v1/webhooks/<source>" in written
    assert "Hushed" not in written
    assert SECRET not in written


def test_pinchs_own_shape(send_own: Any, rows: Any) -> None:
    post = {"post_id": "b1", "version": 1, "text": "This powder is a miracle."}
    assert send_own("post.created", **post).json["result"] == "new"
    assert send_own("post.created", **post).json["result"] == "known"
    assert send_own("post.edited", **{**post, "version": 2, "text": "It is not."}).json["result"] == "changed"
    refused = send_own("post.edited", **{**post, "text": "Other words."})
    assert (refused.status_code, refused.json["error"]["code"]) == (409, "version-taken"), "no replay: it was not read"
    assert rows()["b1"].text == "It is not."
    assert send_own("post.deleted", post_id="b1").json["result"] == "deleted"
    assert send_own("post.deleted", post_id="b2").json["result"] == "deleted"
    assert send_own("post.created", post_id="b2", text="Too late.").json["result"] == "deleted"
    assert {row.text for row in rows().values()} == {""}


def test_pinchs_own_shape_is_good_for_five_minutes(send_own: Any) -> None:
    for late in (-400, 400):
        answer = send_own("post.created", at=time.time() + late, post_id="b1", text="Words.")
        assert (answer.status_code, answer.json["error"]["code"]) == (401, "stale-delivery")
    assert send_own("post.created", at=time.time() - 200, post_id="b1", text="Words.").status_code == 200


def test_pinchs_own_shape_wants_the_secret_and_the_time_signed(client: Any, send_own: Any) -> None:
    assert send_own("post.created", secret="another-secret-altogether", post_id="b1", text="x").status_code == 401
    answer = client.post("/v1/webhooks/boards", data=b"{}", headers={"X-Pinch-Signature": "sha256=" + "0" * 64})
    assert answer.json["error"]["code"] == "bad-signature"


@pytest.mark.parametrize(
    ("event", "post", "code"),
    [
        ("post.moved", {"post_id": "b1", "text": "x"}, "bad-request"),
        ("post.created", {"post_id": "b1"}, "bad-request"),
        ("post.created", {"source": "sleep-forum", "post_id": "b1", "text": "x"}, "other-source"),
    ],
)
def test_what_is_wrong_in_pinchs_own_shape_is_told(send_own: Any, event: str, post: Any, code: str) -> None:
    answer = send_own(event, **post)
    assert (answer.status_code, answer.json["error"]["code"]) == (422, code)
