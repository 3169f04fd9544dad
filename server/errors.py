"""What the server refuses, each with the HTTP status it becomes."""

from __future__ import annotations

from classifier.errors import PinchError


class StartError(PinchError):
    """The server or a command cannot start as it is set up."""

    code = "bad-setup"


class ApiError(PinchError):
    """A request that is refused. ``status`` is the HTTP status; message and hint never hold request text."""

    def __init__(self, status: int, code: str, message: str, *, hint: str = "") -> None:
        super().__init__(message, hint=hint, code=code)
        self.status = status
