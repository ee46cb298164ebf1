"""Stored runs replay to the very same bytes, and cannot be changed."""

import io

import pgtrigger
import pytest
from django.core.management import call_command
from django.db import DatabaseError, transaction

from projects.instruments import Entry
from projects.models import ScoringRecord, ScoringRun
from projects.services import answers, assessments, runs
from tests.factories.projects import (
    AT,
    ProjectFactory,
    QuestionnaireVersionFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(alice, retail):
    project = ProjectFactory(unit=retail, owner=alice)
    draft = assessments.start(
        project=project, version=QuestionnaireVersionFactory(), by=alice
    )
    said = {
        "stated": Entry("answered", "oral"),
        "who_asked": Entry("not_applicable", reason="no request"),
        "people": Entry("unknown"),
        "share": Entry("answered", "33.3"),
        "signs": Entry("answered", ["b", "a"]),
    }
    assert not answers.save_answers(assessment=draft, entries=said, by=alice)
    assessments.submit(assessment=draft, by=alice, at=AT)
    return ScoringRun.objects.get()


def test_replay_gives_the_same_bytes(run):
    assert runs.replayed(run.record) == run.record.result.encode()
    out = io.StringIO()
    call_command("replay", stdout=out)
    assert "1 replayed, 0 different" in out.getvalue()


def test_replay_tells_a_difference(run):
    with pgtrigger.ignore("projects.ScoringRecord:record_is_frozen"):
        ScoringRecord.objects.update(result=run.record.result + " ")
    with pytest.raises(SystemExit) as ended:
        call_command("replay", stdout=io.StringIO(), stderr=io.StringIO())
    assert ended.value.code == 1


def test_a_run_cannot_be_changed(run):
    with pytest.raises(DatabaseError), transaction.atomic():
        ScoringRun.objects.update(tier="low")
    with pytest.raises(DatabaseError), transaction.atomic():
        ScoringRecord.objects.all().delete()


def test_a_run_with_few_answers_is_provisional(run):
    assert run.provisional
    assert run.low < run.point < run.high
