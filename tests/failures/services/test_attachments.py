import io

import pytest

from failures.models import Attachment
from failures.services import attachments
from riskbase.shared import blobs
from riskbase.shared.audit.models import AuditEvent
from riskbase.shared.errors import DomainError
from tests.factories.failures import PostmortemFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kept_apart(settings, tmp_path):
    settings.EVIDENCE_ROOT = tmp_path / "kept"


@pytest.fixture
def record(retail):
    return PostmortemFactory(unit=retail, published=True)


def attach(record, by, content=b"The till log.", name="log.txt"):
    return attachments.attach(
        postmortem=record, file=io.BytesIO(content), name=name, by=by
    )


def test_same_content_is_the_same_file(record, alice):
    first = attach(record, alice, name="../../etc/log.txt")
    assert attach(record, alice, name="again.txt") == first
    assert first.name == "log.txt"
    assert blobs.path_of(first.sha256).read_bytes() == b"The till log."
    assert AuditEvent.objects.filter(verb="file_attached").count() == 1


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"MZ\x90\x00" * 40, "tool.exe", "file_type"),
        (b"x" * 2_000, "long.txt", "file_too_large"),
    ],
)
def test_strange_and_large_files_are_refused(
    record, alice, settings, content, name, code
):
    settings.EVIDENCE_MAX_BYTES = 1_000
    with pytest.raises(DomainError) as refusal:
        attach(record, alice, content, name)
    assert refusal.value.code == code
    assert not Attachment.objects.exists()


def test_a_record_has_so_many_files_and_no_more(record, alice):
    for number in range(attachments.MOST):
        attach(record, alice, f"File {number}".encode())
    with pytest.raises(DomainError):
        attach(record, alice, b"One more")
    assert record.attachments.count() == attachments.MOST


def test_bytes_go_with_the_last_row_that_needs_them(
    record, retail, alice, django_capture_on_commit_callbacks
):
    other = PostmortemFactory(unit=retail)
    one, twin = attach(record, alice), attach(other, alice)
    place = blobs.path_of(one.sha256)
    for row, is_kept in ((one, True), (twin, False)):
        with django_capture_on_commit_callbacks(execute=True):
            attachments.remove(attachment=row, by=alice)
        assert place.exists() is is_kept
