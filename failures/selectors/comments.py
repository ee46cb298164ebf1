"""Comments on a record that were not withdrawn."""

from django.db.models import QuerySet

from failures.models import Postmortem, RecordComment

SHOWN = 20


def comments_on(postmortem: Postmortem) -> QuerySet[RecordComment]:
    """Return the standing comments of a record that the caller may read."""
    return RecordComment.objects.filter(
        postmortem=postmortem, withdrawn_at=None
    ).select_related("author", "postmortem__unit")
