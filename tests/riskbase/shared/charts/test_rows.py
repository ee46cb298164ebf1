import pytest

from riskbase.shared.charts.rows import layout, stands
from riskbase.shared.charts.svg import Frame

LABELS = ["Leakage", "Недостаточная обобщающая способность модели в новых условиях"]


def test_labels_stand_beside_the_plot_when_wide():
    place = layout(Frame("a", "b"), ["22 %"])

    assert not place.stacked
    assert place.labels < place.start < place.stop < 720


def test_labels_stand_above_the_bars_when_narrow():
    place = layout(Frame("a", "b", width=360), ["22 %"])

    assert place.stacked
    assert place.stop < 360


@pytest.mark.parametrize("width", [360, 720])
def test_rows_do_not_overlap(width):
    place = layout(Frame("a", "b", width=width), [""])

    found, bottom = stands(place, LABELS)
    assert found[0].middle < found[1].top < found[1].middle < bottom
