import pytest
from django.utils import timezone

from failures.models import SecondCoding
from failures.selectors.second_coding import Row, both, double_coding, waiting_for
from tests.factories.accounts import MembershipFactory
from tests.factories.failures import PostmortemFactory

pytestmark = pytest.mark.django_db


def said(cause, role="root", confidence="known"):
    return {"cause": cause, "role": role, "confidence": confidence}


@pytest.fixture
def coder(retail):
    return MembershipFactory(unit=retail, role="contributor").user


@pytest.fixture
def second(retail, coder):
    row = PostmortemFactory(unit=retail, severity="moderate", state="in_review")
    judgements = [said("leakage", "trigger"), said("deployment"), said("drift")]
    return SecondCoding.objects.create(
        postmortem=row, coder=coder, judgements=judgements
    )


def test_a_coder_sees_their_own_until_both_are_in(second, coder, alice):
    mine = double_coding(second.postmortem, coder)
    assert [each["cause"] for each in mine.own] == ["leakage", "deployment", "drift"]
    assert (mine.rows, mine.first, mine.judgements) == ((), None, None)
    others = double_coding(second.postmortem, alice)
    assert (list(others.own), others.rows, others.judgements) == ([], (), None)
    assert mine.is_under_way


def test_rows_pair_what_both_said(second, alice):
    second.first = [said("leakage"), said("leakage", "trigger"), said("data-cost")]
    second.first_submitted_at = second.submitted_at = timezone.now()
    second.save()
    found = double_coding(second.postmortem, alice)
    pairs = [
        (row.cause, row.first and row.first["role"], row.second and row.second["role"])
        for row in found.rows
    ]
    assert pairs == [
        ("leakage", "root", None),
        ("leakage", "trigger", "trigger"),
        ("data-cost", "root", None),
        ("deployment", None, "root"),
        ("drift", None, "root"),
    ]
    assert [row.agree for row in found.rows] == [False, True, False, False, False]
    assert found.share_agreed == pytest.approx(1 / 4)


def test_both_are_causes_that_each_side_names():
    rows = [
        Row("a", said("a"), None),
        Row("a", None, said("a")),
        Row("b", None, said("b")),
    ]
    assert both(rows) == {"a"}


def test_a_record_without_any_of_it_says_nothing(retail, alice):
    row = PostmortemFactory(unit=retail, severity="low")
    found = double_coding(row, alice)
    assert not found.is_under_way
    assert found.share_agreed is None
    assert found.etag


def test_waiting_are_those_asked_and_readable(second, coder, alice):
    assert waiting_for(coder) == [second.postmortem]
    assert waiting_for(alice) == []
    second.submitted_at = timezone.now()
    second.save()
    assert waiting_for(coder) == []
