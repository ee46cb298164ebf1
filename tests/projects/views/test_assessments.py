"""From the start page to the result."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from projects.instruments import Entry
from projects.models import Assessment, Project
from projects.services import answers
from tests.factories.projects import (
    AssessmentFactory,
    ProjectFactory,
    QuestionnaireVersionFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(alice, retail):
    return AssessmentFactory(project__unit=retail, project__owner=alice)


def path(name, *args):
    return reverse(f"projects:assessment-{name}", args=args)


def test_start_with_a_project_of_before(client, carol, retail):
    version, project = QuestionnaireVersionFactory(), ProjectFactory(unit=retail)
    client.force_login(carol)
    sent = {"questionnaire": version.pk, "which": "existing", "project": project.pk}
    response = client.post(path("start"), sent)
    assert response.url == path("detail", project.assessments.get().pk)


def test_start_with_a_new_project_in_the_same_step(client, carol, retail):
    version = QuestionnaireVersionFactory()
    client.force_login(carol)
    sent = {
        "questionnaire": version.pk,
        "which": "new",
        "name": "Returns",
        "unit": retail.pk,
        "sector": "retail",
    }
    client.post(path("start"), sent)
    project = Project.objects.get()
    assert (project.name, project.owner) == ("Returns", carol)
    assert project.assessments.count() == 1


def test_start_keeps_what_was_typed_on_a_fault(client, carol):
    version = QuestionnaireVersionFactory()
    client.force_login(carol)
    sent = {"questionnaire": version.pk, "which": "new", "name": "Returns"}
    page = client.post(path("start"), sent).content.decode()
    assert 'value="Returns"' in page
    assert not Project.objects.exists()


def test_start_in_a_unit_of_others_is_refused(client, carol, elsewhere):
    version, project = QuestionnaireVersionFactory(), ProjectFactory(unit=elsewhere)
    client.force_login(carol)
    sent = {"questionnaire": version.pk, "which": "existing", "project": project.pk}
    assert client.post(path("start"), sent).status_code == 200
    assert not Assessment.objects.exists()


def test_the_whole_way_to_the_result(client, carol, draft):
    client.force_login(carol)
    for name in ("detail", "estimate", "check"):
        assert client.get(path(name, draft.pk)).status_code == 200
    client.post(path("estimate", draft.pk), {"own_estimate": "30"})
    entries = {
        "stated": Entry("answered", "none"),
        "people": Entry("answered", "many"),
        "split": Entry("answered", "none"),
    }
    answers.save_answers(assessment=draft, entries=entries, by=carol)
    response = client.post(path("submit", draft.pk), follow=True)
    page = response.content.decode()
    assert response.redirect_chain[-1][0] == path("result", draft.pk)
    assert "tier--critical" in page
    assert "Nobody has stated the problem." in page
    assert "to at least 75" in page
    assert "30" in page


def test_submit_of_an_empty_form_says_why_not(client, carol, draft):
    client.force_login(carol)
    response = client.post(path("submit", draft.pk))
    assert response.status_code == 422
    assert "An empty form is not a low risk." in response.content.decode()


def test_a_viewer_reads_but_does_not_submit(client, vera, draft):
    client.force_login(vera)
    assert client.get(path("detail", draft.pk)).status_code == 200
    assert client.post(path("submit", draft.pk)).status_code == 403
    assert client.get(path("start")).status_code == 403


def test_an_outsider_finds_nothing(client, charlie, draft):
    client.force_login(charlie)
    for name in ("detail", "check", "estimate", "result"):
        assert client.get(path(name, draft.pk)).status_code == 404
    assert draft.project.name not in client.get(path("list")).content.decode()


def test_the_list_has_the_same_queries_for_many_rows(
    client, carol, retail, django_assert_num_queries, draft
):
    client.force_login(carol)
    client.get(path("list"))
    with CaptureQueriesContext(connection) as caught:
        client.get(path("list"))
    for _ in range(20):
        AssessmentFactory(project__unit=retail)
    with django_assert_num_queries(len(caught)):
        client.get(path("list"))
