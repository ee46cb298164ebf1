"""What an element says besides is read, adorns, or is told."""

from projects.scoring.surveyjs.settings import acting_settings, strange_settings


def strange(**settings):
    return list(strange_settings(settings))


def test_settings():
    assert strange(type="text", name="a", title="A", colCount=3, visible=True) == []
    assert strange(enableIf="{a}", validators=[], visible=False) == [
        "enableIf",
        "visible",
    ]
    assert strange(inputType="month") == ["inputType"]
    assert strange(choices=[{"value": 1, "visibleIf": "{a}"}]) == ["choices.visibleIf"]
    assert strange(choices=7, inputType=[]) == ["inputType"]
    assert list(acting_settings({"triggers": [1], "calculatedValues": []})) == [
        "triggers"
    ]
