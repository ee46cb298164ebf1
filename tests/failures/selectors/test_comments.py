import pytest

from failures.models import RecordComment
from failures.selectors.comments import comments_on
from tests.factories.failures import PostmortemFactory


@pytest.mark.django_db
def test_the_newest_stands_first_and_only_of_this_record(retail, alice):
    here, there = PostmortemFactory(unit=retail), PostmortemFactory(unit=retail)
    first, second = (
        RecordComment.objects.create(postmortem=here, author=alice, text=text)
        for text in ("First", "Second")
    )
    RecordComment.objects.create(postmortem=there, text="Elsewhere")
    assert list(comments_on(here)) == [second, first]
