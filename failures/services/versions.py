"""Taking a record back to what a change replaced."""

from accounts.models import User
from failures.models import Postmortem
from failures.selectors.versions import values_before
from failures.services import postmortems
from riskbase.shared.audit.models import AuditEvent


def restore(
    *,
    postmortem: Postmortem,
    event: AuditEvent,
    by: User,
    expected_version: int | None = None,
) -> Postmortem:
    """Store again what stood before `event`, as a change of its own.

    Other fields stay as they are. Raises EditConflict, WrongState and DomainError as
    any change does.
    """
    return postmortems.save_step(
        postmortem=postmortem,
        by=by,
        values=values_before(event),
        expected_version=expected_version,
    )
