"""The JSON Schema of questionnaires, for editors that help authors while they write.

It says what each key means and which values it takes. What hangs on other parts of a
document (codes that are used twice, conditions, causes) is the linter's to find.
"""

from projects.scoring.instrument import GateEffect, Method
from projects.scoring.rules_validity import MOST_ALTERNATIVES
from projects.scoring.schema_questions import completeness, question_definitions
from projects.scoring.schema_values import (
    LANGUAGE,
    SLUG,
    VALUES,
    Schema,
    closed,
    code,
    condition,
    described,
    flag,
    listed,
    share,
    when,
    whole,
    without,
    words,
)
from projects.scoring.tiers import RiskTier

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_ADDITIVE = ("scales", "total", "adjustments", "bands")


def document_schema() -> Schema:
    """Return the schema of questionnaires of both methods."""
    required = ["code", "version", "title", "description", "minutes", "sections"]
    whole_document = closed("A questionnaire.", required, **_head(), **_rules())
    return {
        "$schema": DIALECT,
        "title": "Riskbase questionnaire",
        **whole_document,
        "allOf": [
            {
                **when("method", Method.ADDITIVE.value, _of("additive")),
                "else": {**_of("weighted"), **_without_rules()},
            }
        ],
        "$defs": {**VALUES, **question_definitions(), "gate": _gate()},
    }


def _head() -> dict[str, Schema]:
    return {
        "code": code("Names the questionnaire in all its versions.", SLUG),
        "version": described(
            {"anyOf": [{"type": "integer", "minimum": 1}, code("", "^[0-9]+$")]},
            "A whole number; a published version never changes.",
        ),
        "title": words("The name people see."),
        "description": words("What it is for, and how long it takes."),
        "minutes": whole("How long it takes."),
        "method": described(
            {
                "enum": [method.value for method in Method],
                "default": Method.WEIGHTED.value,
            },
            "Signals weighted by cause, or points added up.",
        ),
        "languages": described(
            {
                "type": "array",
                "items": {"type": "string", "pattern": LANGUAGE},
                "minItems": 1,
                "uniqueItems": True,
            },
            "The languages of its texts; without: en, ru and zh-hans.",
        ),
        "completeness_threshold": completeness(),
        "sections": listed({"type": "object"}, "The pages, in order.", 1),
        "gates": listed({"$ref": "#/$defs/gate"}, "Demands that no score outweighs."),
    }


def _rules() -> dict[str, Schema]:
    scale = closed(
        "One sum of points.",
        ["code", "title"],
        code=code("Named by questions and adjustments."),
        title=words("The name people see."),
        credit=flag(
            "Its points speak for safety: an open answer earns none.", default=False
        ),
        alternatives=whole(
            "Only one of so many equal sets of its questions is ever asked.",
            1,
            MOST_ALTERNATIVES,
        ),
    )
    adjustment = closed(
        "Multiplies the total once a scale reaches a share of its reach.",
        ["code", "scale", "at_least", "message"],
        code=code("Names the adjustment."),
        scale=code("The scale that is looked at; not the total."),
        at_least=share("The share of what the scale can reach.", above_zero=True),
        factor=share("What the total is multiplied by.", above_zero=True),
        message=words("What people read when it holds."),
    )
    band = closed(
        "One level.",
        ["code", "up_to", "tier", "title"],
        code=code("Names the level."),
        up_to=share("The upper end, as a share of the maximum.", above_zero=True),
        tier=described({"enum": [t.value for t in RiskTier]}, "The risk tier."),
        title=words("The name people see."),
    )
    return {
        "scales": listed(scale, "The sums of points.", 1),
        "total": code("The scale whose points become the level."),
        "adjustments": listed(adjustment, "Applied in order."),
        "bands": listed(band, "The levels, rising; the last ends at 1.", 1),
    }


def _of(method: str) -> Schema:
    sections = {"items": {"$ref": f"#/$defs/{method}_section"}}
    needed = ["scales", "total", "bands"] if method == Method.ADDITIVE else []
    return {"required": needed, "properties": {"sections": sections}}


def _without_rules() -> Schema:
    refused = without(*_ADDITIVE)["properties"]
    return {"properties": {**_of("weighted")["properties"], **refused}}


def _gate() -> Schema:
    gate = closed(
        "A demand that holds whatever the score.",
        ["code", "when", "effect", "message"],
        code=code("Names the gate."),
        when=condition("The gate fires when this holds."),
        effect=described(
            {"enum": [effect.value for effect in GateEffect]}, "What it demands."
        ),
        practice=code("The practice that `require_practice` demands.", SLUG),
        message=words("What people read when it fires."),
    )
    wanted = when(
        "effect", GateEffect.REQUIRE_PRACTICE.value, {"required": ["practice"]}
    )
    gate["allOf"] = [{**wanted, "else": without("practice")}]
    return gate
