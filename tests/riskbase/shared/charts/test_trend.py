from xml.etree import ElementTree as ET

import pytest

from riskbase.shared.charts.svg import Frame
from riskbase.shared.charts.trend import Period, trend

SPACE = "{http://www.w3.org/2000/svg}"
FRAME = Frame("t", "Trend", empty="Nothing yet")


def periods(*values):
    return [
        Period(f"2025-Q{index}", value, value and value - 2, value and value + 2)
        for index, value in enumerate(values, start=1)
    ]


def centers(svg):
    nodes = ET.XML(svg).iter(f"{SPACE}circle")
    return [(float(node.get("cx")), float(node.get("cy"))) for node in nodes]


def test_time_runs_right_and_values_up():
    first, second = centers(trend(FRAME, periods(10, 20)))

    assert first[0] < second[0]
    assert first[1] > second[1]


def test_gap_stays_a_gap():
    svg = trend(FRAME, periods(10, 12, None, 14, 16))

    assert svg.count('class="chart-line"') == 2
    assert svg.count('class="chart-band"') == 2


def test_lone_period_shows_its_interval_as_a_whisker():
    svg = trend(FRAME, periods(10))

    assert svg.count('class="chart-whisker"') == 1
    assert "chart-line" not in svg


def test_flagged_period_stands_out():
    assert "chart-dot--flagged" in trend(FRAME, [Period("Q1", 5, flagged=True)])


def test_names_only_periods_that_fit_and_always_the_last():
    many = [Period(f"20{year}-Q1", 5) for year in range(10, 50)]

    svg = trend(Frame("t", "Trend", width=360), many)
    assert "2049-Q1" in svg
    assert svg.count("-Q1<") < 10


def test_escapes_labels():
    assert "<b>" not in trend(FRAME, [Period("<b>", 5, tooltip="<b>")])


@pytest.mark.parametrize("series", [[], [Period("Q1", None)]])
def test_empty_input_says_so(series):
    assert "Nothing yet" in trend(FRAME, series)
