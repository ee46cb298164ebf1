"""Rows become plain values; what no longer fits is blank, never a crash."""

import pytest

from projects.instruments import cause_map, instrument_of, sheet_of
from projects.models import Answer
from tests.factories.projects import QuestionnaireVersionFactory

pytestmark = pytest.mark.django_db


def test_compile_a_version_once():
    version = QuestionnaireVersionFactory()
    assert instrument_of(version) is instrument_of(version)


def test_map_causes_to_their_top():
    assert cause_map() == {}
    QuestionnaireVersionFactory()
    assert cause_map()["lk-split"] == "leakage"
    assert cause_map()["leakage"] == "leakage"


def test_read_answers_and_leave_out_what_does_not_fit():
    instrument = instrument_of(QuestionnaireVersionFactory())
    sheet = sheet_of(
        instrument,
        [
            Answer(question="stated", state="answered", value="oral"),
            Answer(question="split", state="answered", value="renamed"),
            Answer(question="removed", state="answered", value="x"),
            Answer(question="people", state="blank", comment="later"),
        ],
    )
    assert list(sheet) == ["stated"]
