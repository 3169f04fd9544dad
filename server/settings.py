"""Settings of the server, read from ``PINCH_…`` environment variables.

docs/server.md holds the same table; a test compares the two.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

BUNDLE = Path(__file__).parents[1] / "classifier" / "bundle"
MODELS = BUNDLE.with_name("models")
MEGABYTE = 1024 * 1024
# A host name as browsers write it that is also the name of a source of posts (server/moderation/incoming.py).
FORUM = re.compile(r"(?=.{1,80}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*")


def default_data_dir(environ: Mapping[str, str] = os.environ, platform: str = sys.platform) -> Path:
    """Where this platform keeps a program's own data: the XDG folder, Application Support or LOCALAPPDATA."""
    home = Path(environ["HOME"]) if environ.get("HOME") else Path.home()
    if platform == "darwin":
        return home / "Library" / "Application Support" / "pinch"
    if platform == "win32":
        return Path(environ.get("LOCALAPPDATA") or home / "AppData" / "Local") / "pinch"
    return Path(environ.get("XDG_DATA_HOME") or home / ".local" / "share") / "pinch"


class Settings(BaseSettings):
    """Everything that can be set from outside. Field descriptions are the words of the table in docs/server.md."""

    model_config = SettingsConfigDict(
        env_prefix="PINCH_", env_ignore_empty=True, hide_input_in_errors=True, frozen=True
    )

    host: str = Field(
        default="127.0.0.1", description="Address to listen on. Anything but loopback also needs PUBLIC_HOSTS."
    )
    port: int = Field(default=8765, ge=0, le=65535, description="Port to listen on; 0 takes any free one.")
    data_dir: Path = Field(
        default_factory=default_data_dir, description="Folder of the database and the cookie key. Made when missing."
    )
    models: Path = Field(
        default=MODELS, description="Folder of candidates and of what says which model is in use; see models.md."
    )
    model_dir: Path | None = Field(
        default=None, description="Folder of one trained bundle to use instead, whatever was promoted."
    )
    public_hosts: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(), description="Further names that requests may use as Host, separated by commas."
    )
    database_url: str | None = Field(
        default=None, description="SQLAlchemy address of the database; an SQLite file by default."
    )
    secure_cookie: bool = Field(
        default=False, description="Send the cookie over https alone. Set it wherever people sign in over a network."
    )
    trusted_proxies: int = Field(
        default=0,
        ge=0,
        le=10,
        description="How many proxies stand in front, whose X-Forwarded-For and X-Forwarded-Proto are believed.",
    )
    max_body: int = Field(default=8 * MEGABYTE, ge=1024, description="Largest request body in bytes.")
    max_blocks: int = Field(default=20_000, ge=1, description="Most blocks in one document.")
    priority_file: Path | None = Field(
        default=None, description="A team's own weights of the queue's order, in TOML; see priority.md."
    )
    feedback_days: int | None = Field(
        default=None, ge=1, le=36_500, description="Days that feedback is kept; until it is deleted by default."
    )
    disputes: bool | None = Field(
        default=None, description="Whether the public pages of disputes are open; only with PUBLIC_HOSTS by default."
    )
    forums: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        description="Host names, separated by commas, of the forums whose moderators work here; see moderation.md.",
    )
    claim_minutes: int = Field(
        default=10, ge=1, le=1440, description="Minutes that a moderator's claim on a post lasts."
    )

    @field_validator("data_dir", "models", "model_dir", "priority_file")
    @classmethod
    def _expand_home(cls, value: Path | None) -> Path | None:
        return value.expanduser() if value else None

    @field_validator("public_hosts", "forums", mode="before")
    @classmethod
    def _split_hosts(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(host.strip().lower() for host in value.split(",") if host.strip())
        return value

    @field_validator("forums")
    @classmethod
    def _check_forums(cls, hosts: tuple[str, ...]) -> tuple[str, ...]:
        if not all(FORUM.fullmatch(host) for host in hosts):
            raise ValueError(
                "Each forum is a host name alone, such as forum.example.org, of at most 80 characters: no https://, "
                "no port, no path, and xn--… for letters beyond a to z"
            )
        return hosts

    @property
    def database(self) -> str:
        """The database's address with the default filled in."""
        return self.database_url or f"sqlite:///{self.data_dir / 'pinch.sqlite3'}"

    @property
    def takes_disputes(self) -> bool:
        """Whether people without an account may file disputes: on one's own machine there is nobody to do so."""
        return bool(self.public_hosts) if self.disputes is None else self.disputes
