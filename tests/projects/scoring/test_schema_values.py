import re

import pytest

from projects.scoring.schema_values import LANGUAGE, QUESTION, closed, when, without


@pytest.mark.parametrize(
    ("pattern", "good", "bad"),
    [
        (QUESTION, ["split", "in_use", "a1"], ["in", "answered", "Split", "1a", ""]),
        (LANGUAGE, ["en", "zh-hans"], ["EN", "e", "zh_hans"]),
    ],
)
def test_pattern_tells_codes_apart(pattern, good, bad):
    assert all(re.search(pattern, code) for code in good)
    assert not any(re.search(pattern, code) for code in bad)


def test_closed_mapping_takes_no_other_keys():
    assert closed("A part.", ["a"], a={})["additionalProperties"] is False


def test_condition_of_a_schema_asks_for_the_key():
    found = when("kind", "date", without("weights"))
    assert found["if"]["required"] == ["kind"]
    assert found["then"] == {"properties": {"weights": False}}
