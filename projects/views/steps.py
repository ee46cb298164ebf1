"""Steps of a mitigation that the reader may take, without asking per row."""

from django.utils.translation import gettext as _

from accounts.models import User
from projects.choices import MitigationState
from projects.models import Mitigation
from projects.services.mitigations import STEPS
from projects.views.guidance import Allowed


def steps_of(row: Mitigation, user: User, allowed: Allowed) -> list[tuple[str, str]]:
    """Return (state, label) of each step, as permissions.can_move would allow."""
    labels = {
        MitigationState.IMPLEMENTED.value: _("Report as implemented"),
        MitigationState.VERIFIED.value: _("Verify"),
        MitigationState.PLANNED.value: _("Plan again"),
        MitigationState.DROPPED.value: _("Drop"),
    }
    if row.state == MitigationState.IMPLEMENTED:
        labels[MitigationState.PLANNED.value] = _("Back to planned")
    is_verified = row.state == MitigationState.VERIFIED
    if is_verified:
        labels[MitigationState.IMPLEMENTED.value] = _("Take the verification back")
    moves = allowed.mitigate or (is_verified and allowed.review)
    verifies = allowed.review and row.owner_id != user.pk
    return [
        (state, label)
        for state, label in labels.items()
        if state in STEPS[row.state]
        and (verifies if state == MitigationState.VERIFIED else moves)
    ]
