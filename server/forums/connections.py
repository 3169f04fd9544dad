"""The connected forums: one TOML file of ``[[forum]]`` tables, read and checked when the server starts.

No secret, no service: one that is empty or short stops the start, and a forum without one has no webhook. Nothing falls
back on anything. Errors name the place and the rule, never what stood there, because it may be a secret.
"""

from __future__ import annotations

import os
import re
import stat
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, TypeAdapter, ValidationError

from server.errors import StartError
from server.forums.secret_values import resolve_secrets
from server.moderation.incoming import SOURCE
from server.settings import Settings

LEAST_SECRET = 16
FILE_NAME = "connections.toml"
_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_PLACE = re.compile(r"at (line \d+, column \d+|end of document)")


def _long_enough(secret: SecretStr) -> SecretStr:
    if len(secret.get_secret_value().strip()) < LEAST_SECRET:
        raise ValueError(f"A secret has at least {LEAST_SECRET} characters")
    return secret


def _plain_address(address: str) -> str:
    """An address of http(s) without a name, a query or a fragment; http on this machine alone: keys travel on it."""
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise ValueError("This is no address") from None
    if parts.scheme not in ("http", "https") or not host or not re.fullmatch(r"[!-~]+", address):
        raise ValueError("An address begins with https:// and a host name")
    if parts.username is not None or parts.password is not None or parts.query or parts.fragment:
        raise ValueError("An address has no user name, no question mark and no #")
    if parts.scheme == "http" and host not in _LOOPBACK:
        raise ValueError("Over http:// anybody on the way could read the secret; use https://")
    return address.rstrip("/")


def _fit_for_a_header(key: SecretStr) -> SecretStr:
    """A key that no header can carry: the library that sends it would repeat it in its error."""
    if not re.fullmatch(r"[!-~]+", key.get_secret_value()):
        raise ValueError("A key is one word of ASCII letters, digits and signs; a file of it holds nothing else")
    return key


Secret = Annotated[SecretStr, AfterValidator(_long_enough)]
Key = Annotated[Secret, AfterValidator(_fit_for_a_header)]
Address = Annotated[str, Field(max_length=2000), AfterValidator(_plain_address)]


class _Forum(BaseModel):
    """What every connection has. ``source`` is the name that its posts carry."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, hide_input_in_errors=True)

    source: str = Field(max_length=80, pattern=SOURCE)
    webhook_secret: Secret | None = None


class DiscourseForum(_Forum):
    """A Discourse. Without ``api_key`` nothing is fetched from it and nothing done in it."""

    kind: Literal["discourse"]
    url: Address
    api_key: Key | None = None
    api_user: str = Field("system", min_length=1, max_length=60, pattern=r"^[!-~]+$")
    act: Literal["none", "flag", "hide"] = "none"
    pull_minutes: int = Field(10, ge=1, le=1440)
    look_back_days: int = Field(7, ge=1, le=365)


class GenericForum(_Forum):
    """Any other forum, which speaks Pinch's own shapes.

    ``asks``: it asks before it publishes, and is advised to hold a post that needs a person or whose priority is at
    least ``hold_from``. ``when_away``: what it does while Pinch does not answer; each advice repeats it.
    """

    kind: Literal["generic"]
    callback_url: Address | None = None
    callback_secret: Secret | None = None
    asks: bool = False
    hold_from: float | None = Field(None, gt=0, le=1)
    when_away: Literal["publish", "hold"] = "publish"


Forum = DiscourseForum | GenericForum
_FORUM: TypeAdapter[Forum] = TypeAdapter(Annotated[Forum, Field(discriminator="kind")])


@dataclass(frozen=True, slots=True)
class Connections:
    """The connected forums by their source. ``path`` is None where none are."""

    path: Path | None
    forums: Mapping[str, Forum]

    @property
    def discourses(self) -> list[DiscourseForum]:
        """Those that can be asked for what was missed."""
        return [forum for forum in self.forums.values() if isinstance(forum, DiscourseForum) and forum.api_key]

    def is_open_to_others(self) -> bool:
        """Whether other accounts of this machine may read the file."""
        return self.path is not None and os.name == "posix" and bool(self.path.stat().st_mode & _OTHERS)


_OTHERS = stat.S_IRGRP | stat.S_IROTH
NO_CONNECTIONS = Connections(None, {})


def load_connections(settings: Settings, environ: Mapping[str, str] = os.environ) -> Connections:
    """The connections of this server. Raises :class:`StartError` when they cannot be used as they stand."""
    path = settings.connections or settings.data_dir / FILE_NAME
    if settings.connections is None and not path.exists():
        return NO_CONNECTIONS
    tables = _tables(path)
    forums: dict[str, Forum] = {}
    for number, table in enumerate(tables, 1):
        forum = _read(path, number, table, environ)
        if forum.source in forums:
            raise _bad(path, f"Forum {number} has the same source as one before it.")
        forums[forum.source] = forum
    return Connections(path, forums)


def _tables(path: Path) -> list[Any]:
    try:
        document = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise _bad(path, f"It cannot be read: {error.strerror or 'unknown reason'}.") from None
    except UnicodeDecodeError:
        raise _bad(path, "It is not UTF-8.") from None
    except tomllib.TOMLDecodeError as error:
        found = _PLACE.search(str(error))
        raise _bad(path, f"It is not TOML: reading stopped {'at ' + found[1] if found else 'somewhere'}.") from None
    tables = document.pop("forum", [])
    if document or not isinstance(tables, list):
        raise _bad(path, "It holds [[forum]] tables and nothing else.")
    return tables


def _read(path: Path, number: int, table: object, environ: Mapping[str, str]) -> Forum:
    if not isinstance(table, dict):
        raise _bad(path, f"Forum {number} is no table.")
    try:
        forum = _FORUM.validate_python(resolve_secrets(table, folder=path.parent, environ=environ))
    except ValidationError as error:
        detail = error.errors(include_input=False, include_url=False, include_context=False)[0]
        place = ".".join(str(part) for part in detail["loc"] if part not in ("discourse", "generic"))
        raise _bad(
            path, f"Forum {number}{', ' + place if place else ''}: {_rule(detail['type'], detail['msg'])}."
        ) from None
    except ValueError as error:
        raise _bad(path, f"Forum {number}, {error}.") from None
    problem = _what_lacks(forum)
    if problem:
        raise _bad(path, f"Forum {number}: {problem}")
    return forum


def _rule(kind: str, message: str) -> str:
    """The rule that was broken. Pydantic's words for a wrong ``kind`` would repeat what stood there."""
    if kind.startswith("union_tag"):
        return "kind is discourse or generic"
    return message.removeprefix("Value error, ")


def _what_lacks(forum: Forum) -> str | None:
    if isinstance(forum, GenericForum):
        if forum.callback_url and not forum.callback_secret:
            return "callback_url needs a callback_secret, which signs what is sent there."
        if forum.asks and not forum.webhook_secret:
            return "asks needs a webhook_secret, which signs what is asked."
        return "hold_from needs asks = true." if forum.hold_from is not None and not forum.asks else None
    return "act needs an api_key." if forum.act != "none" and not forum.api_key else None


def _bad(path: Path, message: str) -> StartError:
    return StartError(f"The connections in {path} cannot be used. {message}", hint="See docs/forums.md.")
