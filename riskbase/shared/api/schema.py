"""OpenAPI: documents every refusal that the conventions can produce."""

from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import ResolvedComponent

from riskbase.shared.api.pagination import SPARSE

PROBLEM: dict[str, Any] = {
    "type": "object",
    "description": "Problem details (RFC 9457).",
    "required": ["type", "title", "status", "code"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string"},
        "detail": {"type": "string"},
        "request_id": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["pointer", "code", "message"],
                "properties": {
                    "pointer": {"type": "string"},
                    "code": {"type": "string"},
                    "message": {"type": "string"},
                },
            },
        },
    },
    "example": {
        "type": "about:blank",
        "title": "Not valid",
        "status": 400,
        "code": "invalid",
        "detail": "Some fields are not valid.",
        "request_id": "019370a2b3c47d5e8f90a1b2c3d4e5f6",
        "errors": [
            {"pointer": "/name", "code": "required", "message": "Required."},
        ],
    },
}
WORDS = {
    "400": "Not valid: see `errors`.",
    "401": "No valid token or session.",
    "403": "Not allowed for this person or token.",
    "404": "No such row, or not within the caller's units.",
    "405": "Method not allowed.",
    "406": "Only JSON is offered.",
    "409": "Conflicts with the current state.",
    "412": "If-Match names a version that is no longer current.",
    "413": "The body is too large.",
    "415": "Send JSON.",
    "422": "A rule of the domain forbids it.",
    "428": "If-Match is required.",
    "429": "Too many requests: see Retry-After.",
}


FIELDS: dict[str, Any] = {
    "name": "fields",
    "in": "query",
    "required": False,
    "schema": {"type": "string"},
    "description": "Names of the fields wanted, separated by commas; `id` always comes.",
}


class ProblemSchema(AutoSchema):
    """Adds problem responses, ETag and the conditional and idempotency headers."""

    def _map_serializer_field(
        self,
        field: Any,
        direction: Any,
        bypass_extensions: Any = False,  # noqa: FBT002 - the parent's own signature
    ) -> Any:
        """Say that a column may be empty, which DRF forgets of read-only fields."""
        if field.read_only and _may_be_blank(field):
            field.allow_blank = True
        schema = super()._map_serializer_field(  # type: ignore[no-untyped-call]
            field, direction, bypass_extensions
        )
        if getattr(field, "allow_blank", False) and schema.get("format") == "uri":
            schema = {name: schema[name] for name in schema if name != "format"}
        return schema

    def get_operation(self, *args: Any, **kwargs: Any) -> Any:
        operation = super().get_operation(*args, **kwargs)
        if operation is None:
            return None
        problem = self._problem()
        for code in self._refusals():
            operation["responses"].setdefault(
                code,
                {
                    "description": WORDS[code],
                    "content": {"application/problem+json": {"schema": problem}},
                },
            )
        parameters = operation.setdefault("parameters", [])
        parameters.extend(self._headers())
        if self.method == "GET" and hasattr(self.view, "listed"):
            parameters.append(FIELDS)
            _allow_sparse(operation["responses"])
        if self.method == "GET":
            operation["responses"].setdefault(
                "304", {"description": "Not modified: If-None-Match holds it."}
            )
        return operation

    def _refusals(self) -> list[str]:
        codes = ["400", "401", "403", "404", "406", "429"]
        if self.method != "GET":
            codes += ["409", "413", "415", "422"]
        if self._wants_match():
            codes += ["412", "428"]
        return codes

    def _wants_match(self) -> bool:
        """Whether it changes what was read: some acts say so of their POST."""
        needs = bool(getattr(self.view, "needs_match", False))
        return self.method in {"PUT", "PATCH", "DELETE"} or (
            self.method == "POST" and needs
        )

    def _headers(self) -> list[dict[str, Any]]:
        names = {
            "GET": ("If-None-Match", "ETag of a representation already held."),
            "POST": (
                "Idempotency-Key",
                "A key of yours: repeating the request repeats the answer only.",
            ),
        }
        wanted = [names[self.method]] if self.method in names else []
        if self._wants_match():
            wanted.append(("If-Match", "ETag of the version that was read."))
        return [
            {
                "name": name,
                "in": "header",
                "required": False,
                "schema": {"type": "string", "pattern": r"^[\x21-\x7e]{1,200}$"},
                "description": description,
            }
            for name, description in wanted
        ]

    def _problem(self) -> Any:
        component = ResolvedComponent(  # type: ignore[no-untyped-call]
            name="Problem",
            type=ResolvedComponent.SCHEMA,
            object="Problem",
            schema=PROBLEM,
        )
        self.registry.register_on_missing(component)
        return component.ref


def _allow_sparse(responses: dict[str, Any]) -> None:
    """Say that `fields` leaves members out; lists say so in their pagination."""
    content = responses.get("200", {}).get("content", {}).get("application/json", {})
    whole = content.get("schema", {})
    if "$ref" in whole and "Paginated" not in whole["$ref"]:
        content["schema"] = {"anyOf": [whole, SPARSE]}


def _may_be_blank(field: Any) -> bool:
    """Whether the column behind a model serializer's field may hold an empty text."""
    model = getattr(getattr(field.parent, "Meta", None), "model", None)
    if model is None or field.source not in {c.name for c in model._meta.fields}:
        return False
    column = model._meta.get_field(field.source)
    return bool(column.blank and column.empty_strings_allowed and not column.null)


def allow_any_json(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Say "any JSON" plainly: null would match both halves of "anything or null".

    So would an empty text those of "an address or nothing": either half will do there.
    """
    _widen(result.get("components", {}))
    return result


def _widen(node: Any) -> None:
    if isinstance(node, dict):
        if node.get("oneOf") == [{}, {"type": "null"}]:
            del node["oneOf"]
        if {"type": "string", "maxLength": 0} in (node.get("oneOf") or ()):
            node["anyOf"] = node.pop("oneOf")
        for inner in node.values():
            _widen(inner)
    elif isinstance(node, list):
        for inner in node:
            _widen(inner)
