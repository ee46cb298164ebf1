"""The intake answers with and without scripts, and loses nothing."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from projects.instruments import Entry
from projects.models import Answer
from projects.services import answers
from tests.factories.projects import AssessmentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(alice, retail):
    return AssessmentFactory(project__unit=retail, project__owner=alice)


def section_path(draft, section="problem"):
    return reverse("projects:assessment-section", args=[draft.pk, section])


def autosave(client, draft, question, **fields):
    path = reverse("projects:assessment-answer", args=[draft.pk, question])
    sent = {f"{question}-{name}": value for name, value in fields.items()}
    return client.post(path, {f"{question}-version": "0", **sent})


def test_autosave_tells_what_it_opened(client, draft, carol):
    client.force_login(carol)
    reply = autosave(client, draft, "stated", value="none").json()
    assert "who_asked" in reply["asked"]
    assert reply["announce"] == "1 question was added."
    assert reply["message"].startswith("Saved")
    assert reply["version"] == 1
    assert "intake-panel" in reply["panel"]


def test_autosave_that_closes_a_branch_keeps_its_answer(client, draft, carol):
    client.force_login(carol)
    autosave(client, draft, "stated", value="none")
    autosave(client, draft, "who_asked", value="fashion")
    reply = autosave(client, draft, "stated", value="signed", version="1").json()
    assert "who_asked" not in reply["asked"]
    assert draft.answers.get(question="who_asked").value == "fashion"
    page = client.get(section_path(draft)).content.decode()
    assert "question--closed" in page


def test_autosave_refuses_with_the_words_of_the_fault(client, draft, carol):
    client.force_login(carol)
    response = autosave(client, draft, "share", value="many")
    assert response.status_code == 422
    assert response.json()["message"] == "Write a number, for example 12.5."


def test_autosave_over_a_newer_answer_shows_it(client, draft, carol, alice):
    entry = Entry("answered", "none", comment="Asked around")
    answers.save_answer(assessment=draft, question="stated", entry=entry, by=alice)
    client.force_login(carol)
    response = autosave(client, draft, "stated", value="signed")
    assert response.status_code == 409
    reply = response.json()
    assert reply["version"] == 1
    assert "Choice none" in reply["conflict"]
    assert "Asked around" in reply["conflict"]


@pytest.mark.parametrize(("person", "status"), [("vera", 403), ("charlie", 404)])
def test_autosave_by_others_is_refused(client, draft, request, person, status):
    client.force_login(request.getfixturevalue(person))
    assert autosave(client, draft, "stated", value="none").status_code == status
    assert not Answer.objects.exists()


def test_save_without_scripts_keeps_faulty_text_and_saves_the_rest(
    client, draft, carol
):
    client.force_login(carol)
    sent = {
        "share-version": "0",
        "share-value": "about half",
        "share-comment": "Counted by Ann",
        "stable-version": "0",
        "stable-value": "4",
    }
    response = client.post(section_path(draft, "data"), sent)
    page = response.content.decode()
    assert response.status_code == 422
    assert 'value="about half"' in page
    assert "Counted by Ann" in page
    assert "Write a number" in page
    assert draft.answers.get().question == "stable"


def test_save_without_scripts_stays_where_a_branch_opened(client, draft, carol):
    client.force_login(carol)
    sent = {"stated-version": "0", "stated-value": "none"}
    response = client.post(section_path(draft), sent)
    assert response.url == f"{section_path(draft)}#q-who_asked"


def test_save_without_scripts_goes_on_to_the_next_section(client, draft, carol):
    client.force_login(carol)
    response = client.post(section_path(draft), {"people-version": "0"})
    assert response.url == section_path(draft, "data")


def test_save_over_a_newer_answer_shows_both(client, draft, carol, alice):
    entry = Entry("answered", "none")
    answers.save_answer(assessment=draft, question="stated", entry=entry, by=alice)
    client.force_login(carol)
    sent = {"stated-version": "0", "stated-value": "signed"}
    response = client.post(section_path(draft), sent)
    page = response.content.decode()
    assert response.status_code == 422
    assert "Choice none" in page
    assert 'value="signed" checked' in page
    assert 'name="stated-version" value="1"' in page


@pytest.fixture
def submitted(draft, alice):
    """Somebody submitted the assessment while another still filled it in."""
    entry = Entry("answered", 4)
    answers.save_answer(assessment=draft, question="stable", entry=entry, by=alice)
    draft.state, draft.submitted_at = "submitted", timezone.now()
    draft.save()
    return draft


def test_save_after_somebody_submitted_shows_what_was_typed(client, submitted, carol):
    client.force_login(carol)
    sent = {
        "share-version": "0",
        "share-value": "37",
        "share-comment": "Counted by Ann",
        "stable-version": "1",
        "stable-value": "4",
    }
    response = client.post(section_path(submitted, "data"), sent)
    page = response.content.decode()
    assert response.status_code == 409
    assert "This assessment is submitted; its answers can no longer change." in page
    assert 'value="37"' in page
    assert "Counted by Ann" in page
    assert 'href="#q-share"' in page
    assert 'href="#q-stable"' not in page
    assert "Save and continue" not in page
    assert submitted.answers.get().question == "stable"


def test_save_of_nothing_new_after_somebody_submitted_shows_the_result(
    client, submitted, carol
):
    client.force_login(carol)
    sent = {"stable-version": "1", "stable-value": "4"}
    response = client.post(section_path(submitted, "data"), sent)
    assert response.status_code == 302
    assert response.url.endswith("/result/")


def test_autosave_after_somebody_submitted_says_so(client, submitted, carol):
    client.force_login(carol)
    response = autosave(client, submitted, "share", value="37")
    assert response.status_code == 422
    assert response.json()["message"].startswith("This assessment is submitted")


def test_queries_of_a_section_do_not_grow_with_answers(client, draft, carol):
    client.force_login(carol)

    def queries():
        with CaptureQueriesContext(connection) as caught:
            assert client.get(section_path(draft, "data")).status_code == 200
        return len(caught)

    queries()
    empty = queries()
    entries = {
        "split": Entry("answered", "locked"),
        "signs": Entry("unknown"),
        "stable": Entry("answered", 3),
        "share": Entry("answered", "50"),
        "started": Entry("answered", "2026-01-02"),
    }
    assert not answers.save_answers(assessment=draft, entries=entries, by=carol)
    assert queries() == empty
