"""Each type of element becomes the kind of question that asks the same."""

import pytest

from projects.scoring.surveyjs.convention import Convention
from projects.scoring.surveyjs.elements import Asked
from projects.scoring.surveyjs.questions import Questions
from projects.scoring.surveyjs.report import Report
from projects.scoring.surveyjs.texts import Texts


def made(raw, convention=Convention.NONE, panel=""):
    report = Report()
    questions = Questions(Texts({}, report), convention, report)
    name = raw.get("name", "q")
    found = questions.made(Asked(raw, name, panel, f"page/{name}", ()))
    codes = [entry.code for entry in report.entries]
    return (found.entry if found else None), codes


def choices(entry):
    return [(each["code"], each["text"]["en"]) for each in entry["choices"]]


def test_choices_are_values_or_objects():
    entry, codes = made(
        {
            "type": "radiogroup",
            "title": "Which?",
            "description": "One of them.",
            "isRequired": True,
            "choices": ["a-1", 2, {"value": "c"}, {"value": True, "text": "Yes!"}],
        }
    )
    assert entry["kind"] == "single"
    assert entry["help"] == {"en": "One of them."}
    assert entry["allow_unknown"] is False
    assert choices(entry) == [("a_1", "a-1"), ("2", "2"), ("c", "c"), ("true", "Yes!")]
    assert codes == []


def test_other_and_none_are_choices():
    entry, codes = made(
        {"type": "checkbox", "choices": ["a"], "hasOther": True, "showNoneItem": True}
    )
    assert entry["kind"] == "multiple"
    assert choices(entry) == [("a", "a"), ("none", "None"), ("other", "Other")]
    assert codes == ["other_written"]


def test_a_rating_of_five_is_a_scale():
    entry, _ = made({"type": "rating", "minRateDescription": "Bad"})
    assert (entry["kind"], entry["low_label"]) == ("scale", {"en": "Bad"})
    assert "high_label" not in entry


@pytest.mark.parametrize(
    ("settings", "codes"),
    [
        ({"rateMax": 3}, ["1", "2", "3"]),
        ({"rateMin": 0, "rateMax": 10, "rateStep": 5}, ["0", "5", "10"]),
        ({"rateCount": 2}, ["1", "2"]),
        ({"rateValues": ["no", {"value": 7, "text": "yes"}]}, ["no", "7"]),
    ],
)
def test_other_ratings_are_choices(settings, codes):
    entry, _ = made({"type": "rating", **settings})
    assert entry["kind"] == "single"
    assert [code for code, _ in choices(entry)] == codes


@pytest.mark.parametrize(
    "settings", [{"rateMax": 10**9}, {"rateStep": 0}, {"rateMin": "a"}, {"rateMax": 1}]
)
def test_a_rating_of_no_steps_is_told(settings):
    entry, codes = made({"type": "rating", **settings})
    assert (entry["kind"], codes) == ("text", ["no_choices"])


def test_a_boolean_is_a_choice_of_two():
    entry, _ = made({"type": "boolean", "labelFalse": "Never", "valueTrue": "Y"})
    assert choices(entry) == [("y", "Yes"), ("false", "Never")]


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({}, {"kind": "text"}),
        ({"inputType": "email"}, {"kind": "text"}),
        ({"inputType": "date"}, {"kind": "date"}),
        (
            {"inputType": "number", "min": -1, "max": "2.50"},
            {"kind": "number", "minimum": -1, "maximum": 2.5},
        ),
        ({"inputType": "number", "min": 3, "max": 3}, {"kind": "number"}),
        ({"inputType": "range", "max": "x"}, {"kind": "number"}),
    ],
)
def test_texts_numbers_and_dates(settings, expected):
    entry, codes = made({"type": "text", **settings})
    assert {key: entry[key] for key in entry.keys() - {"code", "text"}} == expected
    assert codes == []


def test_what_is_not_known_is_left_out_and_told():
    assert made({"type": "matrix"}) == (None, ["unknown_type"])
    entry, codes = made({"type": "radiogroup", "choices": ["a", "a", {}, "  "]})
    assert (entry["kind"], codes.count("malformed")) == ("multiple", 2)
    assert {"duplicate_choice", "one_choice"} <= set(codes)
    entry, codes = made({"type": "dropdown", "choicesByUrl": {"url": "x"}})
    assert entry["kind"] == "text"
    assert codes == ["ignored_setting", "no_choices"]


def test_points_of_the_convention():
    raw = {"type": "checkbox", "name": "q", "choices": ["a-2", "b", "c-1.5", "d-2000"]}
    entry, codes = made(raw, Convention.SUFFIX_POINTS, panel="p-MS")
    assert entry["scale"] == "mitigation"
    assert [choice["points"] for choice in entry["choices"]] == [2, 0, 0, 0]
    assert codes == ["bad_points", "bad_points"]
    plain, _ = made(raw, Convention.SUFFIX_POINTS, panel="p")
    assert "scale" not in plain
    assert "points" not in plain["choices"][0]
