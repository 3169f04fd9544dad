"""Passwords: which are good enough, and how they are kept.

The rules follow NIST SP 800-63B-4, section 3.1.1.2 (https://pages.nist.gov/800-63-4/sp800-63b.html): at least 15
characters where a password is the only proof, no rules of composition, no expiry, every character allowed, normalised
before it is hashed, and nothing that is common, expected or easily guessed. What is easily guessed is told by zxcvbn
(MIT licence, https://github.com/dwolfhub/zxcvbn-python), which carries lists of common passwords, names and words. Kept
are Argon2id digests with the parameters that RFC 9106 recommends where memory is scarce: argon2-cffi's own default.
"""

from __future__ import annotations

import unicodedata
from functools import cached_property

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from zxcvbn import zxcvbn

from classifier.errors import PinchError

LEAST = 15
MOST = 256
GUESSES = 1e10  # zxcvbn's own line between what withstands guessing on a stolen digest and what may not
# zxcvbn takes seconds for odd texts of 72 characters (all look-alikes of letters), so it gets pieces. One piece that is
# hard to guess is enough: the sum of easy ones would call a repeated word hard.
_PIECE = 20
_PIECES = 4
_EXPECTED = ("pinch", "pinch of salt", "moderator", "moderation", "password")


class PasswordError(PinchError):
    """A password that is not good enough. Never holds the password."""

    code = "bad-password"


class Passwords:
    """Checks and hashes."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()

    @cached_property
    def _nobody(self) -> str:
        """What is compared when there is no account, so that this takes the same time and tells nothing."""
        return self._hasher.hash("nobody has this password")

    def digest_new(self, password: str, *, name: str) -> str:
        """The digest of a password that somebody chose. Raises :class:`PasswordError`."""
        check_strength(password, name=name)
        return self._hasher.hash(_as_bytes(password))

    def is_right(self, password: str, known: str | None) -> bool:
        """Whether the password is that of the digest. Without one it is wrong, after the same work."""
        if len(password) > MOST:
            password, known = "", None
        try:
            nobody = self._nobody
            self._hasher.verify(known or nobody, _as_bytes(password))
        except (VerificationError, InvalidHashError):
            return False
        return known is not None

    def renewed(self, password: str, known: str) -> str | None:
        """A digest under today's parameters, when the known one was made under others."""
        return self._hasher.hash(_as_bytes(password)) if self._hasher.check_needs_rehash(known) else None


def check_strength(password: str, *, name: str) -> None:
    """Raises :class:`PasswordError` when it is too short, too long, or easily guessed."""
    password = _normal(password[: MOST + 1])
    if len(password) < LEAST:
        raise PasswordError(
            f"A password has at least {LEAST} characters.",
            hint="Four or five words that nobody would say together are long and easy to keep in mind.",
        )
    if len(password) > MOST:
        raise PasswordError(f"A password has at most {MOST} characters.", hint="Take a shorter one.")
    expected = [*_EXPECTED, name.casefold(), *name.casefold().split()]
    pieces = (password[start : start + _PIECE] for start in range(0, min(len(password), _PIECE * _PIECES), _PIECE))
    if not any(zxcvbn(piece, user_inputs=expected)["guesses"] >= GUESSES for piece in pieces):
        raise PasswordError(
            "This password is easily guessed: it is common, repeats itself, or is made of your name.",
            hint="Take four or five words that nobody would say together.",
        )


def _normal(password: str) -> str:
    return unicodedata.normalize("NFKC", password)


def _as_bytes(password: str) -> bytes:
    return _normal(password).encode("utf-8", "surrogatepass")
