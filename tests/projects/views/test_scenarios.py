"""What-if pages: written without a script, previewed, compared, deleted."""

import pytest
from django.urls import reverse

from failures.models import Practice
from projects.models import Scenario
from projects.services import assessments
from tests.factories.projects import (
    ProjectFactory,
    QuestionnaireVersionFactory,
    words,
)
from tests.factories.runs import scored

pytestmark = pytest.mark.django_db
WORST = {"stated": "none", "people": "many", "split": "none", "signs": ["a"]}


@pytest.fixture
def assessment(retail, carol):
    return scored(unit=retail, by=carol, **WORST).assessment


@pytest.fixture
def practice(db):
    return Practice.objects.create(
        slug="locked-test-set",
        title=words("Lock the test set"),
        kind="prevent",
        effect="0.50",
        cause_slugs=["leakage"],
    )


def path(name, assessment, *args):
    return reverse(f"projects:{name}", args=[assessment.pk, *args])


def page(client, person, name, assessment, *args):
    client.force_login(person)
    return client.get(path(name, assessment, *args)).content.decode()


def said(**answers):
    """What a browser sends for some questions of the form."""
    return {
        **{f"{code}-value": value for code, value in answers.items()},
        **{f"{code}-version": "0" for code in answers},
    }


def test_write_compare_change_delete(client, carol, assessment, practice):
    client.force_login(carol)
    sent = {"name": "Lock it", "practices": [practice.slug], **said(split="locked")}
    answer = client.post(path("scenario-create", assessment), sent)
    assert answer.status_code == 302
    scenario = Scenario.objects.get()
    assert scenario.answers == {"split": {"state": "answered", "value": "locked"}}
    assert scenario.practices == [practice.slug]
    told = page(client, carol, "assessment-what-if", assessment)
    assert "Lock it" in told
    assert "Lock the test set" in told
    edit = path("scenario-edit", assessment, scenario.pk)
    assert 'value="Lock it"' in client.get(edit).content.decode()
    client.post(edit, {"name": "Leave it", **said(split="none")})
    scenario.refresh_from_db()
    assert (scenario.name, scenario.answers, scenario.practices) == ("Leave it", {}, [])
    remove = path("scenario-delete", assessment, scenario.pk)
    assert client.get(remove).status_code == 200
    assert client.post(remove).status_code == 302
    assert not Scenario.objects.exists()


def test_preview_shows_the_result_and_keeps_nothing(client, carol, assessment):
    client.force_login(carol)
    sent = {"preview": "1", **said(split="locked")}
    answer = client.post(path("scenario-create", assessment), sent)
    assert answer.status_code == 200
    assert "Answered in the assessment:" in answer.content.decode()
    assert not Scenario.objects.exists()


def test_fragment_follows_each_change(client, carol, assessment):
    client.force_login(carol)
    answer = client.post(
        path("scenario-create", assessment),
        said(split="locked"),
        headers={"HX-Request": "true"},
    )
    told = answer.content.decode()
    assert told.lstrip().startswith('<div id="scenario-answers"')
    assert not Scenario.objects.exists()


def test_refusal_keeps_what_was_typed(client, carol, assessment):
    client.force_login(carol)
    sent = {"name": " ", **said(split="locked", share="999999")}
    answer = client.post(path("scenario-create", assessment), sent)
    assert answer.status_code == 422
    told = answer.content.decode()
    assert "This answer does not fit and counts as blank." in told
    assert 'id="split-is-locked" name="split-value" value="locked" checked' in told


def test_smallest_change_is_shown_and_kept(client, carol, assessment, practice):
    client.force_login(carol)
    told = client.get(path("assessment-what-if", assessment), {"steps": "1"})
    assert "The smallest change that lowers the tier" in told.content.decode()
    apart = client.get(
        path("assessment-next-steps", assessment), headers={"HX-Request": "true"}
    )
    assert 'id="smallest"' in apart.content.decode()
    assert client.post(path("scenario-smallest", assessment)).status_code == 302
    scenario = Scenario.objects.get()
    assert scenario.answers or scenario.practices
    again = client.post(path("scenario-smallest", assessment), follow=True)
    assert "There is a scenario of this name already." in again.content.decode()


def test_a_viewer_reads_and_writes_nothing(client, vera, assessment):
    told = page(client, vera, "assessment-what-if", assessment)
    assert path("scenario-create", assessment) not in told
    assert client.post(path("scenario-smallest", assessment)).status_code == 403


def test_without_a_result_there_is_nothing_to_imagine(client, carol, retail):

    draft = assessments.start(
        project=ProjectFactory(unit=retail, owner=carol),
        version=QuestionnaireVersionFactory(),
        by=carol,
    )
    client.force_login(carol)
    assert client.get(path("assessment-what-if", draft)).status_code == 404


def test_questions_to_answer_together_can_be_more_or_fewer(client, carol, retail):
    run = scored(unit=retail, by=carol, stated="none", people="many")
    client.force_login(carol)
    address = path("assessment-what-if", run.assessment)
    told = client.get(address, {"count": "1"}).content.decode()
    assert "Answer this 1 question to narrow the result most" in told
    assert client.get(address, {"count": "99"}).status_code == 200
