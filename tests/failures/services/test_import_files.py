import datetime as dt

import pytest
from django.utils import timezone

from failures.models import ImportRun
from failures.services import import_files, imports
from riskbase.shared import blobs
from riskbase.shared.audit.models import AuditEvent
from tests.factories.failures import CauseFactory
from tests.failures.services.sending import do, many, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(retail, alice):
    for slug in ("leakage", "deployment"):
        CauseFactory(slug=slug)
    rows, _wrong = many(2, 0)
    return send(rows, retail, alice)


def later(days):
    return timezone.now() + dt.timedelta(days=days)


def test_file_goes_a_month_after_its_last_use_and_the_result_stays(sent, alice):
    run = do(sent, alice)
    assert import_files.forget(now=later(29)) == 0
    assert blobs.path_of(run.sha256).exists()
    assert import_files.forget(now=later(31)) == 1
    assert not blobs.path_of(run.sha256).exists()
    left = ImportRun.objects.get(pk=run.pk)
    assert (left.sha256, left.created_count) == ("", 2)
    assert AuditEvent.objects.filter(verb="import_file_forgotten").count() == 1
    assert import_files.forget(now=later(31)) == 0
    with pytest.raises(imports.ImportRefused) as refusal:
        imports.start(run=left, by=alice, mode="partial", is_dry=True)
    assert refusal.value.code == "file_forgotten"


def test_file_that_is_waited_for_stays(sent, alice):
    run = imports.start(run=sent, by=alice, mode="partial", is_dry=True)
    assert import_files.forget(now=later(31)) == 0
    assert blobs.path_of(run.sha256).exists()


def test_content_that_another_import_needs_stays(sent, retail, alice):
    rows, _wrong = many(2, 0)
    other = send(rows, retail, alice)
    assert other.sha256 == sent.sha256
    ImportRun.objects.filter(pk=other.pk).update(updated_at=later(20))
    assert import_files.forget(now=later(31)) == 1
    assert blobs.path_of(other.sha256).exists()
