"""Browsers signed in to the pages: a cookie that scripts cannot read, and a key that signs it."""

from __future__ import annotations

import os
import secrets
from datetime import timedelta
from pathlib import Path

from flask import Flask, session

from server.errors import StartError
from server.parts import parts
from server.settings import Settings
from server.store import Client

KEY_FILE = "cookie.key"
LIFETIME = timedelta(days=30)
_TOKEN = "token"


def set_up_cookie(app: Flask, settings: Settings) -> None:
    """Sign cookies with this installation's key. Ports share cookies on one machine, so the name holds the port."""
    app.config.update(
        SECRET_KEY=cookie_key(settings.data_dir),
        SESSION_COOKIE_NAME=f"pinch_{settings.port}",
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


def sign_in(name: str) -> None:
    """Let this browser in."""
    session.clear()
    session.permanent = True
    session[_TOKEN] = parts().store.clients.issue(name, kind="browser").token


def signed_in_browser() -> Client | None:
    """The client of this request's cookie, unless it was revoked."""
    token = session.get(_TOKEN)
    return parts().store.clients.check(token, kind="browser") if isinstance(token, str) else None


def sign_out() -> None:
    """Forget this browser."""
    session.clear()
