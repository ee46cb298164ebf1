"""Sections, questions and choices of the questionnaire's JSON Schema."""

from projects.scoring.instrument import (
    COMPLETENESS_THRESHOLD,
    UNKNOWN_SIGNAL,
    Combine,
    Dimension,
    QuestionKind,
)
from projects.scoring.rules_validity import MOST_POINTS
from projects.scoring.schema_values import (
    CHOICE,
    QUESTION,
    SLUG,
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

_SIGNAL = "0 protects, 1 is the strongest warning; at most two decimals."
_OF_KIND: dict[str, tuple[str, ...]] = {
    "single": ("choices",),
    "multiple": ("choices", "combine"),
    "scale": ("signals", "low_label", "high_label"),
    "number": ("unit", "minimum", "maximum", "breakpoints"),
    "date": (),
    "text": (),
}
_OPTIONAL = {"minimum", "maximum", "breakpoints"}
_NEVER_SCORED = ["date", "text"]
_NUMBER = {"type": "number"}
_CODE = code(
    "Answers carry over between versions by this code: never rename it.", QUESTION
)
_KIND = described(
    {"enum": [kind.value for kind in QuestionKind]}, "How the question is answered."
)
_ASKED: dict[str, Schema] = {
    "code": _CODE,
    "kind": _KIND,
    "text": words("The question itself, at most 300 characters."),
    "help": words("How to find the answer."),
    "why": words("Why it is asked."),
    "sources": closed(
        "What the question stems from.",
        [],
        seeds=listed({"type": "string"}, "Identifiers of claims."),
        literature=listed({"type": "string"}, "Keys of cited works."),
    ),
    "visible_when": condition("The question is asked when this holds."),
    "allow_unknown": flag("Whether `unknown` is an answer.", default=True),
    "allow_not_applicable": flag(
        "Whether it may be set aside, with a reason.", default=False
    ),
    "unknown_signal": described(
        {**share(_SIGNAL), "default": float(UNKNOWN_SIGNAL)},
        "What an open answer counts as in the point of the score.",
    ),
    "dimension": described(
        {
            "enum": [dimension.value for dimension in Dimension],
            "default": Dimension.LIKELIHOOD.value,
        },
        "Which side of the risk matrix the question feeds.",
    ),
    "low_label": words("What 1 on the scale means."),
    "high_label": words("What 5 on the scale means."),
    "unit": words("What is counted."),
    "minimum": described(_NUMBER, "The least number that is accepted."),
    "maximum": described(_NUMBER, "The greatest number that is accepted."),
}
_RETIRED = flag("Kept for old answers and not offered to new ones.", default=False)


def question_definitions() -> dict[str, Schema]:
    """Return the sections, questions and choices of both methods, by name."""
    return {
        "weighted_section": _section("weighted"),
        "weighted_question": _weighted_question(),
        "weighted_choice": _weighted_choice(),
        "additive_section": _section("additive"),
        "additive_question": _additive_question(),
        "additive_choice": _additive_choice(),
    }


def completeness() -> Schema:
    """Return the share of answers below which a tier is provisional."""
    return described(
        {**share(""), "default": float(COMPLETENESS_THRESHOLD)},
        "The share of the weight that must be settled for a tier to be final.",
    )


def _section(method: str) -> Schema:
    described_too = ["description"] if method == "weighted" else []
    return closed(
        "Questions asked together on one page.",
        ["code", "title", *described_too, "minutes", "questions"],
        code=code("Part of the page's address."),
        title=words("The heading of the page."),
        description=words("What the section is about."),
        minutes=whole("How long it takes."),
        questions=listed({"$ref": f"#/$defs/{method}_question"}, "In order."),
    )


def _weighted_question() -> Schema:
    scored: dict[str, Schema] = {
        "weights": {
            "description": "Causes the question warns of, each with a weight.",
            "type": "object",
            "propertyNames": {"pattern": SLUG},
            "additionalProperties": whole("From 1 to 10.", 1, 10),
            "minProperties": 1,
        },
        "weight": whole("The weight of a question on impact.", 1, 10),
        "choices": listed({"$ref": "#/$defs/weighted_choice"}, "What is offered.", 2),
        "combine": described(
            {"enum": [combine.value for combine in Combine]},
            "How the signals of several ticks become one; `sum` ends at 1.",
        ),
        "signals": described(
            {"type": "array", "items": share(_SIGNAL), "minItems": 5, "maxItems": 5},
            "The signals of the five steps, from 1 to 5.",
        ),
        "breakpoints": listed(
            {
                "type": "array",
                "prefixItems": [_NUMBER, share(_SIGNAL)],
                "items": False,
                "minItems": 2,
            },
            "Numbers with their signals, rising; straight lines lie between them.",
            2,
        ),
    }
    required = ["code", "kind", "text", "help", "why"]
    asked = closed("One question.", required, **_ASKED, **scored)
    asked["allOf"] = [
        *(_weighted_kind(kind) for kind in _OF_KIND),
        when("kind", _NEVER_SCORED, without("weights", "weight")),
        {**when("dimension", "impact", without("weights")), "else": without("weight")},
        *_weights_needed(),
    ]
    return asked


def _weighted_kind(kind: str) -> Schema:
    mine = _OF_KIND[kind]
    others = {key for keys in _OF_KIND.values() for key in keys} - set(mine)
    needed = [key for key in mine if key not in _OPTIONAL]
    return when("kind", kind, {"required": needed, **without(*sorted(others))})


def _weights_needed() -> list[Schema]:
    """Return that what is scored weighs on something."""
    kinds = {"properties": {"kind": {"enum": ["single", "multiple", "scale"]}}}
    curved = {"properties": {"kind": {"const": "number"}}, "required": ["breakpoints"]}
    impact = {"properties": {"dimension": {"const": "impact"}}}
    by_dimension = {
        "if": {**impact, "required": ["dimension"]},
        "then": {"required": ["weight"]},
        "else": {"required": ["weights"]},
    }
    return [{"if": {"anyOf": [kinds, curved]}, "then": by_dimension}]


def _weighted_choice() -> Schema:
    return closed(
        "One offered answer.",
        ["code", "text", "signal"],
        code=code("Stored with the answer: never rename it.", CHOICE),
        text=words("What is offered."),
        signal=share(_SIGNAL),
        floor=closed(
            "A fatal answer: the cause scores at least this, whatever else is said.",
            ["cause", "score"],
            cause=code("The cause, or `impact`.", SLUG),
            score=whole("From 0 to 100.", 0, 100),
        ),
        retired=_RETIRED,
    )


def _additive_question() -> Schema:
    scored: dict[str, Schema] = {
        "scale": code("The scale its points count for; none: a mere fact."),
        "choices": listed({"$ref": "#/$defs/additive_choice"}, "What is offered.", 1),
    }
    asked = closed("One question.", ["code", "kind", "text"], **_ASKED, **scored)
    limited = ("unit", "minimum", "maximum")
    labels = ("low_label", "high_label")
    asked["allOf"] = [
        when("kind", ["single", "multiple"], {"required": ["choices"]}),
        when("kind", "single", {"properties": {"choices": {"minItems": 2}}}),
        when(
            "kind",
            ["scale", "number", "date", "text"],
            without("choices", "scale"),
        ),
        {**when("kind", "number", {}), "else": without(*limited)},
        {**when("kind", "scale", {}), "else": without(*labels)},
        {"if": {"required": ["scale"]}, "then": _POINTED},
    ]
    return asked


_POINTED: Schema = {"properties": {"choices": {"items": {"required": ["points"]}}}}


def _additive_choice() -> Schema:
    return closed(
        "One offered answer.",
        ["code", "text"],
        code=code("Stored with the answer: never rename it.", CHOICE),
        text=words("What is offered."),
        points=whole("What it adds to the scale.", 0, MOST_POINTS),
        retired=_RETIRED,
    )
