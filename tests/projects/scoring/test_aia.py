"""The Algorithmic Impact Assessment, imported, scores exactly as published."""

import json
import random
from collections import Counter

import pytest

from projects.scoring import (
    Answer,
    AnswerSheet,
    Truth,
    instrument_from_document,
    plan_for,
    resolve,
    score_with,
)
from projects.scoring.source import read
from projects.scoring.surveyjs import Convention, Options, import_survey
from tests.projects.scoring.aia import (
    filled,
    holds,
    kind_of,
    outcome_of,
    survey_text,
    walk,
)

SHEETS = 2_000
LEANINGS = (-1, -0.8, -0.4, 0, 0.4, 0.8, 1)


@pytest.fixture(scope="module")
def survey():
    return json.loads(survey_text())


@pytest.fixture(scope="module")
def imported(survey):
    options = Options("aia", Convention.SUFFIX_POINTS, minutes=60)
    return import_survey(read(survey_text()).document, options)


@pytest.fixture(scope="module")
def plan(imported):
    return plan_for(instrument_from_document(imported.document), {})


def test_every_condition_is_understood(imported):
    counts = imported.report.counts
    assert counts["element_conditions"] == 116
    assert counts["page_conditions"] == 8
    assert counts["conditions_lost"] == 0
    assert counts["pages"] == 18
    assert {entry.code for entry in imported.report.entries} == {
        "text_left_out",
        "empty_page",
        "panel_title",
        "markup_removed",
        "untranslated",
    }


def test_questions_and_maxima_are_those_published(survey, imported, plan):
    assert imported.report.scales == {
        "impact": {"questions": 70, "most": 167},
        "mitigation": {"questions": 90, "most": 154},
    }
    twins = Counter(
        "Design" in element["name"]
        for element, panel, _ in walk(survey)
        if kind_of(element, panel) == "MS"
    )
    assert twins == {True: 45, False: 45}
    points = score_with(plan, AnswerSheet()).points
    assert points.most == 167
    assert [(scale.most, scale.reach) for scale in points.scales] == [
        (167, 167),
        (154, 77),
    ]
    assert points.band is None


def test_every_text_is_there_in_both_languages(imported):
    assert imported.document["languages"] == ["en", "fr"]

    def words(part):
        if isinstance(part, list):
            for item in part:
                yield from words(item)
        elif isinstance(part, dict):
            for key, value in part.items():
                if key in ("text", "title", "help", "description", "message"):
                    yield value
                else:
                    yield from words(value)

    found = list(words(imported.document))
    assert len(found) > 800
    assert all(set(each) == {"en", "fr"} for each in found)
    assert all(text.strip() for each in found for text in each.values())
    different = sum(each["en"] != each["fr"] for each in found)
    assert different / len(found) > 0.9


def ours(imported, sheet):
    """Return a sheet of the survey as ours."""
    names, values = imported.report.names, imported.report.values
    answers = {}
    for name, given in sheet.answers.items():
        code = names[name]
        known = values.get(code)
        if known is None:
            answers[code] = Answer.answered(given)
        elif isinstance(given, list):
            answers[code] = Answer.answered(tuple(known[each] for each in given))
        else:
            answers[code] = Answer.answered(known[given])
    return AnswerSheet(answers)


def test_complete_sheets_score_as_the_published_rules_say(survey, imported, plan):
    source = random.Random(20_260)  # noqa: S311 - seeded
    names = imported.report.names
    seen = Counter()
    for _ in range(SHEETS):
        lean = {"RS": source.choice(LEANINGS), "MS": source.choice(LEANINGS)}
        sheet = filled(survey, source, lean)
        written = ours(imported, sheet)
        resolution = resolve(plan.instrument, written)
        visible = {each.question.code: each.visible for each in resolution.standings}
        assert visible == {
            code: Truth.YES if name in sheet.shown else Truth.NO
            for name, code in names.items()
        }
        assert not resolution.dropped
        points = score_with(plan, written).points
        expected = outcome_of(survey, sheet)
        impact, mitigation = (scale.interval for scale in points.scales)
        assert impact.low == impact.point == impact.high == expected.raw
        assert mitigation.low == mitigation.high == expected.mitigation
        assert points.total.low == points.total.high == expected.total
        assert points.band.code == f"level_{expected.level}"
        [adjustment] = points.adjustments
        assert adjustment.holds is expected.is_lowered
        assert points.completeness == 1
        seen[expected.level, expected.is_lowered] += 1
    assert {level for level, _ in seen} == {1, 2, 3, 4}
    assert {lowered for _, lowered in seen} == {True, False}


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ('{a} = "x"', True),
        ('{a} = "x" and {b} = "y"', False),
        ('{b} = "y" or {a} = "x" and {list} contains "m"', True),
        ('({b} = "y" or {a} = "x") and {list} contains ["n"]', True),
        ('{list} contains ["m", "o"]', False),
        ('{none} contains "m"', False),
    ],
)
def test_the_yardstick_itself(condition, expected):
    assert holds(condition, {"a": "x", "list": ["m", "n"]}) is expected
