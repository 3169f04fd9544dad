"""What a Discourse gives out: pages of its API, lists of any length, a member's archive. The words are invented."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from classifier.errors import InputError
from server.forums.connections import DiscourseForum
from server.forums.discourse.shapes import incoming, read_discourse
from server.forums.dumps.shapes import Dump
from server.moderation.incoming import read_post
from server.moderation.rows import FileRow, RowDefaults, RowFormat

POST: dict[str, Any] = {
    "id": 8101,
    "name": "Ida Holm",
    "username": "ida_holm",
    "avatar_template": "/letter_avatar_proxy/v4/letter/i/ad7895/{size}.png",
    "created_at": "2026-11-20T07:14:00.120Z",
    "cooked": "<p>Two weeks of walking did more than the powder.</p>",
    "raw": "Two weeks of *walking* did more than the powder.",
    "post_number": 3,
    "post_type": 1,
    "updated_at": "2026-11-20T08:00:00.000Z",
    "reply_count": 1,
    "reply_to_post_number": None,
    "reads": 17,
    "topic_id": 640,
    "topic_slug": "powders-for-sleep",
    "topic_title": "Powders for sleep",
    "category_id": 5,
    "version": 2,
    "user_id": 41,
    "hidden": False,
    "deleted_at": None,
    "user_deleted": False,
    "actions_summary": [{"id": 4, "can_act": True}],
}
HEAD = "topic_title,categories,is_pm,post_raw,post_cooked,like_count,reply_count,url,created_at\r\n"


def read(data: str | bytes, form: RowFormat = "jsonl") -> tuple[list[FileRow], dict[str, int]]:
    dump = Dump("discourse", form, RowDefaults("forum.example"))
    rows = list(dump.rows(io.BytesIO(data.encode() if isinstance(data, str) else data)))
    return rows, dict(dump.left_out)


def numbers(data: str) -> list[str]:
    rows, _ = read(data)
    assert not any(row.problem for row in rows)
    return [read_post(dict(row.value)).post_id for row in rows]


def other(number: int, **changed: Any) -> dict[str, Any]:
    return {**POST, "id": number, **changed}


def test_discourse_post() -> None:
    [row], _ = read(json.dumps(POST))
    post = read_post(dict(row.value))
    assert (post.source, post.post_id, post.thread_id) == ("forum.example", "8101", "640")
    assert (post.author, post.board, post.thread_title) == ("ida_holm", "5", "Powders for sleep")
    assert (post.text, post.format) == (POST["raw"], "markdown")
    assert post.url == "https://forum.example/t/640/3"
    without = {key: value for key, value in POST.items() if key != "raw"}
    [row], _ = read(json.dumps(without))
    assert (row.value["text"], row.value["format"]) == (POST["cooked"], "html")


@pytest.mark.parametrize("number", [1, 3])
def test_discourse_post_is_what_a_delivery_makes_of_it(number: int) -> None:
    raw = '[quote="ada, post:1, topic:640"]\nIt rewires you.\n[/quote]\n\nDoes it?'
    told = other(8, raw=raw, post_number=number, category_slug="sleep")
    forum = DiscourseForum(source="forum.example", kind="discourse", url="https://forum.example")
    [row], _ = read(json.dumps(told))
    assert read_post(dict(row.value)) == incoming(read_discourse(told), forum, with_reach=True)


@pytest.mark.parametrize("changed", [None, 7, "yesterday", "2026-11-20T08:00:00"])
def test_discourse_post_without_a_time_of_change_has_its_own_version(changed: object) -> None:
    [row], _ = read(json.dumps(other(8, updated_at=changed)))
    assert row.value["version"] == 2


@pytest.mark.parametrize(
    "data",
    [
        json.dumps({"latest_posts": [other(1), other(2)]}, indent=2),
        json.dumps([other(1), other(2)]),
        json.dumps({"post_stream": {"posts": [other(1), other(2)], "stream": [1, 2]}, "id": 640, "title": "Powders"}),
        "\n".join(json.dumps(other(number)) for number in (1, 2)),
        "\n".join(json.dumps({"latest_posts": [other(number)]}) for number in (1, 2)) + "\n",
        "\ufeff" + json.dumps({"post": other(1)}) + "\n" + json.dumps({"post": other(2)}),
    ],
    ids=["posts.json", "list", "topic", "lines", "lines of pages", "lines of webhooks"],
)
def test_discourse_json_in_every_form(data: str) -> None:
    assert numbers(data) == ["1", "2"]


def test_discourse_topic_tells_its_posts_the_title() -> None:
    bare = {key: value for key, value in POST.items() if key not in ("topic_title", "category_id")}
    page = {"post_stream": {"posts": [bare]}, "title": "Powders", "category_id": 9, "archetype": "regular"}
    [row], _ = read(json.dumps(page))
    assert (row.value["thread_title"], row.value["board"]) == ("Powders", "9")
    assert read(json.dumps({**page, "archetype": "private_message"})) == ([], {"private": 1})


def test_discourse_leaves_out_and_counts() -> None:
    gone = [
        other(1, deleted_at="2026-11-21T00:00:00Z"),
        other(2, user_deleted=True),
        other(3, hidden=True),
        other(4, post_type=4),
        other(5, post_type=3),
        other(6, username="system", user_id=-1),
        other(7, topic_archetype="private_message"),
        other(8),
        other(9, post_type=2),
    ]
    rows, left_out = read(json.dumps({"latest_posts": gone}))
    assert [row.value["post_id"] for row in rows] == ["8"]
    assert left_out == {"deleted": 2, "hidden": 1, "not a member's words": 4, "private": 1}


def test_discourse_long_list_is_streamed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.forums.dumps.discourse.LINE_LIMIT", 2000)
    many = {"latest_posts": [other(number) for number in range(300)], "more": [{"id": 1}]}
    assert numbers(json.dumps(many, indent=1)) == [str(number) for number in range(300)]
    with pytest.raises(InputError, match="stopped behind post 299"):
        numbers(json.dumps(many, indent=1)[: -len(json.dumps(POST))])


@pytest.mark.parametrize("is_listed", [True, False])
def test_discourse_private_topics_stay_out_of_a_file_that_is_not_read_whole(
    monkeypatch: pytest.MonkeyPatch, is_listed: bool
) -> None:
    """Discourse writes ``archetype`` behind the posts."""
    monkeypatch.setattr("server.forums.dumps.discourse.LINE_LIMIT", 500)
    page = {"post_stream": {"posts": [other(1), other(2)]}, "archetype": "private_message"}
    with pytest.raises(InputError, match="pages of topics are only read whole"):
        read(json.dumps([page] if is_listed else page, indent=1))


def test_discourse_words_are_those_of_a_delivery() -> None:
    long = "[quote]\n" * 9 + "x\n" * 40_000 + "[/quote]\n" * 9
    [row], _ = read(json.dumps([other(1, raw=long)]))
    assert read_post({"source": "sleep", **row.value}).text == long, "marks would lengthen it over the limit"


def test_discourse_archive_of_a_member() -> None:
    rows, left_out = read(
        HEAD
        + 'Powders for sleep,Health|Sleep,No,"I said: ""slow"", twice.\nThen I slept.",<p>x</p>,0,2,'
        + "https://forum.example/t/powders-for-sleep/640/7,2026-11-19 21:30:12 UTC\r\n"
        + "Between us,-,Yes,Do not tell.,,0,0,https://forum.example/t/between-us/641/1,2026-11-19 21:31:00 UTC\r\n"
        + "Unter uns,-,Nein,Hallo.,<p>x</p>,0,0,https://forum.example/t/unter-uns/642/1,2026-11-19 21:32:00 UTC\r\n",
        "csv",
    )
    [row] = rows
    post = read_post(dict(row.value))
    assert (row.line, post.post_id, post.thread_id, post.board) == (2, "t640.7", "640", "Health|Sleep")
    assert post.text == 'I said: "slow", twice.\nThen I slept.'
    assert post.posted_at
    assert post.posted_at.isoformat() == "2026-11-19T21:30:12+00:00"
    assert left_out == {"private": 2}, "what is not plainly public stays out"


def test_discourse_refuses_another_table() -> None:
    with pytest.raises(InputError, match="no table of a Discourse"):
        read("name,age\nida,41\n", "csv")


@pytest.mark.parametrize("value", [None, [], {}, -1, 1e300, True, "", "x" * 9000, "\ud800\0"])
@pytest.mark.parametrize("key", list(POST))
def test_discourse_rows_of_any_kind_never_raise(key: str, value: object) -> None:
    read(json.dumps([{**POST, key: value}]))
