import datetime as dt

import pytest

from failures.services import coding, parts, timeline
from failures.services.coding import Judgement
from riskbase.shared.errors import EditConflict
from tests.factories.failures import CodingFactory, PostmortemFactory

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 1, 1)


@pytest.fixture
def step(retail, alice):
    record = PostmortemFactory(unit=retail)
    return timeline.add(
        postmortem=record, values={"on": DAY, "text": "Begun"}, by=alice
    )


@pytest.fixture
def coded(retail):
    return CodingFactory(postmortem=PostmortemFactory(unit=retail))


def test_change_of_a_step_refuses_a_stale_version(step, alice):
    timeline.correct(entry=step, values={"text": "Hers"}, by=alice, expected_version=1)
    with pytest.raises(EditConflict) as raised:
        timeline.correct(
            entry=step, values={"text": "Mine"}, by=alice, expected_version=1
        )
    assert (raised.value.current.text, raised.value.current.version) == ("Hers", 2)


def test_change_of_a_coding_refuses_a_stale_version(coded, alice):
    hers, mine = Judgement("root", "probable"), Judgement("root", "possible")
    coding.change(coding=coded, judgement=hers, by=alice, expected_version=1)
    with pytest.raises(EditConflict):
        coding.change(coding=coded, judgement=mine, by=alice, expected_version=1)
    coded.refresh_from_db()
    assert (coded.confidence, coded.version) == ("probable", 2)
    with pytest.raises(EditConflict):
        coding.remove(coding=coded, by=alice, expected_version=1)


def test_part_that_is_gone_is_refused(step, alice):
    timeline.withdraw(entry=step, by=alice)
    with pytest.raises(parts.Removed):
        timeline.correct(entry=step, values={"text": "Mine"}, by=alice)
    with pytest.raises(parts.Removed):
        timeline.withdraw(entry=step, by=alice)


def test_coding_that_is_gone_is_refused(coded, alice):
    coding.remove(coding=coded.__class__.objects.get(), by=alice)
    with pytest.raises(parts.Removed):
        coding.remove(coding=coded, by=alice)
