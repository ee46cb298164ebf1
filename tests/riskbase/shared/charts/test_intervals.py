from xml.etree import ElementTree as ET

import pytest

from riskbase.shared.charts.intervals import CauseBar, cause_bars
from riskbase.shared.charts.svg import Frame, Key

SPACE = "{http://www.w3.org/2000/svg}"
FRAME = Frame("c", "Causes", empty="Nothing yet")
LEAKAGE = CauseBar("Leakage", 60, 40, 80, current=50, target=20, tier="high", text="60")


def range_of(svg):
    nodes = ET.XML(svg).iter(f"{SPACE}rect")
    found = next(
        node for node in nodes if node.get("class", "").startswith("chart-range")
    )
    return float(found.get("x")), float(found.get("width"))


def test_interval_lies_around_the_inherent_mark():
    svg = cause_bars(FRAME, [LEAKAGE])

    left, width = range_of(svg)
    point = float(next(ET.XML(svg).iter(f"{SPACE}circle")).get("cx"))
    assert point == pytest.approx(left + width / 2, abs=0.05)


def test_marks_each_of_the_three_scores():
    svg = cause_bars(FRAME, [LEAKAGE])

    assert all(
        f"chart-mark--{name}" in svg for name in ("inherent", "current", "target")
    )


def test_not_assessed_is_not_zero():
    svg = cause_bars(FRAME, [CauseBar("Leakage", text="not assessed")])

    assert "chart-track--none" in svg
    assert "chart-mark" not in svg
    assert "not assessed" in svg


def test_legend_names_the_marks():
    assert "Inherent" in cause_bars(
        FRAME, [LEAKAGE], keys=[Key("inherent", "Inherent")]
    )


def test_escapes_labels():
    assert "<b>" not in cause_bars(FRAME, [CauseBar("<b>", 1, 0, 2, text="<b>")])


def test_empty_input_says_so():
    assert "Nothing yet" in cause_bars(FRAME, [])
