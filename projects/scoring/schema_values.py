"""The small values of the questionnaire's JSON Schema, each with a description."""

from typing import Any, TypeAlias

from projects.scoring.grammar import MAX_CHARACTERS, RESERVED

Schema: TypeAlias = dict[str, Any]

SNAKE = "^[a-z][a-z0-9_]*$"
SLUG = "^[a-z][a-z0-9_-]*$"
CHOICE = "^[a-z0-9][a-z0-9_]*$"
LANGUAGE = "^[a-z]{2,3}(-[a-z0-9]{2,8})*$"
QUESTION = rf"^(?!(?:{'|'.join(sorted(RESERVED))})$)[a-z][a-z0-9_]*$"


def described(schema: Schema, description: str) -> Schema:
    """Return the schema with this description, first and in the place of another."""
    return {"description": description, **schema} | {"description": description}


def code(description: str, pattern: str = SNAKE) -> Schema:
    """Return a text of one pattern."""
    return described({"type": "string", "pattern": pattern}, description)


def words(description: str) -> Schema:
    """Return a text per language."""
    return described({"$ref": "#/$defs/words"}, description)


def condition(description: str) -> Schema:
    """Return a condition on other answers."""
    return described({"$ref": "#/$defs/condition"}, description)


def whole(description: str, least: int = 0, most: int | None = None) -> Schema:
    """Return a whole number."""
    limits = {"minimum": least, **({} if most is None else {"maximum": most})}
    return described({"type": "integer", **limits}, description)


def share(description: str, *, above_zero: bool = False) -> Schema:
    """Return a number up to 1."""
    least = {"exclusiveMinimum": 0} if above_zero else {"minimum": 0}
    return described({"type": "number", **least, "maximum": 1}, description)


def flag(description: str, *, default: bool) -> Schema:
    """Return true or false."""
    return described({"type": "boolean", "default": default}, description)


def listed(items: Schema, description: str, least: int = 0) -> Schema:
    """Return a list."""
    shape: Schema = {"type": "array", "items": items}
    if least:
        shape["minItems"] = least
    return described(shape, description)


def closed(description: str, required: list[str], /, **properties: Schema) -> Schema:
    """Return a mapping of these keys and no others."""
    return {
        "description": description,
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }


def when(key: str, value: str | list[str], then: Schema) -> Schema:
    """Return what else holds where a key has a value."""
    matched = {"enum": value} if isinstance(value, list) else {"const": value}
    return {
        "if": {"properties": {key: matched}, "required": [key]},
        "then": then,
    }


def without(*keys: str) -> Schema:
    """Return a schema that refuses these keys."""
    return {"properties": dict.fromkeys(keys, False)}


VALUES: dict[str, Schema] = {
    "words": {
        "description": "One text in every language of the questionnaire.",
        "type": "object",
        "propertyNames": {"pattern": LANGUAGE},
        "additionalProperties": {"type": "string", "pattern": "\\S"},
        "minProperties": 1,
    },
    "condition": {
        "description": (
            "A condition on earlier answers: comparisons (x == 'a', x in ['a', 'b'],"
            " 'a' in x, n >= 5), answered(x), and, or, not, parentheses."
        ),
        "type": "string",
        "minLength": 1,
        "maxLength": MAX_CHARACTERS,
        "examples": ["split == 'none' and rows < 1000", "answered(due)"],
    },
}
