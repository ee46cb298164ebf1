"""The running interval keeps nothing."""

import pytest

from projects.models import ScoringRun
from projects.selectors.preview import preview
from tests.factories.projects import AssessmentFactory

pytestmark = pytest.mark.django_db


def test_preview_of_a_draft(draft):
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
    seen = preview(AssessmentFactory())
    assert seen.is_empty
    assert all(cause.low == 0 and cause.high == 100 for cause in seen.causes)
