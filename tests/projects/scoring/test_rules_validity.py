"""Rules that can be read and make no sense are told one by one."""

import pytest

from projects.scoring import InstrumentError, instrument_from_document
from tests.projects.scoring.points_example import a_points_document


def codes(change):
    document = a_points_document()
    change(document)
    with pytest.raises(InstrumentError) as refused:
        instrument_from_document(document)
    return {problem.code for problem in refused.value.problems}


def first(document):
    return document["sections"][0]["questions"][0]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda d: d.update(total="nothing"), "unknown_scale"),
        (lambda d: first(d).update(scale="nothing"), "unknown_scale"),
        (lambda d: first(d)["choices"][0].update(points=-1), "bad_points"),
        (lambda d: first(d)["choices"][1].update(code="c0"), "duplicate_code"),
        (lambda d: d["scales"][1].update(alternatives=0), "bad_alternatives"),
        (lambda d: d["scales"][1].update(code="impact"), "duplicate_code"),
        (lambda d: d["adjustments"][0].update(scale="impact"), "adjusts_itself"),
        (lambda d: d["adjustments"][0].update(factor=1.2), "bad_share"),
        (lambda d: d["bands"].pop(), "bands_open"),
        (lambda d: d["bands"][1].update(up_to=0.1), "unsorted_bands"),
        (lambda d: d["bands"][3].update(tier="low"), "falling_tiers"),
        (lambda d: d["bands"][0].update(code="Level I"), "bad_code"),
    ],
)
def test_every_fault_has_its_code(change, code):
    assert code in codes(change)


def test_a_total_without_points_leads_nowhere():
    def without_points(document):
        for question in document["sections"][0]["questions"]:
            question.pop("scale", None)
            for choice in question["choices"]:
                choice.pop("points", None)

    assert codes(without_points) == {"no_points"}
