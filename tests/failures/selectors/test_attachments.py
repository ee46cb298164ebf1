import pytest

from failures.models import Attachment
from failures.selectors.attachments import attachments_of
from tests.factories.failures import PostmortemFactory


@pytest.mark.django_db
def test_files_are_told_in_the_order_they_came(retail):
    here, there = PostmortemFactory(unit=retail), PostmortemFactory(unit=retail)
    rows = [
        Attachment.objects.create(
            postmortem=record, name=name, size=1, sha256=name, content_type="text/plain"
        )
        for record, name in ((here, "b.txt"), (there, "x.txt"), (here, "a.txt"))
    ]
    assert list(attachments_of(here)) == [rows[0], rows[2]]
