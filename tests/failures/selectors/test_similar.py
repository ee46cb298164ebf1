"""A failure told anew finds the first telling of it, and says why."""

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from failures.models import Postmortem
from failures.selectors.similar import ENOUGH, similar_to
from tests.factories.accounts import MembershipFactory, UnitFactory
from tests.factories.failures import CauseFactory, CodingFactory, PostmortemFactory
from tests.failures.selectors.planted import plant

pytestmark = pytest.mark.django_db
PLANTED, NEEDED = 200, 0.95


def references(user, record, limit=3):
    return [
        hit.postmortem.reference
        for hit in similar_to(user=user, postmortem=record, limit=limit)
    ]


@pytest.fixture(autouse=True)
def fresh(db):
    cache.clear()


def test_planted_near_duplicates_are_in_the_top_three():
    call_command("load_content", verbosity=0)
    unit = UnitFactory()
    user = MembershipFactory(unit=unit, role="manager").user
    cases = list(Postmortem.objects.filter(origin="case").prefetch_related("texts"))
    assert len(cases) >= 75
    missed = []
    for number in range(PLANTED):
        case = cases[number % len(cases)]
        record = plant(case, number, unit=unit, author=user)
        if case.reference not in references(user, record):
            missed.append((number, case.reference))
    assert len(missed) <= PLANTED * (1 - NEEDED), missed


def test_reasons_are_told(alice, retail):
    cause = CauseFactory(slug="leakage", title={"en": "Leakage"})
    twins = [
        PostmortemFactory(
            unit=retail,
            published=True,
            sector="retail",
            title="Shop alarms were staff returns",
        )
        for _ in range(2)
    ]
    for row in twins:
        CodingFactory(postmortem=row, cause=cause)
        row.refresh_from_db()
    (found,) = similar_to(user=alice, postmortem=twins[0])
    assert found.postmortem == twins[1]
    kinds = {reason.kind: reason.words for reason in found.reasons}
    assert kinds["causes"] == ("Leakage",)
    assert "Retail and hospitality" in kinds["context"]
    assert "alarm" in kinds["text"]


def test_only_published_records_that_may_be_read_are_told(
    alice, charlie, retail, elsewhere
):
    mine = PostmortemFactory(unit=retail, title="Shop alarms were staff returns")
    secret = PostmortemFactory(
        unit=elsewhere, published=True, title="Shop alarms were staff returns"
    )
    PostmortemFactory(unit=retail, title="Shop alarms were staff returns")
    assert references(alice, mine) == []
    own = PostmortemFactory(unit=elsewhere, title="Shop alarms were staff returns")
    assert references(charlie, own) == [secret.reference]


def test_as_many_questions_for_many_as_for_one(alice, retail):
    mine = PostmortemFactory(unit=retail, title="Shop alarms were staff returns")
    counts = []
    for more in (1, 19):
        for _ in range(more):
            PostmortemFactory(unit=retail, published=True, title="Shop alarms rang")
        similar_to(user=alice, postmortem=mine)
        with CaptureQueriesContext(connection) as queries:
            assert similar_to(user=alice, postmortem=mine)
        counts.append(len(queries))
    assert counts[0] >= counts[1]


def test_words_that_many_use_still_find_the_record_that_shares_several(alice, retail):
    """Newer records that share one word each do not hide the older one that shares two."""
    unit = UnitFactory()
    old = PostmortemFactory(
        case=True, title="Turbine vibration forecast missed bearings"
    )
    words = ("Turbine", "vibration", "forecast", "bearings")
    for number in range(2 * ENOUGH):
        PostmortemFactory(unit=unit, published=True, title=f"{words[number % 4]} only")
    mine = PostmortemFactory(
        unit=retail, title="Bearings of a turbine, vibration unseen"
    )
    assert references(alice, mine)[0] == old.reference
