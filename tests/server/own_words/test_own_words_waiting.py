"""Waiting posts are brought in line with a changed list, and only those that it can concern."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

import sqlalchemy as sa

from classifier.document import Document, Report
from classifier.own_phrases import OwnPhrases
from classifier.priority_weights import load_weights
from server.commands.scorer import scorer_of
from server.moderation.choice import Choice
from server.moderation.incoming import IncomingPost
from server.moderation.intake import Intake
from server.moderation.queue import Queue
from server.moderation.scoring import Scorer
from server.moderation.tables import DECISIONS, POST_FLAGS, POSTS
from server.own_words.tables import PHRASE_LISTS
from server.own_words.versions import Versions
from server.own_words.watching import Watcher, watcher_of
from server.parts import Parts
from server.settings import Settings
from tests.server.conftest import Client, Headers
from tests.server.fakes import FakeDetector
from tests.server.moderation.pressing import HTML, fields, page
from tests.server.own_words.conftest import NEVER, SALVE, Save


def post(client: Client, bearer: Headers, post_id: str, text: str) -> None:
    body = {"source": "sleep-forum", "post_id": post_id, "text": text, "posted_at": "2026-11-20T08:14:00+01:00"}
    assert client.post("/v1/posts", json=body, headers=bearer).status_code == 201


def kept(parts: Parts) -> dict[str, list[tuple[str, str]]]:
    joined = sa.select(POSTS.c.post_id, POST_FLAGS.c.flag, POST_FLAGS.c.origin).join_from(POSTS, POST_FLAGS)
    found: dict[str, list[tuple[str, str]]] = {}
    with parts.store.engine.connect() as connection:
        for post_id, flag, origin in connection.execute(joined.order_by(POSTS.c.post_id, POST_FLAGS.c.start)):
            found.setdefault(post_id, []).append((flag, origin))
    return found


def test_waiting_posts_gain_and_lose_flags(
    client: Client, bearer: Headers, save: Save, watcher: Watcher, parts: Parts
) -> None:
    post(client, bearer, "salve", "Nights are hard. Put bl4ck s-a-l-v-e on the mole.")
    post(client, bearer, "mile", "The miracle mile is long.")
    post(client, bearer, "warning", "Do not use black salve.")
    post(client, bearer, "other", "This powder is a miracle.")
    before = {queued.post_id: queued.priority for queued in Queue(parts.store.engine).page(Choice(), limit=9)}
    watcher.step()
    save(SALVE + NEVER)
    assert watcher.step() == 3
    assert kept(parts) == {"salve": [("self-treatment", "list")], "other": [("miracle", "model")]}
    after = {queued.post_id: queued.priority for queued in Queue(parts.store.engine).page(Choice(), limit=9)}
    assert after["salve"] > before["salve"] == 0
    assert after["mile"] == 0 < before["mile"]
    assert after["other"] == before["other"]
    save("format = 1\n")
    assert watcher.step() == 3
    assert kept(parts) == {"mile": [("miracle", "model")], "other": [("miracle", "model")]}


def test_decided_posts_stay_as_they_were_decided(
    client: Client, bearer: Headers, save: Save, watcher: Watcher, parts: Parts
) -> None:
    post(client, bearer, "salve", "Put black salve on the mole.")
    with parts.store.engine.begin() as connection:
        connection.execute(POSTS.update().values(state="decided", outcome="dismissed"))
    save(SALVE)
    assert watcher.step() == 0
    assert kept(parts) == {}


def test_of_two_processes_one_does_it(
    client: Client, bearer: Headers, save: Save, watcher: Watcher, parts: Parts
) -> None:
    post(client, bearer, "salve", "Put black salve on the mole.")
    save(SALVE)
    assert (watcher.step(), watcher_of(parts).step()) == (1, 0)
    with parts.store.engine.connect() as connection:
        assert connection.execute(sa.select(sa.func.count()).select_from(PHRASE_LISTS)).scalar() == 1


def test_what_another_process_left_undone_is_done_when_its_claim_ran_out(
    client: Client, bearer: Headers, save: Save, watcher: Watcher, parts: Parts
) -> None:
    post(client, bearer, "salve", "Put black salve on the mole.")
    save(SALVE)
    versions = Versions(parts.store.engine)
    versions.keep(parts.phrases.current)
    assert [version.text for version in versions.claim(parts.phrases.current.digest)] == [SALVE]
    assert watcher.step() == 0
    with parts.store.engine.begin() as connection:
        connection.execute(PHRASE_LISTS.update().values(claimed_until=sa.text("'2020-01-01 00:00:00'")))
    assert watcher_of(parts).step() == 1


def test_a_post_read_with_the_list_before_while_others_were_searched_is_found(
    client: Client, bearer: Headers, save: Save, watcher: Watcher, parts: Parts
) -> None:
    save(SALVE)
    watcher.step()
    before = Intake(parts.store.engine, Scorer(FakeDetector(), {}, load_weights()))
    before.take([IncomingPost(source="sleep-forum", post_id="late", version=1, text="Put black salve on the mole.")])
    assert kept(parts) == {}
    watcher.clock = lambda: time.monotonic() + 6
    assert watcher.step() == 1
    assert kept(parts) == {"late": [("self-treatment", "list")]}


def test_a_batch_that_took_long_with_the_list_before_is_found(
    client: Client, bearer: Headers, save: Save, watcher: Watcher, parts: Parts
) -> None:
    save(SALVE)
    watcher.step()
    watcher.clock = lambda: time.monotonic() + 6
    watcher.step()
    before = Intake(parts.store.engine, Scorer(FakeDetector(), {}, load_weights()))
    before.take([IncomingPost(source="sleep-forum", post_id="long", version=1, text="Put black salve on the mole.")])
    watcher.clock = lambda: time.monotonic() + 62
    assert watcher.step() == 1
    assert kept(parts) == {"long": [("self-treatment", "list")]}


def test_a_process_with_another_list_than_the_newest_leaves_the_work_to_those_that_have_it(
    client: Client, bearer: Headers, save: Save, watcher: Watcher, parts: Parts
) -> None:
    post(client, bearer, "salve", "Put black salve on the mole.")
    watcher.step()
    Versions(parts.store.engine).keep(OwnPhrases.parse(SALVE))
    watcher.clock = lambda: time.monotonic() + 6
    assert watcher.step() == 0
    save(SALVE)
    assert watcher.step() == 1
    assert kept(parts) == {"salve": [("self-treatment", "list")]}


def test_a_post_that_is_decided_while_it_is_read_again_stays_as_it_was_decided(
    client: Client, bearer: Headers, save: Save, watcher: Watcher, parts: Parts
) -> None:
    post(client, bearer, "salve", "Put black salve on the mole.")
    save(SALVE)
    read_with = watcher.intake

    def deciding(phrases: OwnPhrases) -> Intake:
        intake = read_with(phrases)
        scorer = intake._scorer

        class Slow(FakeDetector):
            def analyze_all(self, documents: Sequence[Document], /) -> list[Report]:
                with parts.store.engine.begin() as connection:
                    connection.execute(POSTS.update().values(state="decided", outcome="dismissed"))
                return super().analyze_all(documents)

        intake._scorer = replace(scorer, detector=Slow())
        return intake

    watcher.intake = deciding
    assert watcher.step() == 0
    assert kept(parts) == {}


def test_a_command_reads_with_the_list_of_the_moment(save: Save, settings: Settings) -> None:
    save("format = 1\n")
    scorer = replace(scorer_of(settings), detector=FakeDetector())
    told = IncomingPost(source="sleep-forum", post_id="late", version=1, text="Put black salve on the mole.")
    assert scorer.score(told).flags == ()
    save(SALVE)
    assert [flag["origin"] for flag in scorer.score(told).flags] == ["list"]


def test_the_post_page_and_the_list_show_the_reason(
    client: Client, bearer: Headers, signed_in: Client, save: Save, watcher: Watcher
) -> None:
    post(client, bearer, "salve", "Nights are hard. Put black salve on the mole.")
    save(SALVE)
    watcher.step()
    shown = signed_in.get("/queue/1").get_data(as_text=True)
    assert "Black salve burns through skin" in shown
    assert "Send the leaflet on burns." in shown
    assert "100 % sure" not in shown
    assert "on your team&#39;s list" in shown
    assert "Put black salve on the mole." in signed_in.get("/queue").get_data(as_text=True)
    told = client.get("/v1/posts/sleep-forum/salve", headers=bearer).get_json()
    assert [(flag["origin"], flag["listed"]["phrase"]) for flag in told["flags"]] == [("list", "black salve")]
    assert {sign["name"]: sign["origin"] for sign in told["factors"]["signs"]}["self-treatment"] == "list"


def test_a_decision_says_who_had_raised_each_flag(
    client: Client, bearer: Headers, signed_in: Client, save: Save, parts: Parts
) -> None:
    save(SALVE)
    post(client, bearer, "both", "This is a miracle. Put black salve on the mole.")
    form = page(signed_in, "/queue/1").select_one("#decision")
    assert form is not None
    answer = signed_in.post(str(form["action"]), data={**fields(form), "outcome": "upheld"}, headers=HTML)
    assert answer.status_code in (302, 303), answer.get_data(as_text=True)[:500]
    with parts.store.engine.connect() as connection:
        said = connection.execute(sa.select(DECISIONS.c.flags)).scalar_one()
    assert [(flag["flag"], flag["origin"]) for flag in said] == [("miracle", "model"), ("self-treatment", "list")]
