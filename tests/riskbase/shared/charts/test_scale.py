import math

import pytest

from riskbase.shared.charts.scale import Linear, ticks


def test_maps_ends_and_middle():
    scale = Linear(0, 100, 20, 220)

    assert [scale(0), scale(50), scale(100)] == [20, 120, 220]


def test_clamps_values_outside():
    scale = Linear(0, 100, 20, 220)

    assert [scale(-5), scale(130)] == [20, 220]


def test_maps_onto_a_falling_range():
    assert Linear(0, 10, 200, 0)(2.5) == 150


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_keeps_unknown_numbers_at_the_start(value):
    assert Linear(0, 10, 5, 95)(value) == 5


def test_survives_an_empty_domain():
    assert Linear(3, 3, 5, 95)(3) == 5


@pytest.mark.parametrize(
    ("high", "expected"),
    [
        (47, [0, 10, 20, 30, 40, 50]),
        (1, [0, 0.2, 0.4, 0.6, 0.8, 1.0]),
        (0.37, [0, 0.1, 0.2, 0.3, 0.4]),
        (3, [0, 1, 2, 3]),
        (0, [0, 1]),
        (math.nan, [0, 1]),
    ],
)
def test_ticks_are_round_and_reach_the_highest_value(high, expected):
    assert ticks(high) == pytest.approx(expected)


@pytest.mark.parametrize("high", [0.001, 0.99, 7, 26, 101, 9_999, 12_345_678])
def test_ticks_are_few(high):
    values = ticks(high)

    assert 2 <= len(values) <= 6
    assert values[-1] >= high
