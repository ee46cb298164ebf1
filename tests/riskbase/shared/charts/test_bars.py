from xml.etree import ElementTree as ET

import pytest

from riskbase.shared.charts.bars import Bar, bars
from riskbase.shared.charts.svg import Frame

SPACE = "{http://www.w3.org/2000/svg}"
FRAME = Frame("rates", "Rates", empty="Nothing yet")


def drawn_bars(svg):
    nodes = ET.XML(svg).iter(f"{SPACE}rect")
    return [
        float(node.get("width")) for node in nodes if node.get("class") == "chart-bar"
    ]


@pytest.mark.parametrize("width", [360, 720])
def test_lengths_are_proportional(width):
    frame = Frame("rates", "Rates", width=width)

    one, two = drawn_bars(bars(frame, [Bar("a", 10), Bar("b", 20)]))
    assert two == pytest.approx(2 * one, abs=0.05)


def test_whisker_spans_the_interval():
    svg = bars(FRAME, [Bar("a", 10, low=5, high=20)], maximum=20)

    assert svg.count('class="chart-whisker"') == 1


def test_published_value_has_its_own_mark():
    assert "chart-mark--published" in bars(FRAME, [Bar("a", 10, published=15)])


def test_withheld_value_shows_its_reason_and_no_bar():
    svg = bars(FRAME, [Bar("a", None, "n < 5"), Bar("b", 3)])

    assert len(drawn_bars(svg)) == 1
    assert "n &lt; 5" in svg


def test_all_withheld_still_draws_an_axis():
    assert ET.XML(bars(FRAME, [Bar("a", None, "n < 5")])) is not None


def test_escapes_labels():
    svg = bars(FRAME, [Bar("<b>&", 1, "<i>")])

    assert "<b>" not in svg
    assert "<i>" not in svg


def test_empty_input_says_so():
    assert "Nothing yet" in bars(FRAME, [])
