"""The documentation of the API as one accessible page, made from its schema."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator

from riskbase.shared.api.examples import JSON, declared

METHODS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True)
class Field:
    """A parameter or a member of a body."""

    name: str
    kind: str
    required: bool
    description: str
    values: tuple[str, ...] = ()
    place: str = ""


@dataclass(frozen=True)
class Operation:
    """One method on one path."""

    anchor: str
    method: str
    path: str
    description: str
    parameters: tuple[Field, ...]
    body: tuple[Field, ...]
    body_example: str
    answers: tuple[tuple[str, str], ...]
    answer: tuple[Field, ...]
    answer_example: str


@dataclass(frozen=True)
class Group:
    """The operations on one noun."""

    name: str
    anchor: str
    operations: tuple[Operation, ...]


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """Show every operation; the same facts as the schema, for people."""
    return render(request, "api/docs.html", {"groups": groups(get_language())})


@cache
def groups(_language: str) -> tuple[Group, ...]:
    """Return the operations by noun; descriptions follow the active language."""
    schema = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    found: dict[str, list[Operation]] = {}
    for path, item in schema["paths"].items():
        for method in METHODS:
            if method in item:
                tag = item[method].get("tags", ["api"])[0]
                found.setdefault(tag, []).append(
                    _operation(schema, path, method, item[method])
                )
    return tuple(
        Group(tag, slugify(tag), tuple(operations))
        for tag, operations in sorted(found.items())
    )


def _operation(
    schema: Mapping[str, Any], path: str, method: str, node: Mapping[str, Any]
) -> Operation:
    body, body_example = _content(schema, node.get("requestBody", {}))
    success: Mapping[str, Any] = next(
        (answer for code, answer in node["responses"].items() if code[0] == "2"), {}
    )
    answer, answer_example = _content(schema, success)
    return Operation(
        anchor=slugify(node["operationId"]),
        method=method.upper(),
        path=path,
        description=node.get("description", ""),
        parameters=tuple(_parameter(each) for each in node.get("parameters", [])),
        body=body,
        body_example=body_example,
        answers=tuple(
            (code, each.get("description") or HTTPStatus(int(code)).phrase)
            for code, each in sorted(node["responses"].items())
        ),
        answer=answer,
        answer_example=answer_example,
    )


def _parameter(node: Mapping[str, Any]) -> Field:
    schema = node.get("schema", {})
    inner = schema.get("items", schema)
    return Field(
        name=node["name"],
        kind=_kind(schema),
        required=node.get("required", False),
        description=_first_line(node.get("description", "")),
        values=tuple(map(str, inner.get("enum", ()))),
        place=node["in"],
    )


def _content(
    schema: Mapping[str, Any], node: Mapping[str, Any]
) -> tuple[tuple[Field, ...], str]:
    """Return the members and the example of a JSON body."""
    content = node.get("content", {}).get(JSON)
    if content is None:
        return (), ""
    resolved = _resolved(schema, content.get("schema", {}))
    example = json.dumps(declared(content)[0], indent=2, ensure_ascii=False)
    return tuple(_members(schema, resolved)), example


def _members(schema: Mapping[str, Any], node: Mapping[str, Any]) -> Iterator[Field]:
    wanted = node.get("required", ())
    for name, member in node.get("properties", {}).items():
        resolved = _resolved(schema, member)
        yield Field(
            name=name,
            kind=_kind(resolved),
            required=name in wanted,
            description=_first_line(
                member.get("description", "") or resolved.get("description", "")
            ),
            values=tuple(map(str, resolved.get("enum", ()))),
        )


def _resolved(schema: Mapping[str, Any], node: Mapping[str, Any]) -> Mapping[str, Any]:
    """Follow references and one-armed combinations."""
    while True:
        if "$ref" in node:
            node = schema["components"]["schemas"][node["$ref"].rsplit("/", 1)[1]]
        elif arms := node.get("allOf") or node.get("oneOf") or node.get("anyOf"):
            node = arms[0]
        else:
            return node


def _kind(node: Mapping[str, Any]) -> str:
    kind = node.get("type", "object")
    if isinstance(kind, list):
        return " | ".join(map(str, kind))
    return f"{kind} ({node['format']})" if "format" in node else str(kind)


def _first_line(text: str) -> str:
    """Drop the list of values that the schema appends to a description."""
    head = text.split("* `", maxsplit=1)[0]
    return head.strip()
