"""Files beside a record."""

from dataclasses import asdict
from typing import BinaryIO

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from failures.models import Attachment, Postmortem
from failures.services.parts import locked
from riskbase.shared import holdings
from riskbase.shared.audit import trail
from riskbase.shared.errors import DomainError

MOST = 20
"""Files of one record."""
AUDITED = ("name", "size", "sha256")


@transaction.atomic
def attach(
    *, postmortem: Postmortem, file: BinaryIO, name: str, by: User
) -> Attachment:
    """Keep a file beside the record; the same content again is the same file.

    Raises DomainError: `file_too_large`, `file_type`, `too_many_files`.
    """
    row = locked(postmortem)
    taken = holdings.take(file, name)
    known = row.attachments.filter(sha256=taken.sha256).first()
    if known is not None:
        return known
    if row.attachments.count() >= MOST:
        holdings.let_go(taken.sha256)
        raise DomainError(
            "too_many_files",
            _("A record has at most %(count)s files. Remove one first.")
            % {"count": MOST},
            field="file",
        )
    kept = Attachment.objects.create(postmortem=row, uploaded_by=by, **asdict(taken))
    trail.record(
        by=by,
        verb="file_attached",
        target=row,
        after=trail.values_of(kept, AUDITED),
    )
    return kept


@transaction.atomic
def remove(*, attachment: Attachment, by: User) -> None:
    """Take a file away; its bytes go when no row needs them."""
    row = locked(attachment.postmortem)
    sha256 = attachment.sha256
    trail.record(
        by=by,
        verb="file_removed",
        target=row,
        before=trail.values_of(attachment, AUDITED),
    )
    attachment.delete()
    transaction.on_commit(lambda: holdings.sweep(sha256))
