"""What can go wrong in the classifier, said so that a caller can act on it.

Every message says what arrived, why it was refused and what to do. No message repeats a reader's text.
"""

from __future__ import annotations


class PinchError(Exception):
    """Base of all errors that Pinch raises on purpose.

    ``code`` is a stable slug for programs, ``message`` is for people and ``hint`` says what to do next.
    """

    code = "error"

    def __init__(self, message: str, *, hint: str = "", code: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        if code is not None:
            self.code = code

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class InputError(PinchError):
    """A document or an option that cannot be read as given."""

    code = "bad-input"


class LabelError(PinchError):
    """A page file or a labelled sentence that breaks the format or contradicts itself."""

    code = "bad-labels"


class ModelError(PinchError):
    """A model bundle that is missing, damaged or made by other versions."""

    code = "bad-model"
