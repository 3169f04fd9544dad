"""Filters of the templates: how days, JSON and the types of the API are written for people."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from flask import Flask
from markupsafe import Markup, escape

from classifier.document import SourceSeen
from classifier.telling import SOURCE_TOLD
from server.web.ago import ago, clock
from server.web.drift_view import apart_told

_REF = "#/components/schemas/"


def add_filters(app: Flask) -> None:
    """Make the filters known to the templates, and keep their output free of empty lines."""
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.add_template_filter(ago)
    app.add_template_filter(apart_told)
    app.add_template_filter(clock)
    app.add_template_filter(day)
    app.add_template_filter(pretty_json)
    app.add_template_filter(type_words)
    app.add_template_filter(with_code)
    app.add_template_filter(source_words)


def day(value: date) -> str:
    """``20 November 2026``."""
    return f"{value.day} {value:%B %Y}"


def source_words(seen: SourceSeen) -> str:
    """Where a source was seen, as a sentence."""
    return SOURCE_TOLD[seen]


def pretty_json(value: object) -> str:
    """JSON with a line for each key."""
    return json.dumps(value, indent=2, ensure_ascii=False)


def with_code(text: str) -> Markup:
    """Words between backticks become code."""
    pieces = enumerate(text.split("`"))
    return Markup("").join(Markup("<code>{}</code>").format(piece) if place % 2 else piece for place, piece in pieces)


def type_words(schema: dict[str, Any]) -> Markup:
    """A JSON Schema type in a few words, with links to the shapes that it names."""
    if ref := schema.get("$ref"):
        name = ref.removeprefix(_REF)
        return Markup('<a href="#schema-{0}">{0}</a>').format(name)
    if options := schema.get("anyOf"):
        return Markup(" or ").join(type_words(option) for option in options)
    if values := schema.get("enum"):
        return Markup(" | ").join(Markup("<code>{}</code>").format(value) for value in values)
    if "const" in schema:
        return Markup("<code>{}</code>").format(schema["const"])
    if schema.get("type") == "array":
        return Markup("list of ") + type_words(schema.get("items", {}))
    if isinstance(values := schema.get("additionalProperties"), dict):
        return Markup("object of ") + type_words(values)
    return escape(schema.get("type", "anything"))
