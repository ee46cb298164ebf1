"""An additive questionnaire can be filled in, submitted and read like any other."""

import pytest

from projects.instruments import Entry
from projects.services import answers, assessments
from projects.services.questionnaires import load
from tests.factories.projects import AT, ProjectFactory, taxonomy_of
from tests.projects.scoring.points_example import a_points_document

pytestmark = pytest.mark.django_db
SAID = {
    "reach": Entry("answered", "c2"),
    "harms": Entry("answered", ["c0", "c2"]),
    "deep": Entry("unknown"),
}


@pytest.fixture
def draft(alice, retail):
    taxonomy_of()
    version = load(document=a_points_document(), at=AT).version
    project = ProjectFactory(unit=retail, owner=alice)
    draft = assessments.start(project=project, version=version, by=alice)
    assert not answers.save_answers(assessment=draft, entries=SAID, by=alice)
    return draft


@pytest.mark.parametrize("page", ["", "sections/stakes/", "check/", "estimate/"])
def test_a_draft_can_be_read(client, alice, draft, page):
    client.force_login(alice)
    assert client.get(f"/assessments/{draft.pk}/{page}").status_code == 200


def test_the_result_has_a_tier(client, alice, draft):
    done = assessments.submit(assessment=draft, by=alice, at=AT)
    assert done.tier == "critical"
    client.force_login(alice)
    shown = client.get(f"/assessments/{done.pk}/result/").content.decode()
    assert "Points that count" in shown
    assert "Where the points of" in shown
    assert "Which causes threaten it" not in shown
    for page in ("what-if/", "what-if/new/", "history/"):
        answer = client.get(f"/assessments/{done.pk}/{page}")
        assert answer.status_code == 200, page
    assert client.get(f"/api/v1/assessments/{done.pk}/result/").status_code == 200
    assert client.get(f"/projects/{done.project_id}/").status_code == 200


@pytest.mark.parametrize("page", ["", "files/xlsx/", "files/yaml/"])
def test_the_questionnaire_can_be_read(client, alice, draft, page):
    client.force_login(alice)
    assert client.get(f"/questionnaires/points/1/{page}").status_code == 200
