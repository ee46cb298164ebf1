"""The assessor's own estimate: given or skipped once, before any result is seen."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from projects.choices import AssessmentState
from projects.models import Assessment
from projects.services.proceedings import locked
from riskbase.shared.audit import trail
from riskbase.shared.errors import DomainError

AUDITED = ["own_estimate", "estimate_settled_at"]


@transaction.atomic
def settle(
    *, assessment: Assessment, percent: int | None, by: User, at: dt.datetime
) -> Assessment:
    """Keep the guess that the project fails, in percent; None skips it for good.

    From then on the running result is shown, so that a later guess would be none of
    one's own. Raises DomainError for a second guess that differs, for a percentage out of range, and
    outside a draft.
    """
    if percent is not None and not 0 <= percent <= 100:
        raise DomainError(
            "estimate_out_of_range",
            _("Give a percentage from 0 to 100."),
            field="own_estimate",
        )
    current = locked(assessment, {AssessmentState.DRAFT})
    if current.estimate_settled_at is not None:
        if current.own_estimate == percent:
            return current
        raise DomainError(
            "estimate_settled",
            _(
                "Your own estimate stands: the running result was shown after it, "
                "so it can no longer change."
            ),
            field="own_estimate",
        )
    before = trail.values_of(current, AUDITED)
    current.own_estimate, current.estimate_settled_at = percent, at
    current.version += 1
    current.save()
    trail.record(
        by=by,
        verb="assessment.estimated",
        target=current,
        before=before,
        after=trail.values_of(current, AUDITED),
    )
    return current
