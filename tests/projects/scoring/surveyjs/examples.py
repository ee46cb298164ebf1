"""A survey in the format of SurveyJS with everything that is understood, and some more."""

import copy
from typing import Any

SURVEY: dict[str, Any] = {
    "title": {"default": "Before a model goes live", "fr": "Avant la mise en service"},
    "description": {"en": "Ten questions.", "fr": "Dix questions."},
    "pages": [
        {
            "name": "welcome",
            "elements": [{"type": "html", "name": "hello", "html": "<p>Hello</p>"}],
        },
        {
            "name": "theData",
            "title": {"default": "The data", "fr": "Les données"},
            "description": {"default": "Where they come from.", "fr": "Leur origine."},
            "elements": [
                {
                    "type": "radiogroup",
                    "name": "source",
                    "title": {"default": "Whose data?", "fr": "Quelles données ?"},
                    "isRequired": True,
                    "hasOther": True,
                    "choices": [
                        {"value": "own", "text": {"default": "Ours", "fr": "Nôtres"}},
                        {
                            "value": "bought",
                            "text": {"default": "Bought", "fr": "Achat"},
                        },
                    ],
                },
                {
                    "type": "panel",
                    "name": "about",
                    "visibleIf": "{source} <> 'own'",
                    "title": "About the seller",
                    "elements": [
                        {
                            "type": "checkbox",
                            "name": "known-by",
                            "description": "Tick all.",
                            "choices": ["contract", "visit", 3],
                        },
                        {
                            "type": "panel",
                            "name": "deeper",
                            "elements": [
                                {
                                    "type": "text",
                                    "name": "price",
                                    "inputType": "number",
                                    "min": 0,
                                    "max": 1000.5,
                                    "visibleIf": "{known-by} contains 'contract'",
                                },
                                {
                                    "type": "text",
                                    "name": "signedOn",
                                    "inputType": "date",
                                    "visibleIf": "{price} >= 100.5 and {Source} notempty",
                                },
                            ],
                        },
                    ],
                },
            ],
        },
        {
            "name": "people",
            "visibleIf": "{signedOn} empty or {signedOn} < '2030-01-31'",
            "elements": [
                {"type": "rating", "name": "stars", "maxRateDescription": "Best"},
                {"type": "rating", "name": "tens", "rateMin": 0, "rateMax": 10},
                {
                    "type": "boolean",
                    "name": "asked",
                    "visibleIf": "{stars} > 2 or {tens} anyof [9, 10]",
                },
                {
                    "type": "dropdown",
                    "name": "who",
                    "choices": ["one", "two"],
                    "visibleIf": "{asked}",
                },
                {
                    "type": "comment",
                    "name": "in",
                    "visibleIf": "!({who} anyof ['ONE']) and {known-by} allof ['visit', 3]",
                },
                {"type": "matrix", "name": "grid"},
                {"type": "text", "name": "last", "visibleIf": "{panel.in} = 1"},
            ],
        },
    ],
}


def a_survey() -> dict[str, Any]:
    """Return a copy to be changed."""
    return copy.deepcopy(SURVEY)


def one_page(*elements: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"pages": [{"name": "page", "elements": list(elements)}], **more}


def by_code(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {q["code"]: q for s in document["sections"] for q in s["questions"]}
