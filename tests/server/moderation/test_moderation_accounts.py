"""Accounts and invitations in the database, on both kinds."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa

from server.moderation import invitations
from server.moderation.accounts import Accounts
from server.moderation.audit import AuditChoice, AuditLog
from server.moderation.invitations import GOOD_FOR, Invitations
from server.moderation.people import PeopleError, Person
from server.moderation.tables import INVITATIONS, PEOPLE
from server.settings import Settings
from server.store import Store, open_store
from server.store.times import now
from tests.server.moderation.accounts import GOOD, QUICK, add_person


@pytest.fixture
def store(both_settings: Settings) -> Store:
    return open_store(both_settings)


@pytest.fixture
def accounts(store: Store) -> Accounts:
    return Accounts(store.engine)


def test_an_account_is_found_however_its_name_is_typed(accounts: Accounts) -> None:
    assert not accounts.is_any()
    person = accounts.add("  Zoë   Straße ", "lead", by="command line")
    assert (person.name, person.role, person.has_password, person.epoch) == ("Zoë Straße", "lead", False, 1)
    assert accounts.find("ZOE\u0308 STRASSE") == accounts.get(person.number) == person
    assert accounts.is_any()
    assert accounts.get(10**12) is None
    assert accounts.find("\0\ud800") is None


@pytest.mark.parametrize(
    "name",
    [
        "",
        "  ",
        "12",
        "x" * 81,
        "a\0b",
        "token: x",
        "Owner",
        "command LINE",
        "nobody",
        "Edit",
        "pinch",
        "\ud800a",
        "a\u202eb",
        "ﷺ" * 5,
    ],
)
def test_names_that_cannot_be(accounts: Accounts, name: str) -> None:
    with pytest.raises(PeopleError):
        accounts.add(name, "viewer", by="x")
    assert accounts.all() == []


def test_a_name_is_taken_once(accounts: Accounts) -> None:
    accounts.add("Anna", "viewer", by="x")
    with pytest.raises(PeopleError, match="already"):
        accounts.add("ANNA", "admin", by="x")
    assert [(person.name, person.role) for person in accounts.all()] == [("Anna", "viewer")]


def test_only_who_can_sign_in_is_asked_for_a_password(accounts: Accounts) -> None:
    accounts.add("New", "viewer", by="x")
    person = add_person(accounts)
    assert accounts.for_sign_in("New") is None
    assert accounts.for_sign_in("Nobody else") is None
    found = accounts.for_sign_in("anna berg")
    assert found is not None
    assert QUICK.is_right(GOOD, found[1])
    accounts.disable(person, by="x")
    assert accounts.for_sign_in("anna berg") is None


CHANGES: dict[str, Callable[[Accounts, Person], Person]] = {
    "password": lambda accounts, person: accounts.set_password(person, "digest", by="x"),
    "disable": lambda accounts, person: accounts.disable(person, by="x"),
    "enable": lambda accounts, person: accounts.enable(person, by="x"),
    "sign out": lambda accounts, person: accounts.end_sessions(person, by="x"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_changes_end_sessions_and_invitations_of_this_person_alone(
    store: Store, accounts: Accounts, change: str
) -> None:
    person, other = add_person(accounts), add_person(accounts, "Other")
    mine, theirs = (
        store.clients.issue("x", kind="browser", person=one.number, epoch=one.epoch) for one in (person, other)
    )
    code = Invitations(store.engine).make(person, by="x")
    changed = CHANGES[change](accounts, person)
    assert changed.epoch == person.epoch + 1
    assert store.clients.check(mine.token, kind="browser") is None
    assert store.clients.check(theirs.token, kind="browser") is not None
    assert Invitations(store.engine).find(code) is None
    assert store.clients.of_person(person.number) == []


def test_another_role_ends_nothing(accounts: Accounts) -> None:
    person = add_person(accounts)
    assert accounts.change_role(person, "admin", by="x").epoch == person.epoch


def test_an_invitation_works_once(store: Store, accounts: Accounts) -> None:
    person = accounts.add("Anna", "viewer", by="x")
    codes = Invitations(store.engine)
    first, code = codes.make(person, by="x"), codes.make(person, by="x")
    assert codes.find(first) is None
    assert codes.find(code) == codes.find(code) == person
    taken = codes.take(code, "digest")
    assert taken is not None
    assert (taken.has_password, taken.epoch) == (True, person.epoch + 1)
    assert codes.find(code) is codes.take(code, "other") is None
    with store.engine.connect() as connection:
        assert connection.execute(sa.select(PEOPLE.c.digest)).scalar_one() == "digest"
        assert connection.execute(sa.select(INVITATIONS)).all() == []


def test_an_invitation_lasts_a_day(store: Store, accounts: Accounts, monkeypatch: pytest.MonkeyPatch) -> None:
    person = accounts.add("Anna", "viewer", by="x")
    code = Invitations(store.engine).make(person, by="x")
    at = now()
    monkeypatch.setattr(invitations, "now", lambda: at + GOOD_FOR - timedelta(minutes=1))
    assert Invitations(store.engine).find(code) is not None
    monkeypatch.setattr(invitations, "now", lambda: at + GOOD_FOR)
    assert Invitations(store.engine).take(code, "digest") is None


def test_the_code_itself_is_not_kept(store: Store, accounts: Accounts) -> None:
    code = Invitations(store.engine).make(accounts.add("Anna", "viewer", by="x"), by="x")
    with store.engine.connect() as connection:
        assert code not in str(connection.execute(sa.select(INVITATIONS)).all())
    assert all(code not in str(entry) for entry in AuditLog(store.engine).all(AuditChoice()))


def test_two_who_use_one_invitation_at_once(store: Store, accounts: Accounts) -> None:
    person = accounts.add("Anna", "viewer", by="x")
    for round_ in range(10):
        code = Invitations(store.engine).make(accounts.get(person.number) or person, by="x")
        start = threading.Barrier(2)
        won: list[Person | None] = []

        def use(
            digest: str, code: str = code, start: threading.Barrier = start, won: list[Person | None] = won
        ) -> None:
            start.wait()
            won.append(Invitations(store.engine).take(code, digest))

        threads = [threading.Thread(target=use, args=(f"{round_} {number}",)) for number in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(person is not None for person in won) == [False, True]


def test_every_change_is_in_the_audit_log(store: Store, accounts: Accounts) -> None:
    person = add_person(accounts)
    accounts.change_role(person, "lead", by="Zoë")
    accounts.disable(person, by="Zoë")
    accounts.enable(person, by="Zoë")
    accounts.end_sessions(person, by="Zoë")
    accounts.set_password(person, "digest", by="Zoë")
    Invitations(store.engine).make(person, by="Zoë")
    entries = list(AuditLog(store.engine).all(AuditChoice()))[::-1]
    assert [entry.action for entry in entries] == [
        "add-person", "change-role", "disable-person", "enable-person", "end-sessions", "set-password", "invite",
    ]  # fmt: skip
    assert {entry.subject for entry in entries} == {"person Anna Berg"}
    assert entries[1].detail == {"from": "moderator", "to": "lead"}


def test_seen_is_written_once_a_day(accounts: Accounts) -> None:
    person = add_person(accounts)
    accounts.note_seen(person)
    seen = accounts.get(person.number)
    assert seen is not None
    assert seen.last_seen_at is not None
    accounts.note_seen(seen)
    assert accounts.get(person.number) == seen
