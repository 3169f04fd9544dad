"""``/openapi.json`` and ``/docs``: made of the same models that check requests and answers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from flask import Blueprint, Response, jsonify, render_template
from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode, models_json_schema

from server.api.answers import Error
from server.api.operations import ERRORS, OPERATIONS, PATH_EXAMPLES, Operation, errors_of
from server.forums.signature import SIGNATURE_HEADER
from server.security.permissions import PERMISSIONS, Access

blueprint = Blueprint("openapi", __name__)
REF = "#/components/schemas/"
VERSION = "1"
_IN_PATH = re.compile(r"{(\w+)}")


@blueprint.get("/openapi.json")
def document() -> Response:
    """The API's description."""
    return jsonify(openapi_document())


@blueprint.get("/docs")
def page() -> str:
    """The same description for people."""
    return render_template("docs.html", document=openapi_document())


@cache
def openapi_document() -> dict[str, Any]:
    """The OpenAPI 3.1 document."""
    names, schemas = _schemas()
    paths: dict[str, dict[str, Any]] = {}
    for operation in OPERATIONS:
        paths.setdefault(operation.path, {})[operation.method] = _operation(operation, names)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Pinch",
            "version": VERSION,
            "description": "Marks hype on health pages, says why, and puts what public-health bodies know beside it. "
            "It never says true or false. Nothing that is sent is kept, but for feedback and a forum's posts.",
        },
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer", "description": "From POST /v1/pair or the command."},
                "signature": {"type": "apiKey", "in": "header", "name": SIGNATURE_HEADER},
            },
        },
    }


def _schemas() -> tuple[dict[type[BaseModel], str], dict[str, Any]]:
    wanted: list[tuple[type[BaseModel], JsonSchemaMode]] = [(Error, "serialization")]
    for operation in OPERATIONS:
        if operation.asked:
            wanted.append((operation.asked, "validation"))
        if operation.answered:
            wanted.append((operation.answered, "serialization"))
    names, definitions = models_json_schema(wanted, ref_template=REF + "{model}")
    return {model: names[model, mode]["$ref"] for model, mode in wanted}, definitions["$defs"]


def _operation(operation: Operation, names: dict[type[BaseModel], str]) -> dict[str, Any]:
    access = PERMISSIONS[operation.endpoint].access
    described: dict[str, Any] = {
        "operationId": operation.endpoint,
        "summary": operation.summary,
        "security": _security(access),
        "responses": {str(status): _success(operation, names) for status in (operation.status, *operation.also)},
    }
    if operation.description:
        described["description"] = operation.description
    if parameters := [*_path_parameters(operation), *_query_parameters(operation)]:
        described["parameters"] = parameters
    if operation.asked:
        content = {"schema": {"$ref": names[operation.asked]}, "example": operation.example}
        described["requestBody"] = {"required": True, "content": {"application/json": content}}
    for status in errors_of(operation, access):
        described["responses"][str(status)] = {
            "description": ERRORS[status],
            "content": {"application/json": {"schema": {"$ref": names[Error]}}},
        }
    return described


def _security(access: Access) -> list[dict[str, list[str]]]:
    if access is Access.OPEN:
        return []
    return [{"signature": []}] if access is Access.SIGNED else [{"token": []}]


def _path_parameters(operation: Operation) -> Iterator[dict[str, Any]]:
    for name in _IN_PATH.findall(operation.path):
        schema = {"type": "string"}
        yield {"name": name, "in": "path", "required": True, "schema": schema, "example": PATH_EXAMPLES[name]}


def _query_parameters(operation: Operation) -> Iterator[dict[str, Any]]:
    """All may be left out. An address cannot say null, so that is taken out of the types."""
    fields = operation.query.model_json_schema()["properties"] if operation.query else {}
    for name, schema in fields.items():
        kept = [option for option in schema.pop("anyOf", ()) if option != {"type": "null"}]
        schema = {**{key: value for key, value in schema.items() if value is not None}, **(kept[0] if kept else {})}
        yield {"name": name, "in": "query", "description": schema.pop("description"), "schema": schema}


def _success(operation: Operation, names: dict[type[BaseModel], str]) -> dict[str, Any]:
    if operation.status == 204:
        return {"description": "Done."}
    schema = {"$ref": names[operation.answered]} if operation.answered else {"type": "string"}
    if operation.content == "application/json" and not operation.answered:
        schema = {"type": "object"}
    return {"description": "The answer.", "content": {operation.content: {"schema": schema}}}
