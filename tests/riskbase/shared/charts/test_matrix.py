from xml.etree import ElementTree as ET

import pytest

from riskbase.shared.charts.matrix import Axes, Dot, risk_matrix
from riskbase.shared.charts.svg import Frame

SPACE = "{http://www.w3.org/2000/svg}"
FRAME = Frame("m", "Matrix", empty="Nothing yet")
AXES = Axes("Likelihood", "Impact")
TIERS = [
    ["moderate", "high", "critical", "critical"],
    ["moderate", "moderate", "high", "critical"],
    ["low", "moderate", "moderate", "high"],
    ["low", "low", "moderate", "moderate"],
]
TEXTS = {"low": "Low", "moderate": "Moderate", "high": "High", "critical": "Critical"}


def draw(*dots, frame=FRAME):
    return risk_matrix(frame, TIERS, dots, AXES, TEXTS)


def centers(svg):
    nodes = ET.XML(svg).iter(f"{SPACE}circle")
    return [(float(node.get("cx")), float(node.get("cy"))) for node in nodes]


def test_every_cell_names_its_tier():
    svg = draw()

    assert svg.count("chart-cell--critical") == svg.count(">Critical<") == 3


def test_impact_runs_right_and_likelihood_up():
    low, high = centers(draw(Dot(10, 20), Dot(90, 80)))

    assert low[0] < high[0]
    assert low[1] > high[1]


@pytest.mark.parametrize("width", [360, 720])
def test_labels_that_would_collide_stay_in_the_tooltip(width):
    frame = Frame("m", "Matrix", width=width)
    crowd = [Dot(50, 50, f"Project number {index}") for index in range(20)]

    svg = draw(*crowd, frame=frame)
    assert 1 <= svg.count("chart-dot-label") < 20
    assert svg.count("<title>Project number") >= 20


def test_intervals_cross_the_dot():
    svg = draw(Dot(50, 50, "a", impact_range=(40, 60), likelihood_range=(20, 90)))

    assert svg.count('class="chart-cross"') == 1


def test_escapes_labels():
    assert "<b>" not in draw(Dot(1, 1, "<b>", "<b>"))


def test_empty_input_says_so():
    assert "Nothing yet" in risk_matrix(FRAME, [], [], AXES, TEXTS)
