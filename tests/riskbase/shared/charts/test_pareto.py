from xml.etree import ElementTree as ET

import pytest

from riskbase.shared.charts.bars import Bar
from riskbase.shared.charts.pareto import pareto
from riskbase.shared.charts.svg import Frame

SPACE = "{http://www.w3.org/2000/svg}"
FRAME = Frame("p", "Pareto", empty="Nothing yet")
ROWS = [Bar("small", 1), Bar("large", 6), Bar("middle", 3)]


def test_orders_by_size():
    svg = pareto(FRAME, ROWS)

    assert svg.index(">large") < svg.index(">middle") < svg.index(">small")


def test_running_sum_ends_at_the_whole():
    root = ET.XML(pareto(FRAME, ROWS))

    dots = [float(node.get("cx")) for node in root.iter(f"{SPACE}circle")]
    widths = [
        float(node.get("width"))
        for node in root.iter(f"{SPACE}rect")
        if node.get("class") == "chart-bar"
    ]
    start = dots[0] - widths[0]
    assert dots == sorted(dots)
    assert dots[-1] - start == pytest.approx(sum(widths), abs=0.1)


@pytest.mark.parametrize("rows", [[], [Bar("a", 0)], [Bar("a", None)]])
def test_empty_input_says_so(rows):
    assert "Nothing yet" in pareto(FRAME, rows)


def test_escapes_labels():
    assert "<b>" not in pareto(FRAME, [Bar("<b>", 1, "<b>")])
