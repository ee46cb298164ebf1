"""Remarks on a record."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from failures.models import Postmortem, RecordComment
from failures.services.parts import locked
from riskbase.shared.audit import trail
from riskbase.shared.errors import DomainError

LONGEST = 4_000


@transaction.atomic
def add(*, postmortem: Postmortem, text: str, by: User) -> RecordComment:
    """Say something about the record, in whatever state it is."""
    row = locked(postmortem)
    text = text.strip()
    if not text:
        raise DomainError("comment_empty", _("Write something first."), field="text")
    if len(text) > LONGEST:
        raise DomainError("comment_too_long", _("That is too long."), field="text")
    comment = RecordComment.objects.create(postmortem=row, author=by, text=text)
    trail.record(
        by=by,
        verb="comment_added",
        target=row,
        after={"comment": str(comment.pk), "text": text},
    )
    return comment


@transaction.atomic
def withdraw(*, comment: RecordComment, by: User) -> None:
    """Take a comment back; whoever does it twice changes nothing."""
    row = locked(comment.postmortem)
    standing = RecordComment.objects.filter(pk=comment.pk, withdrawn_at=None)
    if standing.update(withdrawn_at=timezone.now()):
        trail.record(
            by=by,
            verb="comment_withdrawn",
            target=row,
            before={"comment": str(comment.pk), "text": comment.text},
        )
