"""What a score says of its causes."""

import pytest

from projects.scoring import AnswerSheet, instrument_from_document, score
from tests.projects.scoring.examples import a_document
from tests.projects.scoring.strategies import CAUSES


def test_top_level_causes_are_those_above_themselves():
    risk = score(instrument_from_document(a_document()), AnswerSheet(), CAUSES)
    assert {cause.slug for cause in risk.top_level} == set(CAUSES.values())
    assert risk.cause("alpha").top_level == "alpha"
    assert risk.points is None


def test_there_is_no_score_of_a_stranger():
    risk = score(instrument_from_document(a_document()), AnswerSheet(), CAUSES)
    with pytest.raises(StopIteration):
        risk.cause("no-such-cause")
