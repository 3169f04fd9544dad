"""Errors on the command line: what happened and what to do, with exit code 2."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click
from pydantic import ValidationError

from classifier.errors import PinchError
from server.settings import Settings


class Refusal(click.ClickException):
    """A command that cannot be done as asked."""

    exit_code = 2


@contextmanager
def told_plainly() -> Iterator[None]:
    """Turn Pinch's own errors into a message and exit code 2."""
    try:
        yield
    except PinchError as error:
        raise Refusal(str(error)) from None


def read_settings(**given: object) -> Settings:
    """The settings from the environment, with what the command line gives on top."""
    try:
        return Settings(**{key: value for key, value in given.items() if value is not None})  # type: ignore[arg-type]
    except ValidationError as error:
        details = error.errors(include_input=False, include_url=False, include_context=False)
        reasons = "; ".join(f"PINCH_{str(detail['loc'][0]).upper()}: {detail['msg']}" for detail in details)
        raise Refusal(f"A setting cannot be used. {reasons}. See docs/server.md.") from None
