"""Content is kept whole, once, under its own name, readable by its owner alone."""

import hashlib
import io
import stat

import pytest

from riskbase.shared import blobs


@pytest.fixture(autouse=True)
def root(settings, tmp_path):
    settings.EVIDENCE_ROOT = tmp_path / "evidence"
    return settings.EVIDENCE_ROOT


def test_content_is_kept_by_its_digest():
    kept = blobs.keep(io.BytesIO(b"minutes"), limit=100)
    assert kept == (hashlib.sha256(b"minutes").hexdigest(), 7)
    place = blobs.path_of(kept.sha256)
    assert place.read_bytes() == b"minutes"
    assert stat.S_IMODE(place.stat().st_mode) == 0o600


def test_the_same_content_is_kept_once(root):
    for _ in range(2):
        kept = blobs.keep(io.BytesIO(b"minutes"), limit=100)
    assert [p for p in root.rglob("*") if p.is_file()] == [blobs.path_of(kept.sha256)]


def test_too_much_leaves_nothing_behind(root):
    with pytest.raises(blobs.TooLarge):
        blobs.keep(io.BytesIO(b"x" * 101), limit=100)
    assert [path for path in root.rglob("*") if path.is_file()] == []


def test_dropping_twice_is_dropping_once():
    kept = blobs.keep(io.BytesIO(b"minutes"), limit=100)
    blobs.drop(kept.sha256)
    blobs.drop(kept.sha256)
    assert not blobs.path_of(kept.sha256).exists()
