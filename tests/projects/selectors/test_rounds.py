"""What changed from one submission to the next."""

import datetime as dt

import pytest

from projects.selectors.rounds import answer_changes, baseline_of, changed_between
from projects.services import decisions
from riskbase.shared.audit.models import AuditEvent
from tests.projects.reviewing import answer, submitted

pytestmark = pytest.mark.django_db
LONG_AGO = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("before", "after", "changed"),
    [
        ({}, {}, set()),
        ({"a": {"state": "unknown"}}, {"a": {"state": "unknown"}}, set()),
        ({"a": {"state": "unknown"}}, {}, {"a"}),
        ({}, {"a": {"state": "unknown"}}, {"a"}),
        ({"a": {"value": 1}, "b": {}}, {"a": {"value": 2}, "b": {}}, {"a"}),
    ],
)
def test_changed_between(before, after, changed):
    assert changed_between(before, after) == changed


def test_baseline_is_the_submission_before(retail, bob, carol):
    row = submitted(retail, carol)
    assert baseline_of(row) is None
    back = decisions.request_changes(
        assessment=row, by=bob, question="split", text="Lock it."
    )
    assert baseline_of(back) == row.runs.get()


def test_answer_changes_are_read_from_the_trail(retail, carol, bob):
    row = submitted(retail, carol)
    back = decisions.request_changes(
        assessment=row, by=bob, question="split", text="Lock it."
    )
    moment = AuditEvent.objects.latest("at").at
    answer(back, carol, split="none")
    answer(back, carol, split="locked")
    found = answer_changes(back, moment)
    assert [change.after["value"] for change in found["split"]] == ["none", "locked"]
    assert found["split"][0].before["value"] == "locked"
    assert len(answer_changes(back, LONG_AGO)) > 1
