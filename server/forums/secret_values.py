"""Secrets that need not stand in the file of connections: ``…_env`` names a variable, ``…_file`` a file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import SecretStr

SECRETS = ("webhook_secret", "api_key", "callback_secret")


def resolve_secrets(table: Mapping[str, Any], *, folder: Path, environ: Mapping[str, str]) -> dict[str, Any]:
    """The table with each secret in its own place.

    A file stands beside the file of connections unless its path is whole. Raises :class:`ValueError` that names the key
    when a variable is not set, a file cannot be read, or one secret is given in two ways.
    """
    resolved = dict(table)
    for name in SECRETS:
        ways = [way for way in (name, f"{name}_env", f"{name}_file") if way in table]
        if len(ways) > 1:
            raise ValueError(f"{name}: it is given in {len(ways)} ways; leave one")
        for way in ways:
            value = resolved.pop(way)
            if not isinstance(value, str):
                raise ValueError(f"{way}: it is no text in quotation marks")
            resolved[name] = SecretStr(_value(way, value, folder, environ))
    return resolved


def _value(way: str, value: str, folder: Path, environ: Mapping[str, str]) -> str:
    if way.endswith("_env"):
        if value not in environ:
            raise ValueError(f"{way}: there is no variable of this name in the environment")
        return environ[value].strip()
    if not way.endswith("_file"):
        return value.strip()
    try:
        return (folder / Path(value).expanduser()).read_text("utf-8").strip()
    except OSError as error:
        raise ValueError(f"{way}: the file cannot be read: {error.strerror or 'unknown reason'}") from None
    except ValueError:
        raise ValueError(f"{way}: the file is not UTF-8 text, or its name cannot be one") from None
