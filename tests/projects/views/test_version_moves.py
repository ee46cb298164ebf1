"""The page that moves a draft, and the history of its answers."""

import pytest
from django.urls import reverse
from rest_framework.test import APIClient

from projects.services import assessments, questionnaires
from tests.factories.projects import AT
from tests.projects.services.test_version_moves import (  # noqa: F401 - fixtures
    draft,
    newer,
)

pytestmark = pytest.mark.django_db


def path(name, assessment):
    return reverse(f"projects:assessment-{name}", args=[assessment.pk])


def test_the_newer_version_is_offered_shown_and_taken(client, draft, alice):  # noqa: F811
    client.force_login(alice)
    assert client.get(path("move", draft)).status_code == 404
    questionnaires.load(document=newer(), at=AT)
    detail = client.get(path("detail", draft)).content.decode()
    assert path("move", draft) in detail
    page = client.get(path("move", draft)).content.decode()
    assert "To be answered again" in page
    assert "Move to version 2" in page
    moved = client.post(path("move", draft), follow=True)
    told = moved.content.decode()
    assert "The assessment follows version 2 now." in told
    assert "#q-stated" in told
    again = client.post(path("move", draft))
    assert again.status_code == 302


def test_the_history_tells_who_answered_what(client, draft, alice):  # noqa: F811
    client.force_login(alice)
    page = client.get(path("history", draft)).content.decode()
    assert page.count("<time") == 3
    one = client.get(path("history", draft), {"question": "split"}).content.decode()
    assert one.count("<time") == 1
    assert client.get(path("history", draft), {"question": "no"}).status_code == 200


def test_move_and_history_over_rest(draft, alice):  # noqa: F811
    api = APIClient()
    api.force_authenticate(alice)
    where = f"/api/v1/assessments/{draft.pk}/"
    assert api.get(f"{where}move/").status_code == 404
    version = questionnaires.load(document=newer(), at=AT).version
    told = api.get(f"{where}move/")
    assert told.json()["again"] == ["stated"]
    body = {"version": str(version.pk)}
    assert api.post(f"{where}move/", body, format="json").status_code == 428
    held = {"If-Match": api.get(where)["ETag"]}
    moved = api.post(f"{where}move/", body, format="json", headers=held)
    assert moved.status_code == 200, moved.content
    assert moved.json()["questionnaire_version"] == str(version.pk)
    history = api.get(f"{where}history/?question=stated").json()["results"]
    assert [each["after"]["value"] for each in history] == ["oral"]
    assert history[0]["before"] is None


def test_the_history_begins_where_an_answer_was_carried_from(client, draft, alice):  # noqa: F811
    from_there = draft.answers.count()
    done = assessments.submit(assessment=draft, by=alice, at=AT)
    version = done.questionnaire_version
    again = assessments.start(project=done.project, version=version, by=alice)
    client.force_login(alice)
    told = client.get(path("history", again)).content.decode()
    assert told.count("(carried over)") == from_there
