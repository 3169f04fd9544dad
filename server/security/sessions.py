"""Browsers signed in to the pages: a cookie that scripts cannot read, and a key that signs it.

The cookie holds a token of this browser, and no more. Whose browser it is stands in the database, with the person's
epoch when it was let in: it is out as soon as its row is revoked, or its person disabled or in another epoch.
"""

from __future__ import annotations

import os
import secrets
from datetime import timedelta
from pathlib import Path

from flask import Flask, session

from server.errors import StartError
from server.moderation.people import Person
from server.parts import parts
from server.security.visitor import Visitor
from server.settings import Settings

KEY_FILE = "cookie.key"
LIFETIME = timedelta(days=30)
_TOKEN = "token"


def set_up_cookie(app: Flask, settings: Settings) -> None:
    """Sign cookies with this installation's key. Ports share cookies on one machine, so the name holds the port.

    A cookie for https alone is named __Host-: browsers then refuse one that another host or plain http has set.
    """
    name = f"pinch_{settings.port}"
    app.config.update(
        SECRET_KEY=cookie_key(settings.data_dir),
        SESSION_COOKIE_NAME=f"__Host-{name}" if settings.secure_cookie else name,
        SESSION_COOKIE_SECURE=settings.secure_cookie,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Strict",
        PERMANENT_SESSION_LIFETIME=LIFETIME,
        SESSION_REFRESH_EACH_REQUEST=False,
        WTF_CSRF_CHECK_DEFAULT=False,
        WTF_CSRF_TIME_LIMIT=None,
        # Over https Flask-WTF would want a Referer, which these pages never send; security/origins.py checks instead.
        WTF_CSRF_SSL_STRICT=False,
    )


def cookie_key(folder: Path) -> bytes:
    """The key of this installation, made at the first start and readable by its owner alone.

    Written aside and linked into place, so that processes that start at once agree on one key.
    """
    file = folder / KEY_FILE
    try:
        if not file.exists():
            draft = folder / f"{KEY_FILE}.{secrets.token_hex(4)}"
            handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "wb") as stream:
                stream.write(secrets.token_bytes(32))
            _put_in_place(draft, file)
        key = file.read_bytes()
    except OSError as error:
        raise StartError(
            f"The cookie key in {folder} could not be read or made: {error.strerror}.",
            hint="Make the data folder writable, or set PINCH_DATA_DIR to another folder.",
        ) from None
    if len(key) < 32:
        raise StartError(f"The cookie key {file} is damaged.", hint="Delete the file; browsers then sign in once more.")
    return key


def _put_in_place(draft: Path, file: Path) -> None:
    try:
        os.link(draft, file)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def sign_in(browser: str, person: Person | None = None) -> None:
    """Let this browser in: a person's, or else the owner's.

    Everything that the cookie held before is dropped and a new token made, so that a cookie which somebody else put
    into this browser is worth nothing afterwards.
    """
    session.clear()
    session.permanent = True
    number, epoch = (person.number, person.epoch) if person else (None, None)
    issued = parts().store.clients.issue(browser, kind="browser", person=number, epoch=epoch)
    session[_TOKEN] = issued.token


def signed_in() -> Visitor | None:
    """Who sits at the browser of this request's cookie, unless it was shut out."""
    token = session.get(_TOKEN)
    client = parts().store.clients.check(token, kind="browser") if isinstance(token, str) else None
    if client is None:
        return None
    if client.person is None:
        return Visitor(client, None)
    accounts = parts().accounts
    person = accounts.get(client.person)
    if person is None or person.disabled_at is not None or person.epoch != client.epoch:
        return None
    accounts.note_seen(person)
    return Visitor(client, person)


def sign_out() -> None:
    """Forget this browser."""
    session.clear()
