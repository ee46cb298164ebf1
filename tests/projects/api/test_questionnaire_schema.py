"""The schema is served as it is published."""

import json
from pathlib import Path

import pytest

PUBLISHED = Path(__file__).parents[3] / "docs" / "questionnaire.schema.json"

pytestmark = pytest.mark.django_db


def test_schema_is_the_published_one(client, django_user_model):
    person = django_user_model.objects.create_user(
        "reader@example.org", password="not-a-secret-9"
    )
    client.force_login(person)
    served = client.get("/api/v1/questionnaires/schema/")
    assert served.json() == json.loads(PUBLISHED.read_text())
