import datetime as dt

import pytest

from failures.selectors.completeness import missing_for_publication, missing_for_review
from tests.factories.failures import CodingFactory, PostmortemFactory

pytestmark = pytest.mark.django_db


def codes(gaps):
    return [gap.code for gap in gaps]


def test_blank_draft_lacks_everything():
    record = PostmortemFactory(outcome="", detected_on=None)
    record.texts.update(title="", summary="")
    found = codes(missing_for_publication(record))
    assert found == ["title", "summary", "outcome", "detected_on", "cause"]
    assert codes(missing_for_review(record)) == ["title", "summary"]


def test_cause_without_evidence_is_not_enough():
    record = PostmortemFactory()
    coding = CodingFactory(postmortem=record, evidence="")
    assert codes(missing_for_publication(record)) == ["cause"]
    coding.evidence_url = "https://example.org/report"
    coding.save()
    assert missing_for_publication(record) == []


def test_trigger_alone_is_not_a_cause():
    record = PostmortemFactory()
    CodingFactory(postmortem=record, role="trigger")
    assert codes(missing_for_publication(record)) == ["cause"]


def test_dates_that_contradict_each_other_are_a_gap(retail):
    record = PostmortemFactory(
        unit=retail,
        detected_on=dt.date(2026, 3, 2),
        resolved_on=dt.date(2026, 3, 1),
    )
    assert "dates" in {gap.code for gap in missing_for_publication(record)}
    record.resolved_on = dt.date(2026, 3, 2)
    assert "dates" not in {gap.code for gap in missing_for_publication(record)}
    record.detectable_on = dt.date(2026, 4, 1)
    assert "dates" in {gap.code for gap in missing_for_publication(record)}
