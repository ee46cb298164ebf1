"""The own estimate is given once, before any result is seen."""

import pytest

from projects.instruments import Entry
from projects.models import ScoringRun
from projects.selectors.preview import preview
from projects.services import answers, assessments, estimates
from riskbase.shared.audit.models import AuditEvent
from riskbase.shared.errors import DomainError
from tests.factories.projects import AT, ProjectFactory, QuestionnaireVersionFactory

pytestmark = pytest.mark.django_db
ANSWERS = {"split": Entry("answered", "none"), "people": Entry("answered", "many")}


@pytest.fixture
def draft(retail, alice):
    project = ProjectFactory(unit=retail, owner=alice)
    version = QuestionnaireVersionFactory()
    draft = assessments.start(project=project, version=version, by=alice)
    answers.save_answers(assessment=draft, entries=ANSWERS, by=alice)
    return draft


def settle(draft, by, percent):
    return estimates.settle(assessment=draft, percent=percent, by=by, at=AT)


def test_estimate_is_frozen_with_the_run(draft, alice):
    settle(draft, alice, 35)
    assessments.submit(assessment=draft, by=alice, at=AT)
    assert ScoringRun.objects.get().own_estimate == 35


@pytest.mark.parametrize("percent", [0, 35, 100, None])
def test_the_running_result_is_shown_only_after_it(draft, alice, percent):
    assert preview(draft) is None
    settled = settle(draft, alice, percent)
    assert settled.own_estimate == percent
    assert preview(settled) is not None


def test_a_second_guess_is_refused_and_the_same_one_is_not(draft, alice):
    settle(draft, alice, 35)
    assert settle(draft, alice, 35).own_estimate == 35
    for other in (36, None):
        with pytest.raises(DomainError) as refused:
            settle(draft, alice, other)
        assert refused.value.code == "estimate_settled"
    assert AuditEvent.objects.filter(verb="assessment.estimated").count() == 1


def test_what_was_skipped_stays_skipped(draft, alice):
    settle(draft, alice, None)
    with pytest.raises(DomainError):
        settle(draft, alice, 10)


@pytest.mark.parametrize("percent", [-1, 101])
def test_percentage_out_of_range_is_refused(draft, alice, percent):
    with pytest.raises(DomainError) as refused:
        settle(draft, alice, percent)
    assert refused.value.code == "estimate_out_of_range"
    draft.refresh_from_db()
    assert draft.estimate_settled_at is None


def test_after_the_result_nothing_is_estimated(draft, alice):
    submitted = assessments.submit(assessment=draft, by=alice, at=AT)
    assert submitted.estimate_settled_at == AT
    with pytest.raises(DomainError) as refused:
        settle(submitted, alice, 10)
    assert refused.value.code == "assessment_state"
