"""A retired choice stays readable in old answers, and no new answer can take it."""

import pytest
from django.urls import reverse

from projects.instruments import Entry
from projects.services import answers, assessments
from projects.services.answers import AnswerRefused
from tests.factories.projects import (
    ProjectFactory,
    QuestionnaireVersionFactory,
    small_document,
)

pytestmark = pytest.mark.django_db
RETIRED = Entry("answered", "oral")


def document(*, version=1, retired=True):
    made = small_document(version=version)
    for choice in made["sections"][0]["questions"][0]["choices"]:
        if choice["code"] == "oral" and retired:
            choice["retired"] = True
    return made


@pytest.fixture
def draft(retail, alice):
    project = ProjectFactory(unit=retail, owner=alice)
    version = QuestionnaireVersionFactory(document=document())
    return assessments.start(project=project, version=version, by=alice)


def test_a_new_answer_cannot_take_it(draft, alice):
    with pytest.raises(AnswerRefused) as refused:
        answers.save_answer(
            assessment=draft, question="stated", entry=RETIRED, by=alice
        )
    assert refused.value.code == "not_offered"
    found = answers.save_answers(
        assessment=draft, entries={"stated": RETIRED}, by=alice
    )
    assert found["stated"].code == "not_offered"


def test_an_answer_that_has_it_may_keep_it(draft, alice):
    draft.answers.create(question="stated", state="answered", value="oral")
    entry = Entry("answered", "oral", comment="Still so")
    saved = answers.save_answer(
        assessment=draft, question="stated", entry=entry, by=alice
    )
    assert (saved.value, saved.comment) == ("oral", "Still so")


def test_it_is_not_carried_over(retail, alice):
    project = ProjectFactory(unit=retail, owner=alice)
    old = QuestionnaireVersionFactory(document=document(retired=False))
    first = assessments.start(project=project, version=old, by=alice)
    answers.save_answer(assessment=first, question="stated", entry=RETIRED, by=alice)
    version = QuestionnaireVersionFactory(
        questionnaire__code="other", document=document()
    )
    second = assessments.start(project=project, version=version, by=alice)
    assert not second.answers.filter(question="stated").exists()


def test_the_page_offers_it_only_where_it_is_the_answer(client, draft, alice):
    client.force_login(alice)
    address = reverse("projects:assessment-section", args=[draft.pk, "problem"])
    assert 'id="stated-is-oral"' not in client.get(address).content.decode()
    draft.answers.create(question="stated", state="answered", value="oral")
    page = client.get(address).content.decode()
    assert 'id="stated-is-oral"' in page
    assert "no longer offered" in page
