"""A small additive questionnaire that can be followed on paper."""

from copy import deepcopy

from tests.projects.scoring.examples import words


def pointed(code, scale, points, kind="single", **more):
    """A question whose choices c0, c1, … have these points."""
    choices = [
        {"code": f"c{number}", "text": words(), **({"points": worth} if scale else {})}
        for number, worth in enumerate(points)
    ]
    question = {"code": code, "kind": kind, "text": words(), "choices": choices}
    return {**question, **({"scale": scale} if scale else {}), **more}


POINTS = {
    "code": "points",
    "version": 1,
    "title": words(),
    "description": words(),
    "minutes": 5,
    "method": "additive",
    "scales": [
        {"code": "impact", "title": words()},
        {"code": "care", "title": words(), "credit": True, "alternatives": 2},
    ],
    "total": "impact",
    "adjustments": [
        {
            "code": "careful",
            "scale": "care",
            "at_least": 0.8,
            "factor": 0.85,
            "message": words(),
        }
    ],
    "bands": [
        {"code": "one", "up_to": 0.25, "tier": "low", "title": words()},
        {"code": "two", "up_to": 0.5, "tier": "moderate", "title": words()},
        {"code": "three", "up_to": 0.75, "tier": "high", "title": words()},
        {"code": "four", "up_to": 1, "tier": "critical", "title": words()},
    ],
    "sections": [
        {
            "code": "stakes",
            "title": words(),
            "description": words(),
            "minutes": 2,
            "questions": [
                pointed("reach", "impact", [0, 2, 4]),
                pointed("harms", "impact", [1, 2, 3], kind="multiple"),
                pointed("deep", "impact", [0, 10], visible_when="reach == 'c2'"),
                pointed("phase", "", [0, 0]),
            ],
        },
        {
            "code": "work",
            "title": words(),
            "description": words(),
            "minutes": 2,
            "questions": [
                pointed("early", "care", [0, 10], visible_when="phase == 'c0'"),
                pointed("late", "care", [0, 10], visible_when="phase == 'c1'"),
            ],
        },
    ],
}


def a_points_document():
    return deepcopy(POINTS)
