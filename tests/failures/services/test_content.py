import datetime as dt

import pytest
from django.core.management import CommandError, call_command

from failures.models import FailureCause, Practice, PublishedRate
from failures.services import content, seeds
from failures.services.content import load_knowledge
from riskbase.shared.audit.models import AuditEvent

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)


def test_real_content_is_loaded_whole_and_only_once():
    loaded = load_knowledge(at=NOW)
    assert FailureCause.objects.current().count() == 86
    assert FailureCause.objects.current().top_level().count() == 9
    assert loaded["cases"].created >= 60
    named = {
        slug for each in seeds.release_document()["nodes"] for slug in each["practices"]
    }
    assert named <= set(Practice.objects.values_list("slug", flat=True))
    assert PublishedRate.objects.exists()
    events = AuditEvent.objects.count()
    again = load_knowledge(at=NOW)
    assert all(
        not (each.created or each.updated or each.retired) for each in again.values()
    )
    assert AuditEvent.objects.count() == events


def test_faulty_content_is_told_by_the_command_and_loads_nothing(tmp_path, monkeypatch):
    for folder in ("taxonomy/v1", "practices", "cases"):
        (tmp_path / folder).mkdir(parents=True)
    release = tmp_path / "taxonomy/v1/release.yaml"
    release.write_text("number: 1\nlabel: x\nliterature: {}\nsurprise: 1\n")
    (tmp_path / "base-rates.yaml").write_text("[]\n")
    monkeypatch.setitem(
        content.load_knowledge.__wrapped__.__kwdefaults__, "folder", tmp_path
    )
    with pytest.raises(CommandError, match=r"release\.surprise: unknown key"):
        call_command("load_knowledge")
    assert not FailureCause.objects.exists()
