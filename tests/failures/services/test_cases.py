import copy

import pytest

from failures.models import Postmortem
from failures.services import cases, taxonomy
from riskbase.shared.audit.models import AuditEvent
from tests.failures.services.conftest import NOW

pytestmark = pytest.mark.django_db


def test_case_is_published_shareable_and_told_in_three_languages(loaded):
    row = Postmortem.objects.get(external_id="case:shuttle")
    assert (row.state, row.visibility, row.origin) == ("published", "shareable", "case")
    assert set(row.texts.values_list("language", flat=True)) == {"en", "ru", "zh-hans"}
    assert row.cause_slugs == ["lk-time"]
    assert (row.cost_minor, row.currency) == (1200, "JPY")
    assert (row.detected_on.year, row.detected_precision, row.quarter) == (
        2017,
        "year",
        None,
    )
    assert [source.title for source in row.sources.all()] == ["Report", "Incident 23"]


def test_load_again_changes_nothing(loaded, case):
    events = AuditEvent.objects.count()
    assert cases.load_cases(entries=[case], at=NOW).unchanged == 1
    assert AuditEvent.objects.count() == events


def test_changed_case_is_updated_and_the_others_stay(loaded, case):
    other = copy.deepcopy(case) | {"slug": "other"}
    cases.load_cases(entries=[case, other], at=NOW)
    case["causes"][0]["confidence"] = "possible"
    result = cases.load_cases(entries=[case, other], at=NOW)
    assert (result.created, result.updated, result.unchanged) == (0, 1, 1)
    row = Postmortem.objects.get(external_id="case:shuttle")
    assert (row.cause_slugs, row.version) == ([], 2)


def test_new_release_recodes_the_cases(loaded, release, case):
    taxonomy.load_release(document={**release, "number": 2}, at=NOW)
    assert cases.load_cases(entries=[case], at=NOW).updated == 1
    row = Postmortem.objects.get(external_id="case:shuttle")
    assert row.release.number == 2
    assert row.codings.get().cause.release.number == 2
    assert cases.load_cases(entries=[case], at=NOW).unchanged == 1
