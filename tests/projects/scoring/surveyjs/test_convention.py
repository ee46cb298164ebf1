"""Points stand at the end of a value, and the end of a name says what they count for."""

import pytest

from projects.scoring.surveyjs.convention import (
    Convention,
    PointsError,
    points_in,
    rules_of,
    scale_of,
)
from projects.scoring.surveyjs.report import Report
from projects.scoring.surveyjs.texts import Texts

SUFFIX = Convention.SUFFIX_POINTS


@pytest.mark.parametrize(
    ("kind", "name", "panel", "scale"),
    [
        ("radiogroup", "q-RS", "p-MS", "impact"),
        ("checkbox", "q", "p-MS", "mitigation"),
        ("dropdown", "q-NS", "p-RS", ""),
        ("dropdown", "q", "p", ""),
        ("rating", "q-RS", "", ""),
        ("radiogroup", "q-rs", "", ""),
    ],
)
def test_the_name_goes_before_the_panel(kind, name, panel, scale):
    assert scale_of(SUFFIX, kind, name, panel) == scale
    assert scale_of(Convention.NONE, kind, name, panel) == ""


@pytest.mark.parametrize(
    ("value", "points"),
    [("item3-4", 4), ("a-b-12", 12), ("item3", 0), ("a-x", 0), ("a-", 0), ("-3", 3)],
)
def test_points_follow_the_last_hyphen(value, points):
    assert points_in(value) == points


@pytest.mark.parametrize("value", ["a-1.5", "a-1001"])
def test_what_no_choice_can_be_worth_is_refused(value):
    with pytest.raises(PointsError):
        points_in(value)


def test_mitigation_is_ruled_only_where_it_is_asked():
    texts = Texts({"title": {"default": "A", "fr": "B", "pt": "C"}}, Report())
    whole = rules_of(SUFFIX, texts, has_mitigation=True)
    assert [scale["code"] for scale in whole["scales"]] == ["impact", "mitigation"]
    assert whole["adjustments"][0]["factor"] == 0.85
    assert whole["bands"][3]["title"] == {
        "en": "Level IV",
        "fr": "Niveau IV",
        "pt": "Level IV",
    }
    bare = rules_of(SUFFIX, texts, has_mitigation=False)
    assert "adjustments" not in bare
    assert rules_of(Convention.NONE, texts, has_mitigation=False)["total"] == "points"
