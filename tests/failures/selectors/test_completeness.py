import datetime as dt

import pytest

from failures.models import ActionItem
from failures.selectors.completeness import (
    GAPS,
    WISHES,
    completeness,
    missing_for_publication,
    missing_for_review,
)
from tests.factories.failures import CauseFactory, CodingFactory, PostmortemFactory

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
    coding = CodingFactory(postmortem=record, evidence="", role="contributing")
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
    record.detectable_on = dt.date(2026, 3, 31)
    record.detectable_precision = "month"
    assert "dates" not in {gap.code for gap in missing_for_publication(record)}
    record.detectable_precision = "day"
    assert "dates" in {gap.code for gap in missing_for_publication(record)}


def follow(record, slug="", **facts):
    ActionItem.objects.create(
        postmortem=record, text="Do", kind="prevent", cause_slug=slug, **facts
    )


def test_each_root_cause_waits_for_a_follow_up_or_a_reasoned_refusal():
    record = PostmortemFactory()
    CodingFactory(postmortem=record, cause=CauseFactory(slug="leakage"))
    assert codes(missing_for_publication(record)) == ["actions"]
    follow(record, "data-cost")
    assert codes(missing_for_publication(record)) == ["actions"]
    follow(record, "leakage", state="wont_do", refusal_reason="It costs too much.")
    assert missing_for_publication(record) == []
    CodingFactory(postmortem=record, cause=CauseFactory(slug="deployment"))
    follow(record)
    assert codes(missing_for_publication(record)) == ["actions"]
    follow(record, "deployment")
    assert missing_for_publication(record) == []


def test_follow_up_without_a_cause_counts_for_the_only_root_cause():
    record = PostmortemFactory()
    CodingFactory(postmortem=record)
    follow(record)
    assert missing_for_publication(record) == []


@pytest.mark.parametrize("origin", ["case", "import"])
def test_outside_cases_need_no_follow_up(origin):
    record = PostmortemFactory(origin=origin)
    CodingFactory(postmortem=record)
    assert missing_for_publication(record) == []


def test_sealed_causes_are_not_asked():
    record = PostmortemFactory(severity="high", causes_sealed=True)
    sealed = codes(missing_for_publication(record))
    CodingFactory(postmortem=record, evidence="")
    assert codes(missing_for_publication(record)) == sealed
    assert not {"cause", "actions"} & set(sealed)


def test_completeness_grows_with_what_is_told():
    record = PostmortemFactory(severity="", sector="")
    before = completeness(record)
    assert {"severity", "sector"} <= set(codes(before.wishes))
    record.severity, record.sector = "low", "retail"
    after = completeness(record)
    told = 2 / (len(GAPS) + len(WISHES))
    assert after.share == pytest.approx(before.share + told)
    assert codes(before.missing) == codes(after.missing)
