"""Content is let go only when no row of any kind needs it."""

import io

import pytest

from failures.models import Attachment, ImportRun
from failures.services import imports
from projects.models import EvidenceFile
from riskbase.shared import blobs, holdings
from tests.factories.failures import PostmortemFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kept_apart(settings, tmp_path):
    settings.EVIDENCE_ROOT = tmp_path / "kept"


def test_every_model_that_refers_to_content_is_asked():
    assert {EvidenceFile, ImportRun, Attachment} <= set(holdings._referrers)


def test_content_of_an_import_outlives_the_same_file_elsewhere(retail, alice):
    content = b"external_id,title,summary\n1,A title,A summary\n"
    run = imports.upload(
        file=io.BytesIO(content), name="records.csv", unit=retail, by=alice
    )
    Attachment.objects.create(
        postmortem=PostmortemFactory(unit=retail),
        name="records.csv",
        size=run.size,
        sha256=run.sha256,
        content_type="text/plain",
    ).delete()
    holdings.sweep(run.sha256)
    assert blobs.path_of(run.sha256).exists()
    run.delete()
    holdings.sweep(run.sha256)
    assert not blobs.path_of(run.sha256).exists()


def test_refused_upload_leaves_nothing(retail, alice, settings):
    with pytest.raises(imports.ImportRefused):
        imports.upload(file=io.BytesIO(b"\0\0"), name="x.csv", unit=retail, by=alice)
    kept = [place for place in settings.EVIDENCE_ROOT.rglob("*") if place.is_file()]
    assert kept == []


@pytest.mark.parametrize(
    ("name", "clean"),
    [("..\\..\\a.txt", "a.txt"), ("\u202egpj.exe", "gpj.exe"), (" . ", "file")],
)
def test_names_are_cleaned(name, clean):
    assert holdings.clean_name(name) == clean
