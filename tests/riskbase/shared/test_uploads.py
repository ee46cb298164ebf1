"""A request uploads no more than one file may have."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from riskbase.shared.uploads import was_cut

pytestmark = pytest.mark.usefixtures("small_limit")


@pytest.fixture
def small_limit(settings):
    settings.EVIDENCE_MAX_BYTES = 1_000


def request_with(**sizes):
    sent = {
        name: SimpleUploadedFile(f"{name}.txt", b"x" * size)
        for name, size in sizes.items()
    }
    return RequestFactory().post("/", {"said": "kept", **sent})


def test_file_within_the_limit_comes_whole():
    request = request_with(file=1_000)
    assert request.FILES["file"].size == 1_000


def test_file_beyond_the_limit_is_left_out_and_fields_stay():
    request = request_with(file=200_000)
    assert "file" not in request.FILES
    assert request.POST["said"] == "kept"
    assert was_cut(request)


def test_files_together_may_not_exceed_it():
    request = request_with(first=900, second=900)
    assert list(request.FILES) == ["first"]


def test_small_request_is_not_cut():
    assert not was_cut(request_with())
