import pytest

from failures.models import RecordComment
from failures.selectors.comments import comments_on
from failures.services import comments
from riskbase.shared.audit.models import AuditEvent
from riskbase.shared.errors import DomainError
from tests.factories.failures import PostmortemFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def record(retail):
    return PostmortemFactory(unit=retail, published=True)


def verbs():
    return list(AuditEvent.objects.order_by("id").values_list("verb", flat=True))


def test_comment_stays_until_it_is_withdrawn_once(record, alice):
    said = comments.add(postmortem=record, text="  The till log says so. ", by=alice)
    assert list(comments_on(record)) == [said]
    assert (said.text, said.author) == ("The till log says so.", alice)
    comments.withdraw(comment=said, by=alice)
    comments.withdraw(comment=said, by=alice)
    assert not comments_on(record)
    assert RecordComment.objects.get().text == "The till log says so."
    assert verbs() == ["comment_added", "comment_withdrawn"]


@pytest.mark.parametrize("text", ["", " \n", "x" * (comments.LONGEST + 1)])
def test_nothing_and_too_much_are_refused(record, alice, text):
    with pytest.raises(DomainError):
        comments.add(postmortem=record, text=text, by=alice)
    assert not RecordComment.objects.exists()
