"""``pinch labels export``: what counts as a label, and what must never leave with one."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from classifier.decided import labels_of, read_decided
from classifier.priority_weights import load_weights
from classifier.taxonomy import flag_ids
from server.cli import main
from server.learning.post_rows import post_rows
from server.learning.pseudonyms import Pseudonyms
from server.learning.standing import decided_posts
from server.moderation.deciding import Decider
from server.moderation.decisions import Correction, NewDecision
from server.moderation.intake import Intake
from server.moderation.posts import Posts
from server.moderation.refusals import Seen
from server.moderation.scoring import Scorer
from server.moderation.tables import AUDIT, DISPUTES, POST_FLAGS, POSTS
from server.settings import Settings
from server.store import open_store
from tests.server.fakes import FakeDetector
from tests.server.feedback.conftest import feedback
from tests.server.moderation.conftest import WHEN, post

NAMES = Pseudonyms(b"k" * 32)
TEXT = (
    "Slept badly. This powder is a miracle for sleep.\n\n> Big Pharma hides it, says Tom.\n\n"
    "It reverses age. I like tea."
)
Row = dict[str, Any]
Rows = Callable[[], list[Row]]


@pytest.fixture
def intake(engine: sa.Engine) -> Intake:
    return Intake(engine, Scorer(FakeDetector(), {}, load_weights(None)))


@pytest.fixture
def rows(engine: sa.Engine) -> Rows:
    """What the export would write now."""
    return lambda: [row for one in decided_posts(engine) for row in post_rows(one, NAMES)]


def decide(engine: sa.Engine, who: str = "ann", outcome: Any = "upheld", **more: Any) -> int:
    """A decision on the one post; ``verdicts`` by flag. Its id."""
    with engine.connect() as connection:
        row = connection.execute(sa.select(POSTS)).one()
        ids = {flag.flag: flag.id for flag in connection.execute(sa.select(POST_FLAGS))}
    verdicts = {ids[flag]: verdict for flag, verdict in more.pop("verdicts", {}).items()}
    seen = Seen(row.version, row.revision)
    made = NewDecision(
        number=row.number, seen=seen, outcome=outcome, request_id=f"{who}-{row.revision}", verdicts=verdicts, **more
    )
    return Decider(engine, who, is_lead=True).decide(made).id


def again(engine: sa.Engine, who: str, outcome: Any, **more: Any) -> int:
    """Open the post anew and decide it."""
    with engine.connect() as connection:
        row = connection.execute(sa.select(POSTS)).one()
    Decider(engine, who, is_lead=True).reopen(row.number, Seen(row.version, row.revision), f"o{row.revision}")
    return decide(engine, who, outcome, **more)


def known(found: list[Row]) -> list[tuple[str, list[str], list[str]]]:
    return [(row["text"], row["flags"], row["near_misses"]) for row in found if row["said"]]


def test_verdicts_and_corrections_become_labels_of_their_sentences(
    engine: sa.Engine, intake: Intake, rows: Rows
) -> None:
    intake.take([post(text=TEXT)])
    at = TEXT.index("I like tea")
    wrong = Correction("overclaim", TEXT.index("reverses"), TEXT.index("reverses") + 8, "wrong")
    missing = Correction("anecdote", at, at + 5, "missing")
    made = decide(engine, verdicts={"miracle": "upheld"}, corrections=(wrong, missing))
    found = rows()
    assert known(found) == [
        ("This powder is a miracle for sleep.", ["miracle"], []),
        ("It reverses age.", [], ["overclaim"]),
        ("I like tea.", ["anecdote"], []),
    ]
    (told,) = found[1]["said"]
    assert (told["says"], told["ref"], told["version"], told["confidence"]) == ("present", f"decision-{made}", 1, 0.9)
    assert told["model"].startswith("test-1")
    assert found[0]["contested"] == list(flag_ids())
    assert set(found[1]["contested"]) == set(flag_ids()) - {"miracle"}


def test_a_post_is_whole_but_for_what_it_quotes_and_names_nobody(engine: sa.Engine, intake: Intake, rows: Rows) -> None:
    intake.take([post(text=TEXT, author="oldrunner", url="https://forum.example/u/oldrunner")])
    decide(engine, "ann", note="I know him.")
    found = rows()
    assert [row["text"] for row in found] == [
        "Slept badly.", "This powder is a miracle for sleep.", "It reverses age.", "I like tea."
    ]  # fmt: skip
    told = json.dumps(found)
    private = ("oldrunner", '"ann"', "forum.example", "Nights", "t7", "know him", "Tom")
    assert not [word for word in private if word in told]
    assert {row["said"][0]["person"] for row in found if row["said"]} == {NAMES.moderator("ann")}
    assert NAMES.moderator("ann") != Pseudonyms(b"x" * 32).moderator("ann")
    assert NAMES.moderator("ann") != NAMES.moderator("bob")


@pytest.mark.parametrize("outcome", ["unsure", "escalated"])
def test_unsure_and_escalated_say_nothing(engine: sa.Engine, intake: Intake, rows: Rows, outcome: str) -> None:
    intake.take([post()])
    decide(engine, outcome=outcome)
    assert rows() == []


def test_a_post_without_flags_or_corrections_says_nothing(engine: sa.Engine, intake: Intake, rows: Rows) -> None:
    intake.take([post(text="I like tea.")])
    decide(engine, outcome="dismissed")
    assert rows() == []


def test_what_was_taken_back_does_not_count(engine: sa.Engine, intake: Intake, rows: Rows) -> None:
    intake.take([post()])
    made = decide(engine)
    assert len(known(rows())) == 1
    Decider(engine, "ann", is_lead=False).undo(made, "u1")
    assert rows() == []


def test_what_was_said_of_an_earlier_version_does_not_count(engine: sa.Engine, intake: Intake, rows: Rows) -> None:
    intake.take([post()])
    decide(engine)
    intake.take([post(version=2, text="This powder is a miracle for sleep. Or so I thought.")])
    assert rows() == []


def test_a_deleted_post_does_not_count(engine: sa.Engine, intake: Intake, rows: Rows) -> None:
    intake.take([post()])
    decide(engine)
    Posts(engine).erase("sleep-forum", "p1", who="ann", at=WHEN)
    assert rows() == []


def test_a_decision_that_an_appeal_overturned_does_not_count(engine: sa.Engine, intake: Intake, rows: Rows) -> None:
    intake.take([post()])
    made = decide(engine)
    row = {"reference": "R1", "kind": "appeal", "by": "author", "decision": made, "reason": "x", "state": "answered"}
    row |= {"outcome": "rejected", "filed_at": WHEN, "request_id": "d1"}
    with engine.begin() as connection:
        connection.execute(DISPUTES.insert(), row)
    assert len(known(rows())) == 1
    with engine.begin() as connection:
        connection.execute(DISPUTES.update().values(outcome="upheld"))
    assert rows() == []


def test_the_last_word_of_each_person_counts_and_two_who_disagree_are_contested(
    engine: sa.Engine, intake: Intake, rows: Rows, tmp_path: Path
) -> None:
    intake.take([post()])
    decide(engine, "ann", "dismissed")
    again(engine, "ann", "upheld")
    assert known(rows()) == [("This powder is a miracle for sleep.", ["miracle"], [])]
    again(engine, "bob", "dismissed")
    found = rows()
    assert known(found) == [("This powder is a miracle for sleep.", [], [])]
    assert "miracle" in found[1]["contested"]
    file = tmp_path / "x.jsonl"
    file.write_text("\n".join(map(json.dumps, found)), "utf-8")
    assert [label.is_present for label in labels_of(read_decided(file))] == [None]


def test_blocks_and_links_of_markdown_stay(engine: sa.Engine, intake: Intake, rows: Rows, tmp_path: Path) -> None:
    text = "It is a miracle ([trial](https://journal.example/1)). I slept.\n\n- one\n- It reverses age"
    intake.take([post(text=text, format="markdown")])
    decide(engine)
    file = tmp_path / "x.jsonl"
    file.write_text("\n".join(map(json.dumps, rows())), "utf-8")
    (decided,) = read_decided(file)
    blocks = decided.page.document.blocks
    assert [(block.kind, block.text) for block in blocks] == [
        ("p", "It is a miracle (trial). I slept."), ("li", "one"), ("li", "It reverses age")
    ]  # fmt: skip
    assert [link.href for link in blocks[0].links] == ["https://journal.example/1"]


def test_the_command_writes_a_private_file_and_a_line_in_the_log(
    settings: Settings, engine: sa.Engine, intake: Intake, tmp_path: Path
) -> None:
    intake.take([post()])
    decide(engine)
    store = open_store(settings)
    client = store.clients.issue("Firefox on Linux")
    store.feedback.add(feedback(1, flag="scare", verdict="right"), client_id=client.token.split("_")[1])
    file = tmp_path / "labels.jsonl"
    environment = {"PINCH_DATA_DIR": str(settings.data_dir), "PINCH_DATABASE_URL": settings.database_url or ""}

    def run(*options: str) -> Any:
        return CliRunner().invoke(main, ["labels", "export", *options, str(file)], env=environment)

    refused = run()
    assert (refused.exit_code, file.exists()) == (2, False)
    assert "--decisions" in refused.output
    done = run("--decisions", "--feedback")
    assert done.exit_code == 0, done.output
    assert "2 labels on 2 posts and pages by 2 people" in done.output
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    people = {label.people[0][0] for label in labels_of(read_decided(file))}
    assert people == {"m", "r"}
    told = file.read_text("utf-8")
    assert not [word for word in ("allotment", "opposite", "Firefox", "oldrunner") if word in told]
    with engine.connect() as connection:
        (entry,) = connection.execute(sa.select(AUDIT).where(AUDIT.c.action == "export-labels")).all()
    assert (entry.actor, entry.detail) == ("command line", {"decisions": True, "feedback": True})
    first = file.read_bytes()
    run("--decisions", "--feedback")
    assert file.read_bytes() == first
