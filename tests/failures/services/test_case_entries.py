import pytest

from failures.services.case_entries import read_case
from failures.taxonomy import Reader

CAUSES = frozenset({"lk-time"})


def test_read_turns_a_sum_into_minor_units(case):
    case["cost"] = {"amount": 12.5, "currency": "EUR", "basis": "measured"}
    reader = Reader()
    assert read_case(reader, case, CAUSES).facts["cost_minor"] == 1250
    assert not reader.problems


def test_read_adds_the_incident_once(case):
    case["sources"][0]["url"] = "https://incidentdatabase.ai/cite/23/"
    assert len(read_case(Reader(), case, CAUSES).sources) == 1


@pytest.mark.parametrize(
    ("changed", "place"),
    [
        (
            {
                "causes": [
                    {"cause": "human-error", "role": "root", "confidence": "known"}
                ]
            },
            "causes[0].cause",
        ),
        (
            {
                "causes": [
                    {"cause": "lk-time", "role": "primary", "confidence": "known"}
                ]
            },
            "causes[0].role",
        ),
        ({"outcome": "rolled back"}, "outcome"),
        ({"title": {"en": "only"}}, "title.ru"),
        ({"surprise": 1}, "surprise"),
        ({"year_failed": "2017"}, "year_failed"),
    ],
)
def test_read_tells_the_place_of_a_fault(case, changed, place):
    reader = Reader()
    read_case(reader, case | changed, CAUSES)
    assert reader.problems[0].place == f"cases[shuttle].{place}"
