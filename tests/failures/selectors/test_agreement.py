import pytest
from django.utils import timezone

from failures.models import SecondCoding
from failures.selectors.agreement import agreement
from tests.factories.failures import CauseFactory, PostmortemFactory

pytestmark = pytest.mark.django_db
LEAKAGE, TIME, DATA = "leakage", "lk-time", "data-cost"


@pytest.fixture
def causes(db):
    top = CauseFactory(slug=LEAKAGE, title={"en": "Leakage"})
    CauseFactory(slug=TIME, title={"en": "Time"}, parent=top)
    CauseFactory(slug=DATA, title={"en": "Data cost"})


def coded(unit, first, second, *, submitted=True):
    def said(slugs):
        return [
            {"cause": slug, "role": "root", "confidence": "known"} for slug in slugs
        ]

    SecondCoding.objects.create(
        postmortem=PostmortemFactory(unit=unit, published=True),
        first=said(first),
        judgements=said(second),
        first_submitted_at=timezone.now(),
        submitted_at=timezone.now() if submitted else None,
    )


def test_agreement_is_by_branch_over_what_both_submitted(
    causes, alice, retail, elsewhere
):
    coded(retail, [LEAKAGE], [TIME])
    coded(retail, [DATA], [DATA])
    coded(retail, [DATA], [LEAKAGE])
    coded(retail, [LEAKAGE], [DATA], submitted=False)
    coded(elsewhere, [LEAKAGE], [DATA])
    report = agreement(alice)
    assert report.records == 3
    found = {row.cause: row for row in report.by_cause}
    assert found[LEAKAGE].share == pytest.approx(2 / 3)
    # Two raters, yes yes, no no, no yes: Cohen (1960) by hand.
    assert found[LEAKAGE].kappa.value == pytest.approx((2 / 3 - 4 / 9) / (1 - 4 / 9))
    assert found[LEAKAGE].alpha.n == 3
    assert 0 < report.alpha.value < 1


def test_nothing_to_compare_is_said(causes, alice):
    report = agreement(alice)
    assert (report.records, report.alpha.reason, report.interval) == (
        0,
        "too_few",
        None,
    )
