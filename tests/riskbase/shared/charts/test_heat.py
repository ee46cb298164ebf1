from xml.etree import ElementTree as ET

import pytest

from riskbase.shared.charts.heat import Axis, Cell, heat_map, step
from riskbase.shared.charts.svg import Frame

FRAME = Frame("h", "Stages", empty="Nothing yet")
ROWS = Axis(["Data", "Model"], "Introduced")
COLUMNS = Axis(["Data", "Недостаточная обобщающая способность"], "Detected")
CELLS = [[Cell(4, "4"), Cell(9, "9")], [Cell(None, "< 5"), Cell(0, "0")]]


@pytest.mark.parametrize(
    ("value", "expected"), [(None, 0), (0, 0), (1, 1), (5, 3), (10, 5), (-1, 0)]
)
def test_color_step_grows_with_the_share_of_the_largest(value, expected):
    assert step(value, 10) == expected


def test_nothing_counted_has_no_color():
    assert step(0, 0) == 0


@pytest.mark.parametrize("width", [360, 720])
def test_writes_every_number(width):
    svg = heat_map(Frame("h", "Stages", width=width), ROWS, COLUMNS, CELLS)

    words = "".join(ET.XML(svg).itertext())
    assert all(text in words for text in ("4", "9", "< 5", "0"))


def test_withheld_cell_differs_from_zero():
    svg = heat_map(FRAME, ROWS, COLUMNS, CELLS)

    assert svg.count("chart-heat--withheld") == 1
    assert svg.count("chart-heat--0") == 1


def test_turns_heads_of_narrow_columns():
    many = Axis([f"Stage {index}" for index in range(9)])
    cells = [[Cell(1, "1")] * 9]

    svg = heat_map(Frame("h", "b", width=360), Axis(["a"]), many, cells)
    assert svg.count("rotate(-90") == 9


def test_escapes_labels():
    svg = heat_map(FRAME, Axis(["<b>"]), Axis(["<b>"]), [[Cell(1, "<b>", "<b>")]])

    assert "<b>" not in svg


def test_empty_input_says_so():
    assert "Nothing yet" in heat_map(FRAME, Axis([]), Axis([]), [])
