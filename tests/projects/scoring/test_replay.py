import json
from fractions import Fraction

import pytest
from hypothesis import given, settings

from projects.scoring import (
    ENGINE_VERSION,
    canonical_bytes,
    digest,
    replay,
    result_json,
    score,
)
from projects.scoring.replay import exact_json
from tests.projects.scoring.examples import a_document
from tests.projects.scoring.strategies import CAUSES, cases

SHEET = {
    "split": {"state": "answered", "value": "none"},
    "sources_used": {"state": "answered", "value": ["own"]},
    "trust": {"state": "not_applicable", "reason": "nobody was asked"},
    "rows": {"state": "answered", "value": "5"},
    "due": {"state": "blank"},
    "people": {"state": "answered", "value": "many"},
}


def test_replay_gives_identical_bytes():
    stored = replay(a_document(), SHEET, CAUSES)
    reordered = dict(reversed(a_document().items()))
    through_json = json.loads(json.dumps(SHEET))
    causes = dict(reversed(CAUSES.items()))
    assert replay(reordered, through_json, causes) == stored


def test_replay_records_the_whole_result():
    record = json.loads(replay(a_document(), SHEET, CAUSES))
    assert record["engine"] == ENGINE_VERSION
    assert record["instrument"]["digest"] == digest(a_document())
    assert record["answers"]["trust"]["reason"] == "nobody was asked"
    result = record["result"]
    assert result["hidden"] == ["sources_used"]
    assert result["floors"][0]["score"] == 75
    assert [gate["code"] for gate in result["gates"]["fired"]] == [
        "no_split",
        "too_many",
    ]
    assert result["tier"] == "critical"
    assert result["overall"]["point"] == {"decimal": "100.0000", "exact": "100/1"}
    assert result["causes"]["beta"]["interval"]["low"]["exact"] == "95/1"
    assert result["causes"]["beta"]["contributions"] == [
        {
            "question": "rows",
            "weight": 3,
            "share": {"decimal": "95.0000", "exact": "95/1"},
            "shown": "95.0",
        }
    ]


def test_replay_of_an_empty_sheet_has_nulls():
    result = json.loads(replay(a_document(), {}, CAUSES))["result"]
    assert result["tier"] is None
    assert result["not_assessable"] is True
    assert [gate["code"] for gate in result["gates"]["undetermined"]] == [
        "no_split",
        "too_many",
    ]


@pytest.mark.parametrize(
    ("number", "decimal"),
    [
        (Fraction(1, 3), "0.3333"),
        (Fraction(2, 3), "0.6667"),
        (Fraction(1, 20_000), "0.0000"),
        (Fraction(3, 20_000), "0.0002"),
        (Fraction(100), "100.0000"),
    ],
)
def test_decimals_round_half_to_even(number, decimal):
    assert exact_json(number)["decimal"] == decimal


def test_digest_does_not_depend_on_order_or_on_whole_floats():
    assert digest({"b": 1.0, "a": [0.50]}) == digest({"a": [0.5], "b": 1})
    assert digest({"a": 1}) != digest({"a": 2})


def test_canonical_bytes_are_plain_utf8():
    assert canonical_bytes({"ы": (1, None, True)}) == '{"ы":[1,null,true]}'.encode()


def test_canonical_bytes_refuse_nan():
    with pytest.raises(ValueError, match="not JSON compliant"):
        canonical_bytes({"a": float("nan")})


@settings(max_examples=50, deadline=None)
@given(cases())
def test_results_can_always_be_written(case):
    written = canonical_bytes(result_json(score(*case, CAUSES)))
    assert json.loads(written)["not_assessable"] in (True, False)
