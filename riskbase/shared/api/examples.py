"""OpenAPI: an example for every JSON body, made from its schema and the apps' words.

An example that a view or serializer declares stands; the rest is made up here, the
same every time, so that it can be checked against the schema it illustrates.
"""

import hashlib
import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

JSON = "application/json"
SITE = "https://riskbase.example.org"
SAMPLES: dict[str, Any] = {
    "date": "2026-03-31",
    "date-time": "2026-03-31T09:30:00Z",
    "uri": "https://example.org/evidence",
    "email": "robin@example.org",
}
PLAIN: dict[str, Any] = {"boolean": True, "null": None, "string": "text"}
TYPES: dict[str, Any] = {
    "string": str,
    "integer": int,
    "number": int | float,
    "boolean": bool,
    "array": list,
    "object": dict,
    "null": type(None),
}
AFFIXES = re.compile(r"^Patched|(Write)?Request$")
MISSING = object()
NUMBERS = ("12.50", "0.25", "0.5", "1")
SHOWN_OF_A_CHANGE = 3
"""A change sends what it changes, so its example does not send everything."""


def add_examples(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Give request bodies and good answers an example where none is declared."""
    for path, item in result["paths"].items():
        for node in item.values():
            maker = Maker(result["components"]["schemas"], path)
            for body in bodies_of(node):
                if not declared(body):
                    body["example"] = maker.example(body["schema"])
    return result


def bodies_of(operation: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the JSON bodies of an operation: the request's and good answers'."""
    places = [operation.get("requestBody", {})]
    places += [each for code, each in operation["responses"].items() if code[0] == "2"]
    contents = [place.get("content", {}).get(JSON) for place in places]
    return [content for content in contents if content]


def declared(body: Mapping[str, Any]) -> list[Any]:
    """Return the examples that a JSON body has, the first to be shown first."""
    if "example" in body:
        return [body["example"]]
    return [each["value"] for each in body.get("examples", {}).values()]


@cache
def words() -> Mapping[str, Any]:
    """Return what the apps say of their members: by `Component.member`, or `member`."""
    told: dict[str, Any] = {}
    for place in settings.API_EXAMPLE_WORDS:
        told |= import_string(place)
    return told


class Maker:
    """Makes up values of schemas for the operations on one path."""

    def __init__(self, components: Mapping[str, Any], path: str) -> None:
        self.components = components
        self.path = path

    def example(
        self, node: Mapping[str, Any], name: str = "", within: tuple[str, ...] = ()
    ) -> Any:
        """Return a value of `node`, the member `name` of the component `within`."""
        if "$ref" in node:
            return self._of_component(node["$ref"].rsplit("/", 1)[1], name, within)
        if arms := node.get("allOf") or node.get("oneOf") or node.get("anyOf"):
            values = [self.example(arm, name, within) for arm in arms]
            told = _told(name, within)
            return told if told in values else values[0]
        known = [node["example"]] if "example" in node else []
        known += [told for told in [_told(name, within)] if _fits(node, told)]
        known += sorted(node.get("enum", ()), key=_is_nothing)
        return known[0] if known else self._of_type(node, name, within)

    def _of_component(self, component: str, name: str, within: tuple[str, ...]) -> Any:
        node = self.components[component]
        if "enum" in node:
            return self.example(node, name, within)
        return (
            {} if component in within else self.example(node, "", (*within, component))
        )

    def _of_type(
        self, node: Mapping[str, Any], name: str, within: tuple[str, ...]
    ) -> Any:
        kind = _kind(node)
        if kind == "array":
            item = self.example(node.get("items", {}), name.removesuffix("s"), within)
            return [] if item in ({}, None) else [item]
        if kind == "object":
            return self._members(node, name, within)
        if kind in {"integer", "number"}:
            return max(node.get("minimum", 1), min(node.get("maximum", 1), 1))
        return self._text(node, name) if kind == "string" else PLAIN.get(kind)

    def _members(
        self, node: Mapping[str, Any], name: str, within: tuple[str, ...]
    ) -> dict[str, Any]:
        members = list(node.get("properties", {}).items())
        if within and within[-1].startswith("Patched"):
            members = members[:SHOWN_OF_A_CHANGE]
        found = {key: self.example(each, key, within) for key, each in members}
        further = node.get("additionalProperties")
        if not members and isinstance(further, Mapping) and further:
            found["en"] = self.example(further, name, within)
        return found

    def _text(self, node: Mapping[str, Any], name: str) -> str | None:
        if name == "previous" and "null" in node["type"]:
            return None  # The first page is shown, and leads on.
        if name == "next":
            path = re.sub(r"{(\w+)}", lambda found: _uuid(found[1]), self.path)
            return f"{SITE}{path}?cursor=bzE5MzcwYTI"
        kind = node.get("format", "")
        if kind == "uuid":
            return _uuid(name)
        if "pattern" in node:
            return next(filter(re.compile(node["pattern"]).search, NUMBERS), NUMBERS[0])
        text: str = SAMPLES.get(kind, PLAIN["string"])
        return text[: node.get("maxLength", len(text))]


def _told(name: str, within: tuple[str, ...]) -> Any:
    """Return what an app says of a member, MISSING when none does."""
    component = AFFIXES.sub("", within[-1] if within else "")
    return words().get(f"{component}.{name}", words().get(name, MISSING))


def _is_nothing(value: Any) -> bool:
    return not value


def _kind(node: Mapping[str, Any]) -> str:
    kind = node.get("type", "object" if "properties" in node else "any")
    if isinstance(kind, list):
        return next(str(each) for each in kind if each != "null")
    return str(kind)


def _fits(node: Mapping[str, Any], told: Any) -> bool:
    """Whether a told value is of this schema; its members are not looked at."""
    if told is MISSING:
        return False
    if told is None:
        return "null" in node.get("type", "null")
    if told not in node.get("enum", [told]):
        return False
    if isinstance(told, str) and not re.search(node.get("pattern", ""), told):
        return False
    kind = _kind(node)
    return kind == "any" or (
        isinstance(told, TYPES[kind]) and isinstance(told, bool) == (kind == "boolean")
    )


def _uuid(name: str) -> str:
    """Return an identifier that differs from member to member."""
    return f"019370a2-b3c4-7d5e-8f90-{hashlib.sha256(name.encode()).hexdigest()[:12]}"
