"""Which passwords are good enough, and what is kept of them."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest
from argon2 import PasswordHasher

from server.security.passwords import MOST, PasswordError, Passwords, check_strength
from tests.server.moderation.accounts import GOOD, QUICK

GUESSED = [
    "passwordpassword", "123456789012345", "qwertyuiopasdfg", "iloveyouiloveyou", "a" * 20, "a" * 256,
    "annabergannaberg", "password" * 30, "Anna Berg Anna Berg", "moderatormoderator", "p4ssw0rdp4ssw0rd",
    "pinch of salt 2026", "😀" * 20,
]  # fmt: skip
GOOD_ONES = [
    GOOD,
    "my cat eats red socks",
    "aB3$kL9@mN2!pQ7",
    "пять синих чайников летят",
    "kurz und bündig wie nie",
    "a" * 20 + GOOD + "a" * 100,
]


@pytest.mark.parametrize("password", GUESSED)
def test_easily_guessed_ones_are_refused(password: str) -> None:
    with pytest.raises(PasswordError, match="easily guessed"):
        check_strength(password, name="Anna Berg")


@pytest.mark.parametrize("password", ["", "short", "x9$Kd02 lq!Vb7", "a" * 14])
def test_short_ones_are_refused(password: str) -> None:
    with pytest.raises(PasswordError, match="at least 15"):
        check_strength(password, name="Anna")


@pytest.mark.parametrize("password", GOOD_ONES)
def test_good_ones_of_any_kind_are_taken(password: str) -> None:
    check_strength(password, name="Anna Berg")


def test_too_long_ones_are_refused_without_work() -> None:
    with pytest.raises(PasswordError, match="at most 256"):
        check_strength("kq7 " * (MOST // 4) + "x", name="Anna")
    started = time.perf_counter()
    with pytest.raises(PasswordError):
        check_strength("\ufdfa" * 2_000_000, name="Anna")
    assert time.perf_counter() - started < 0.5


def test_no_refusal_repeats_the_password() -> None:
    for password in [*GUESSED, "hunter2"]:
        with pytest.raises(PasswordError) as caught:
            check_strength(password, name="Anna Berg")
        assert password not in str(caught.value)


@pytest.mark.parametrize(
    "password", ["4@8({[<369&#!1/|0$5+7%2" * 3, "(" * 72, "aq1!" * 18, "1989-12-12 " * 6, "qwerty" * 12]
)
def test_strength_is_told_quickly(password: str) -> None:
    started = time.perf_counter()
    with suppress(PasswordError):
        check_strength(password, name="Anna")
    assert time.perf_counter() - started < 2


def test_same_looking_characters_are_the_same_password() -> None:
    digest = QUICK.digest_new("caf\u00e9 ﬁddles with nine bees", name="Anna")
    assert QUICK.is_right("cafe\u0301 fiddles with nine bees", digest)
    assert not QUICK.is_right("cafe fiddles with nine bees", digest)


def test_digests_are_salted_argon2id_of_64_mebibytes() -> None:
    digest = Passwords().digest_new(GOOD, name="Anna")
    assert digest.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert digest != Passwords().digest_new(GOOD, name="Anna")


def test_older_digests_are_renewed_and_todays_are_not() -> None:
    old = QUICK.digest_new(GOOD, name="Anna")
    new = Passwords().renewed(GOOD, old)
    assert new is not None
    assert Passwords().is_right(GOOD, new)
    assert Passwords().renewed(GOOD, new) is None


@pytest.mark.parametrize("password", [GOOD, "", "x" * 10_000, "\ud800"])
def test_nobodys_password_is_wrong_after_the_same_work(password: str, monkeypatch: pytest.MonkeyPatch) -> None:
    checks: list[str] = []
    verify = PasswordHasher.verify
    monkeypatch.setattr(
        PasswordHasher, "verify", lambda self, known, given: checks.append(known) or verify(self, known, given)
    )
    assert not QUICK.is_right(password, None)
    assert not QUICK.is_right("wrong " + password, QUICK.digest_new(GOOD, name="Anna"))
    assert [known.rsplit("$", 2)[0] for known in checks] == [checks[0].rsplit("$", 2)[0]] * 2


def test_a_damaged_digest_is_wrong() -> None:
    assert not QUICK.is_right(GOOD, "plain text")
