"""The log: one line of JSON on standard error per event. Never text, query strings, codes or tokens."""

from __future__ import annotations

import logging
import sys
import time
import traceback
from typing import TextIO

import structlog
from flask import Flask, Response, g, request

KNOWN_METHODS = frozenset(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
NAME = "pinch"
# These repeat addresses or say how busy the server is: neither is wanted here.
QUIET = ("waitress", "waitress.queue", "alembic", "flask_wtf.csrf", "flask-limiter")

log: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger(NAME)


class StandardError(logging.StreamHandler[TextIO]):
    """Writes to standard error as it is when a line comes, not as it was when the handler was made."""

    def __init__(self) -> None:
        logging.Handler.__init__(self)

    @property
    def stream(self) -> TextIO:  # type: ignore[override]
        """Where lines go."""
        return sys.stderr


def configure_logging() -> None:
    """Send the server's own lines to standard error as JSON. Leaves others' logging alone, so any app may call it."""
    structlog.configure(
        processors=[*_shared(), structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    own = logging.getLogger(NAME)
    own.handlers[:] = [_handler()]
    own.propagate = False
    own.setLevel(logging.INFO)


def configure_libraries() -> None:
    """Send the lines of libraries the same way. For a process that is a server and nothing else."""
    root = logging.getLogger()
    root.handlers[:] = [_handler()]
    root.setLevel(logging.WARNING)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.ERROR)


def _shared() -> list[structlog.typing.Processor]:
    return [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]


def _handler() -> logging.Handler:
    handler = StandardError()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=_shared(),
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                _without_exception_text,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
    )
    return handler


def _without_exception_text(
    _logger: structlog.typing.WrappedLogger, _method: str, event: structlog.typing.EventDict
) -> structlog.typing.EventDict:
    """An exception's words may hold a reader's text: keep its type and where it arose."""
    info = event.pop("exc_info", None)
    if isinstance(info, tuple) and isinstance(info[1], BaseException):
        event.update(describe(info[1]))
    return event


def describe(error: BaseException) -> dict[str, object]:
    """What may be logged of an exception: its type and the lines of code it came through."""
    frames = traceback.extract_tb(error.__traceback__)
    return {"exception": type(error).__name__, "frames": [f"{frame.filename}:{frame.lineno}" for frame in frames[-8:]]}


def route_of_request() -> str:
    """The pattern that the request's address matched, never the address itself."""
    return request.url_rule.rule if request.url_rule else "unmatched"


def method_of_request() -> str:
    """The method, unless it is one that a caller made up."""
    return request.method if request.method in KNOWN_METHODS else "other"


def log_requests(app: Flask) -> None:
    """Log each request when it is answered."""

    @app.before_request
    def start() -> None:
        g.started = time.perf_counter()

    @app.after_request
    def finish(response: Response) -> Response:
        log.info(
            "request",
            method=method_of_request(),
            route=route_of_request(),
            status=response.status_code,
            ms=round((time.perf_counter() - g.started) * 1000, 1),
            # What is sent as it is read has no size yet; asking for it would read it all into memory.
            size=response.calculate_content_length() if response.is_sequence else None,
        )
        return response
