"""Files beside answers."""

import io

import pytest
from django.urls import reverse
from rest_framework.test import APIClient

from projects.instruments import Entry
from projects.models import EvidenceFile
from projects.services import answers, assessments, evidence
from riskbase.shared import blobs
from riskbase.shared.audit.models import AuditEvent
from riskbase.shared.errors import DomainError
from riskbase.shared.holdings import clean_name
from tests.factories.projects import AT, ProjectFactory, QuestionnaireVersionFactory

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 minutes"


@pytest.fixture(autouse=True)
def root(settings, tmp_path):
    settings.EVIDENCE_ROOT = tmp_path / "evidence"


@pytest.fixture
def draft(retail, carol):
    project = ProjectFactory(unit=retail, owner=carol)
    version = QuestionnaireVersionFactory()
    draft = assessments.start(project=project, version=version, by=carol)
    said = {"stated": Entry("answered", "none"), "people": Entry("answered", "many")}
    answers.save_answers(assessment=draft, entries=said, by=carol)
    return draft


def attach(draft, by, content=PDF, name="minutes.pdf", question="stated"):
    return evidence.attach(
        assessment=draft, question=question, file=io.BytesIO(content), name=name, by=by
    )


def refused(draft, by, **more):
    with pytest.raises(DomainError) as refusal:
        attach(draft, by, **more)
    return refusal.value.code


def test_a_file_is_kept_audited_and_told_by_its_content(draft, carol):
    row = attach(draft, carol, name="C:\\temp\\..\\min\u202eutes.exe")
    assert (row.name, row.content_type, row.size) == (
        "minutes.exe",
        "application/pdf",
        len(PDF),
    )
    assert blobs.path_of(row.sha256).read_bytes() == PDF
    event = AuditEvent.objects.get(verb="assessment.evidence_attached")
    assert event.after["name"] == "minutes.exe"


def test_the_same_content_is_the_same_file(draft, carol):
    first, again = attach(draft, carol), attach(draft, carol, name="other.pdf")
    assert first == again
    assert EvidenceFile.objects.count() == 1


def test_wrong_kinds_too_large_and_too_many_are_refused(draft, carol, settings):
    assert refused(draft, carol, content=b"MZ\0\0", name="a.pdf") == "file_type"
    assert refused(draft, carol, question="nowhere") == "unknown_question"
    settings.EVIDENCE_MAX_BYTES = len(PDF) - 1
    assert refused(draft, carol) == "file_too_large"
    settings.EVIDENCE_MAX_BYTES = 1_000
    for number in range(evidence.MOST):
        attach(draft, carol, content=PDF + str(number).encode())
    assert refused(draft, carol) == "too_many_files"
    assert EvidenceFile.objects.count() == evidence.MOST


def test_a_submitted_assessment_takes_and_gives_nothing(draft, carol):
    row = attach(draft, carol)
    assessments.submit(assessment=draft, by=carol, at=AT)
    assert refused(draft, carol, content=b"Late.") == "assessment_state"
    with pytest.raises(DomainError):
        evidence.remove(evidence=row, by=carol)
    assert blobs.path_of(row.sha256).exists()


@pytest.mark.django_db(transaction=True)
def test_bytes_go_with_the_last_file_that_needs_them(draft, carol):
    first = attach(draft, carol)
    second = attach(draft, carol, question="people")
    evidence.remove(evidence=first, by=carol)
    assert blobs.path_of(second.sha256).exists()
    evidence.remove(evidence=second, by=carol)
    assert not blobs.path_of(second.sha256).exists()


def test_files_go_along_with_carried_answers(draft, carol):
    attach(draft, carol)
    assessments.submit(assessment=draft, by=carol, at=AT)
    version = draft.questionnaire_version
    again = assessments.start(project=draft.project, version=version, by=carol)
    (copied,) = again.evidence.all()
    assert (copied.question, copied.carried_from) == ("stated", draft)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("..", "file"),
        ("", "file"),
        ("a\0b\n.pdf", "ab.pdf"),
        ("протокол.pdf", "протокол.pdf"),
        ("x" * 300 + ".pdf", ("x" * 300 + ".pdf")[-200:]),
    ],
)
def test_names_lose_folders_and_control_characters(given, kept):
    assert clean_name(given) == kept


def page(draft):
    return reverse("projects:assessment-evidence", args=[draft.pk, "stated"])


def upload(content=PDF, name="minutes.pdf"):
    file = io.BytesIO(content)
    file.name = name
    return {"file": file}


def test_attach_download_and_remove_by_page(client, draft, carol):
    client.force_login(carol)
    assert client.post(page(draft), upload()).status_code == 302
    row = EvidenceFile.objects.get()
    section = reverse("projects:assessment-section", args=[draft.pk, "problem"])
    assert "minutes.pdf" in client.get(section).content.decode()
    answer = client.get(reverse("projects:evidence-file", args=[row.pk]))
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"] == 'attachment; filename="minutes.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    client.post(reverse("projects:evidence-remove", args=[row.pk]))
    assert not EvidenceFile.objects.exists()


def test_a_refused_file_is_told_in_place(client, draft, carol):
    client.force_login(carol)
    answer = client.post(page(draft), upload(b"<svg/>", "chart.png"))
    assert answer.status_code == 422
    assert "This kind of file is not taken." in answer.content.decode()


def test_outsiders_find_nothing_and_viewers_only_read(
    client, draft, carol, vera, charlie
):
    row = attach(draft, carol)
    file = reverse("projects:evidence-file", args=[row.pk])
    client.force_login(charlie)
    assert client.get(file).status_code == 404
    client.force_login(vera)
    assert client.get(file).status_code == 200
    assert client.post(page(draft), upload()).status_code == 403


def test_files_over_rest(draft, carol):
    api = APIClient()
    api.force_authenticate(carol)
    where = f"/api/v1/assessments/{draft.pk}/evidence/"
    made = api.post(where, {"question": "stated", **upload()}, format="multipart")
    assert made.status_code == 201, made.content
    assert made.data["content_type"] == "application/pdf"
    listed = api.get(where, {"question": "stated"}).json()["results"]
    assert [row["name"] for row in listed] == ["minutes.pdf"]
    one = f"{where}{made.data['id']}/"
    content = api.get(f"{one}content/")
    assert b"".join(content.streaming_content) == PDF
    wrong = api.post(
        where, {"question": "stated", **upload(b"MZ\0")}, format="multipart"
    )
    assert wrong.status_code == 422
    assert api.delete(one).status_code == 204


def test_attaching_saves_what_was_typed_on_the_way(client, draft, carol):
    client.force_login(carol)
    section = reverse("projects:assessment-section", args=[draft.pk, "problem"])
    row = draft.answers.get(question="stated")
    sent = {
        "stated-value": "signed",
        "stated-version": str(row.version),
        "evidence": "stated",
    }
    answer = client.post(section, sent)
    assert answer["Location"] == page(draft)
    row.refresh_from_db()
    assert row.value == "signed"


def test_a_file_beyond_the_limit_is_told_in_place(client, draft, carol, settings):
    settings.EVIDENCE_MAX_BYTES = 1_000
    client.force_login(carol)
    answer = client.post(page(draft), upload(b"x" * 200_000, "long.txt"))
    assert answer.status_code == 422
    assert "This file is too large" in answer.content.decode()
    api = APIClient()
    api.force_authenticate(carol)
    where = f"/api/v1/assessments/{draft.pk}/evidence/"
    sent = {"question": "stated", **upload(b"x" * 200_000, "long.txt")}
    assert api.post(where, sent, format="multipart").status_code == 413
