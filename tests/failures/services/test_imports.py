import io

import pytest

from failures.services import imports
from tests.factories.failures import CauseFactory
from tests.failures.services.sending import many, send

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def causes(db):
    return [CauseFactory(slug=slug) for slug in ("leakage", "deployment")]


@pytest.mark.parametrize(
    ("mapping", "code"),
    [
        ({"title": "title"}, "column_missing"),
        (
            {"title": "title", "summary": "title", "external_id": "external_id"},
            "column_mapped_twice",
        ),
        ({"title": "headline"}, "unknown_column"),
        ({"nothing": "title"}, "unknown_column"),
    ],
)
def test_mappings_that_cannot_work_are_refused(retail, alice, mapping, code):
    run = send(many(2, 0)[0], retail, alice)
    with pytest.raises(imports.ImportRefused) as refused:
        imports.start(run=run, by=alice, mode="partial", is_dry=True, mapping=mapping)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"PK\x03\x04", "broken"),
        ("a,b\n\xe4,1\n".encode("latin-1"), "encoding"),
    ],
)
def test_unreadable_files_are_refused_in_words(retail, alice, content, code):
    with pytest.raises(imports.ImportRefused) as refused:
        imports.upload(file=io.BytesIO(content), name="x", unit=retail, by=alice)
    assert refused.value.code == code
    assert refused.value.field == "file"


def test_one_import_at_a_time(retail, alice):
    run = send(many(2, 0)[0], retail, alice)
    imports.start(run=run, by=alice, mode="partial", is_dry=True)
    with pytest.raises(imports.ImportRefused):
        imports.start(run=run, by=alice, mode="partial", is_dry=False)


def test_nothing_comes_in_as_shareable(retail, alice):
    rows, _wrong = many(1, 0)
    with pytest.raises(imports.ImportRefused) as refusal:
        send(rows, retail, alice, visibility="shareable")
    assert (refusal.value.code, refusal.value.field) == ("not_signed_off", "visibility")
