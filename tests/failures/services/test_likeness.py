import pytest

from failures.models import LikenessVerdict
from failures.selectors.similar import denied_of, similar_to
from failures.services import likeness
from riskbase.shared.audit.models import AuditEvent
from riskbase.shared.errors import DomainError
from tests.factories.failures import PostmortemFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(retail):
    """Three published records; the first two have the same words."""
    return [
        PostmortemFactory(unit=retail, published=True, title=title)
        for title in (
            "Shop alarms were staff returns",
            "Shop alarms were staff returns",
            "Quite another matter altogether",
        )
    ]


def found(alice, record):
    return [
        (hit.postmortem, hit.is_confirmed)
        for hit in similar_to(user=alice, postmortem=record)
    ]


def judge(one, other, verdict, by):
    likeness.judge(postmortem=one, other=other, verdict=verdict, by=by)


def test_denied_is_left_out_both_ways_until_it_is_taken_back(three, alice):
    one, twin, _stranger = three
    assert (twin, False) in found(alice, one)
    judge(one, twin, "denied", alice)
    assert twin not in dict(found(alice, one))
    assert one not in dict(found(alice, twin))
    assert [text.postmortem for text in denied_of(user=alice, postmortem=twin)] == [one]
    judge(twin, one, "", alice)
    assert (twin, False) in found(alice, one)
    assert denied_of(user=alice, postmortem=one) == []


def test_confirmed_comes_first_however_unlike_the_words(three, alice):
    one, twin, stranger = three
    judge(one, stranger, "confirmed", alice)
    assert found(alice, one)[0] == (stranger, True)
    assert found(alice, stranger)[0] == (one, True)
    assert (twin, False) in found(alice, one)


def test_said_again_it_changes_nothing(three, alice):
    one, twin, _stranger = three
    judge(one, twin, "confirmed", alice)
    judge(twin, one, "confirmed", alice)
    assert LikenessVerdict.objects.count() == 1
    assert AuditEvent.objects.filter(verb="likeness_judged").count() == 1


@pytest.mark.parametrize("verdict", ["perhaps", "confirmed"])
def test_unknown_words_and_the_record_itself_are_refused(three, alice, verdict):
    other = three[0] if verdict == "confirmed" else three[1]
    with pytest.raises(DomainError):
        judge(three[0], other, verdict, alice)


def test_what_may_not_be_read_is_not_told(three, alice, charlie, elsewhere):
    secret = PostmortemFactory(unit=elsewhere, published=True, title="Hidden")
    judge(three[0], secret, "confirmed", charlie)
    assert secret not in dict(found(alice, three[0]))
    judge(three[0], secret, "denied", charlie)
    assert denied_of(user=alice, postmortem=three[0]) == []
