"""The description of the interface for programmes (OpenAPI 3.1), made from the tables that make its answers."""

from __future__ import annotations

import re
from typing import Any

from django.conf import settings
from django.utils import translation

from ecett.core.api import problems
from ecett.core.api.questions import Parameter
from ecett.core.api.records import TEXT, WHOLE, holding, many, or_null
from ecett.portal.resources import RESOURCES, Resource

VERSION = "1.0.0"
_HEADERS = {
    "ETag": "changes with the answer; send it back as If-None-Match to be told 304 when nothing has changed",
    "RateLimit": "what is left to your address in this minute",
}
_PROBLEMS = {
    400: "A parameter or a value that is not known; each is named.",
    404: "No card that anybody may read has this id.",
    410: "The author has withdrawn the card.",
    429: "Too many questions from one address in this minute; Retry-After says when to ask again.",
}


def description(root: str) -> dict[str, Any]:
    """The whole description, in English. ``root``: the address of the interface."""
    with translation.override("en"):
        return {
            "openapi": "3.1.0",
            "info": {
                "title": "ECETT portal",
                "version": VERSION,
                "summary": "Hosts, good practices and the thesaurus of the ECETT network; for reading only.",
                "description": "No key, no account, no personal data. Parameters and values that are not known are "
                "refused by name. Fields may be added within version 1; none is taken away or changes its meaning.",
            },
            "servers": [{"url": root.rstrip("/")}],
            "paths": {f"/{one.path}": {"get": _operation(one)} for one in RESOURCES},
            "components": {
                "schemas": {
                    **{one.record.name: one.record.schema() for one in RESOURCES},
                    "Problem": problems.SCHEMA,
                },
                "headers": {name: {"description": text, "schema": TEXT} for name, text in _HEADERS.items()},
            },
        }


def list_schema(resource: Resource) -> dict[str, Any]:
    """A page of a list."""
    items = many({"$ref": f"#/components/schemas/{resource.record.name}"})
    return {**holding(total=WHOLE, items=items, next=or_null({"type": "string", "format": "uri"}))}


def _operation(resource: Resource) -> dict[str, Any]:
    one = {"$ref": f"#/components/schemas/{resource.record.name}"}
    codes = (*((400,) if resource.listed else ()), *resource.gone, 429)
    moved = {
        "description": "Merged into another card: its address.",
        "headers": {"Location": {"schema": TEXT}},
    }
    return {
        "operationId": re.sub(r"_(\w)", lambda found: found[1].upper(), resource.view),
        "summary": str(resource.about),
        "parameters": [_parameter(each) for each in resource.parameters] + _ids(resource),
        "responses": {
            "200": {
                "description": str(resource.about),
                "headers": {name: {"$ref": f"#/components/headers/{name}"} for name in _HEADERS},
                "content": {
                    "application/json": {"schema": list_schema(resource) if resource.listed else one}
                },
            },
            "304": {"description": "Nothing has changed since the answer with this ETag."},
            **{str(code): moved if code == 301 else _problem(code) for code in codes},
        },
    }


def _problem(code: int) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    text = _PROBLEMS[code]
    if code == 429:
        text = f"{text} At most {settings.API_QUESTIONS_A_MINUTE}."
    return {"description": text, "content": {problems.CONTENT_TYPE: {"schema": schema}}}


def _parameter(parameter: Parameter) -> dict[str, Any]:
    schema = dict(parameter.schema)
    if schema.get("type") == "string" and "enum" not in schema and "pattern" not in schema:
        schema["maxLength"] = parameter.longest
    return {
        "name": parameter.name,
        "in": "query",
        "description": str(parameter.about),
        "schema": many(schema) if parameter.many else schema,
        **({"style": "form", "explode": True} if parameter.many else {}),
    }


def _ids(resource: Resource) -> list[dict[str, Any]]:
    if resource.listed:
        return []
    return [{"name": "id", "in": "path", "required": True, "schema": TEXT}]
