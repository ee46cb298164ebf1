"""Taking the demo portfolio away: exactly the rows that are marked."""

import pgtrigger
from django.db import transaction
from django.db.models import ProtectedError, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit
from failures.models import Postmortem
from projects.models import Project
from riskbase.shared.errors import DomainError

FROZEN = (
    "projects.ScoringRun:run_is_frozen",
    "projects.ScoringRecord:record_is_frozen",
)


@transaction.atomic
def remove() -> dict[str, int]:
    """Delete the marked projects, post-mortems and units; return how many of each.

    The audit trail keeps what happened to them. Raises DomainError when somebody
    put a row of their own into a demo unit.
    """
    counts = {}
    with pgtrigger.ignore(*FROZEN):
        counts["projects"] = _delete(Project.objects.filter(is_demo=True))
    counts["postmortems"] = _delete(Postmortem.objects.filter(is_demo=True))
    counts["units"] = _delete_units()
    return counts


def _delete(rows: QuerySet[Project] | QuerySet[Postmortem]) -> int:
    count = rows.count()
    rows.delete()
    return count


def _delete_units() -> int:
    """Delete the marked units, lowest first."""
    count = 0
    try:
        while leaves := list(
            Unit.objects.filter(is_demo=True, children=None).values_list(
                "pk", flat=True
            )
        ):
            Unit.objects.filter(pk__in=leaves).delete()
            count += len(leaves)
        if Unit.objects.filter(is_demo=True).exists():
            raise _occupied()
    except ProtectedError as error:
        raise _occupied() from error
    return count


def _occupied() -> DomainError:
    return DomainError(
        "demo_unit_in_use",
        _("A demo unit holds rows of your own. Move or delete them first."),
    )
