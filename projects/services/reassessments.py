"""When a project is assessed again: the date that follows, and one set by hand."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from projects.choices import ProjectState
from projects.models import Project
from projects.scoring import RiskTier
from projects.scoring.cadence import due_on
from projects.services.proceedings import spoken
from riskbase.shared.audit import trail
from riskbase.shared.errors import DomainError, EditConflict


def expected(project: Project) -> dt.date | None:
    """Return the date that tier and stage give; None: closed, or never assessed."""
    if project.state == ProjectState.CLOSED or not project.current_tier:
        return None
    if project.current_scored_at is None:
        return None
    tier = RiskTier(project.current_tier)
    return due_on(project.current_scored_at.date(), tier, project.stage)


@transaction.atomic
def move(
    *,
    project: Project,
    on: dt.date,
    reason: str,
    by: User,
    today: dt.date,
    expected_version: int | None = None,
) -> Project:
    """Set another date; it holds until the next assessment or change of stage.

    Raises DomainError for a date that is past or more than two years away, without a
    reason, or of a project that is closed or was never assessed; EditConflict.
    """
    current = Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
    if expected_version not in {None, current.version}:
        raise EditConflict(current)
    if expected(current) is None:
        raise DomainError(
            "nothing_to_reassess",
            _("Only a running project that was assessed once is assessed again."),
        )
    if not today <= on <= today + dt.timedelta(days=730):
        raise DomainError(
            "date_out_of_range",
            _("Choose a day from today to two years from now."),
            field="on",
        )
    said = spoken(reason, field="reason")
    if current.reassess_on == on:
        return current
    before = trail.values_of(current, ["reassess_on"])
    current.reassess_on = on
    current.version += 1
    current.save()
    trail.record(
        by=by,
        verb="project.reassessment_moved",
        target=current,
        before=before,
        after={**trail.values_of(current, ["reassess_on"]), "reason": said},
    )
    return current
