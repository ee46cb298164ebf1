"""The paper form is a real PDF in the reader's language, and reads no file."""

import io
import subprocess
import sys

import pytest
from django.utils.translation import override
from pypdf import PdfReader

from projects.exports.paper import form_of
from riskbase.shared.errors import DomainError
from riskbase.shared.paper import pdf_of
from tests.factories.projects import QuestionnaireVersionFactory

PRESS = [sys.executable, "-m", "riskbase.shared.paper.press"]
HERE = subprocess.run([*PRESS], input=b"{", capture_output=True, check=False)
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        HERE.returncode == 3, reason=f"no layout engine: {HERE.stderr.decode()[:200]}"
    ),
]


def text_of(pdf):
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "Text of stated?"), ("ru", "stated? (ru)"), ("zh-hans", "stated? (zh)")],
)
def test_form_asks_in_the_readers_language(language, said):
    with override(language):
        pdf = form_of(QuestionnaireVersionFactory())
    assert pdf.startswith(b"%PDF-")
    assert said in text_of(pdf)


def test_form_offers_every_choice_and_unknown():
    text = text_of(form_of(QuestionnaireVersionFactory()))
    for part in ("Choice signed", "Choice oral", "1.4", "Unknown", "SHA-256"):
        assert part in text


def test_a_page_can_name_no_file(tmp_path):
    secret = tmp_path / "secret.png"
    secret.write_bytes(b"not an image")
    pdf = pdf_of(f"<p>seen</p><img src='file://{secret}' alt='gone'>")
    assert "seen" in text_of(pdf)


def test_a_failure_is_told(settings, tmp_path):
    settings.ROOT = tmp_path
    (tmp_path / "static" / "css").mkdir(parents=True)
    (tmp_path / "static" / "css" / "paper.css").write_text("")
    with pytest.raises(DomainError) as refused:
        pdf_of("<p>")
    assert refused.value.code == "pdf_failed"
