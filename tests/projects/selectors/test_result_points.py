"""The points in words are the stored points."""

from decimal import Decimal

import pytest

from projects.instruments import Entry
from projects.selectors.filling import filling_of
from projects.selectors.result_points import points_result
from projects.services import answers, assessments
from projects.services.questionnaires import load
from tests.factories.projects import AT, ProjectFactory, taxonomy_of
from tests.projects.scoring.points_example import a_points_document

pytestmark = pytest.mark.django_db


def test_scales_rules_and_level_are_told(alice, retail):
    taxonomy_of()
    version = load(document=a_points_document(), at=AT).version
    project = ProjectFactory(unit=retail, owner=alice)
    draft = assessments.start(project=project, version=version, by=alice)
    said = {"reach": Entry("answered", "c2")}
    assert not answers.save_answers(assessment=draft, entries=said, by=alice)
    done = assessments.submit(assessment=draft, by=alice, at=AT)
    found = points_result(done.runs.get(), filling_of(done))
    assert found.total.low <= found.total.point <= found.total.high <= found.most
    assert found.level["en"]
    assert [scale.title["en"] for scale in found.scales]
    assert all(scale.scores.high <= scale.reach for scale in found.scales)
    for scale in found.scales:
        assert sum(driver.points for driver in scale.drivers) == scale.scores.point
        assert sum(section.point for section in scale.sections) == scale.scores.point
    assert all(rule.holds == (rule.missing == Decimal(0)) for rule in found.adjustments)


def test_weighted_runs_have_no_points(run):
    assert points_result(run, filling_of(run.assessment)) is None
