"""Errors become answers, here and nowhere else: one shape for programs, the same words as a page for people."""

from __future__ import annotations

import sqlite3

from flask import Flask, Response, jsonify, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException

from server.errors import ApiError
from server.log import describe, log

PAGES_NOT = ("/v1/", "/healthz", "/readyz", "/metrics", "/openapi.json")
WORDS: dict[int, tuple[str, str, str]] = {
    400: ("bad-request", "The request could not be read.", "See /docs."),
    404: ("not-found", "There is nothing at this address.", "/docs lists the addresses of the API."),
    405: (
        "method-not-allowed",
        "This address does not take this method.",
        "The Allow header lists those it takes.",
    ),
    413: ("too-large", "The request is larger than this server reads at once.", "Send it in parts."),
    429: ("too-many-tries", "Too many wrong codes were tried.", "Wait ten minutes, then use a fresh code."),
    500: (
        "server-error",
        "Something went wrong inside the server.",
        "The log says where, without your text.",
    ),
}


def answer_errors(app: Flask) -> None:
    """Register the handlers."""
    app.register_error_handler(ApiError, _refused)
    app.register_error_handler(CSRFError, _forged)
    app.register_error_handler(SQLAlchemyError, _store_away)
    app.register_error_handler(sqlite3.Error, _store_away)
    app.register_error_handler(HTTPException, _http)


def error_answer(status: int, code: str, message: str, hint: str) -> Response:
    """An error in the form that the caller reads."""
    if wants_page():
        response = Response(
            render_template("error.html", message=message, hint=hint, status=status), content_type="text/html"
        )
    else:
        response = jsonify(error={"code": code, "message": message, "hint": hint})
    response.status_code = status
    if status == 401:
        response.headers["WWW-Authenticate"] = 'Bearer realm="pinch"'
    return response


def wants_page() -> bool:
    """Whether a person's browser asks for a page: the API always answers JSON."""
    accepted = request.accept_mimetypes
    is_browser = (
        "text/html" in request.headers.get("Accept", "") and accepted["text/html"] > accepted["application/json"]
    )
    return is_browser and not request.path.startswith(PAGES_NOT)


def _refused(error: ApiError) -> Response:
    return error_answer(error.status, error.code, error.message, error.hint)


def _forged(_error: CSRFError) -> Response:
    return error_answer(
        403,
        "no-csrf-token",
        "The page's own token is missing or out of date.",
        "Load the page again. Scripts send it as X-CSRFToken.",
    )


def _store_away(error: Exception) -> Response:
    log.error("store-away", **describe(error))
    return error_answer(503, "store-away", "The database does not answer.", "Try again, or look at the server's log.")


def _http(error: HTTPException) -> Response:
    status = error.code or 500
    code, message, hint = WORDS.get(status, ("refused", f"{error.name}.", "See /docs."))
    response = error_answer(status, code, message, hint)
    for name, value in error.get_headers(request.environ):
        if name.lower() in ("allow", "retry-after"):
            response.headers[name] = value
    return response
