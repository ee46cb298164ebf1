"""Files of a record."""

from django.db.models import QuerySet

from failures.models import Attachment, Postmortem


def attachments_of(postmortem: Postmortem) -> QuerySet[Attachment]:
    """Return the files of a record that the caller may read, in the order they came."""
    return Attachment.objects.filter(postmortem=postmortem).select_related(
        "uploaded_by"
    )


def files_of(postmortem: Postmortem) -> dict[str, Attachment]:
    """Return SHA-256 -> file of the record, as evidence names it."""
    return {
        each.sha256: each for each in Attachment.objects.filter(postmortem=postmortem)
    }
