"""The reference shows what the schema says."""

from html import unescape

import pytest
from django.urls import reverse

from riskbase.shared.api.docs import groups

pytestmark = pytest.mark.django_db


def test_page_shows_every_operation(client):
    page = unescape(client.get(reverse("api-docs")).content.decode())
    operations = [each for group in groups("en") for each in group.operations]
    assert len(operations) > 60
    for operation in operations:
        assert f'id="{operation.anchor}"' in page
        assert f"<code>{operation.path}</code>" in page


def test_operation_tells_its_body_parameters_and_answers():
    found = {
        (each.method, each.path): each
        for group in groups("en")
        for each in group.operations
    }
    create = found["POST", "/api/v1/projects/"]
    assert {"name", "unit", "sector"} <= {field.name for field in create.body}
    assert '"name"' in create.body_example
    assert {"201", "400", "403"} <= {code for code, _text in create.answers}
    listing = found["GET", "/api/v1/projects/"]
    assert {"cursor", "fields"} <= {field.name for field in listing.parameters}
