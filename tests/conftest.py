"""What every test may need."""

from __future__ import annotations

import os
import shutil

import pytest


def need_program(*names: str) -> str:
    """The path of the first program found; skips on a person's machine and fails in CI when there is none."""
    for name in names:
        if path := shutil.which(name):
            return path
    message = f"This test needs one of: {', '.join(names)}. Run 'make setup-test' to install it."
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)
