"""The running interval keeps nothing."""

import pytest

from projects.models import ScoringRun
from projects.selectors.preview import preview
from tests.factories.projects import AT, AssessmentFactory, QuestionnaireVersionFactory
from tests.projects.scoring.points_example import a_points_document

pytestmark = pytest.mark.django_db


def test_preview_of_a_draft(draft):
    draft.estimate_settled_at = AT
    seen = preview(draft)
    assert [cause.slug for cause in seen.causes] == [
        "leakage",
        "unclear-problem",
        "deployment",
    ]
    deployment = seen.causes[2]
    assert (deployment.low, deployment.point, deployment.high) == (0, 60, 100)
    assert not ScoringRun.objects.exists()


def test_preview_of_nothing_is_wide_open(db):
    seen = preview(AssessmentFactory(estimate_settled_at=AT))
    assert seen.is_empty
    assert all(cause.low == 0 and cause.high == 100 for cause in seen.causes)


def test_nothing_is_shown_before_the_own_estimate(draft):
    assert preview(draft) is None


def test_preview_of_points_is_against_what_one_project_can_have(db):
    version = QuestionnaireVersionFactory(document=a_points_document())
    draft = AssessmentFactory(questionnaire_version=version, estimate_settled_at=AT)
    impact, care = preview(draft).scales
    assert (impact.points.low, impact.points.high, impact.most) == (0, 20, 20)
    assert (care.percent.low, care.percent.point, care.most) == (0, 0, 10)
