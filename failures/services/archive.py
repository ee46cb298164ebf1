"""Setting published records aside, and taking them back."""

from django.db import transaction

from accounts.models import User
from failures.choices import PostmortemState
from failures.models import Postmortem
from failures.services.parts import advance, locked, require_state
from riskbase.shared.events import outbox


@transaction.atomic
def set_aside(*, postmortem: Postmortem, by: User, reason: str = "") -> Postmortem:
    """Set a published record aside: it still counts, but is no longer a precedent."""
    row = locked(postmortem)
    require_state(row, PostmortemState.PUBLISHED)
    row = advance(row, PostmortemState.ARCHIVED, by, "postmortem_archived", reason)
    outbox.emit(topic="postmortem.changed", target=row)
    return row


@transaction.atomic
def take_back(*, postmortem: Postmortem, by: User) -> Postmortem:
    """Take an archived record back among the published ones."""
    row = locked(postmortem)
    require_state(row, PostmortemState.ARCHIVED)
    row = advance(row, PostmortemState.PUBLISHED, by, "postmortem_restored")
    outbox.emit(topic="postmortem.changed", target=row)
    return row
