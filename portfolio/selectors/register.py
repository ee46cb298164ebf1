"""The risk register: running projects with their risk and what is done about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    DecimalField,
    Prefetch,
    Q,
    QuerySet,
    Value,
)
from django.db.models.functions import Coalesce

from accounts.models import UnitAncestry, User
from projects.choices import MitigationState, ProjectState
from projects.models import Mitigation, Project
from riskbase.shared.keyset import Ordering

RISK = DecimalField(max_digits=4, decimal_places=1)
ORDERINGS = [
    Ordering(
        "-risk",
        Coalesce("current_point", Value(-1), output_field=RISK),
        descending=True,
    ),
    Ordering(
        "-impact",
        Coalesce("current_impact", Value(-1), output_field=RISK),
        descending=True,
    ),
    Ordering("name", "name"),
    Ordering("-changed", "updated_at", descending=True),
]
OPEN = [MitigationState.PLANNED, MitigationState.IMPLEMENTED]
NONE = "none"


@dataclass(frozen=True)
class Entry:
    """A register line: the project, its open measures and the cause that binds."""

    project: Project
    actions: Sequence[Mitigation]
    cause: Any

    @property
    def more(self) -> int:
        """Open measures besides the next one."""
        return max(0, len(self.actions) - 1)


def register_of(user: User, wanted: Mapping[str, Any]) -> QuerySet[Project]:
    """Return the running projects `user` may see, filtered, with open measures."""
    open_ones = (
        Mitigation.objects.filter(state__in=OPEN)
        .select_related("practice", "owner")
        .order_by("due_on", "id")
    )
    rows = (
        Project.objects.visible_to(user)
        .filter(state=ProjectState.ACTIVE)
        .select_related("unit", "owner")
        .prefetch_related(Prefetch("mitigations", open_ones, to_attr="open_actions"))
    )
    return _filtered(rows, wanted)


def _filtered(rows: QuerySet[Project], wanted: Mapping[str, Any]) -> QuerySet[Project]:
    if search := str(wanted.get("search") or "").strip():
        rows = rows.filter(Q(name__icontains=search) | Q(reference__icontains=search))
    if tier := wanted.get("tier"):
        rows = rows.filter(current_tier="" if tier == NONE else tier)
    if cause := wanted.get("cause"):
        rows = rows.filter(current_cause=cause)
    if stage := wanted.get("stage"):
        rows = rows.filter(stage=stage)
    if unit := wanted.get("unit"):
        below = UnitAncestry.objects.filter(ancestor=unit).values("descendant_id")
        rows = rows.filter(unit__in=below)
    return rows


def entries_of(projects: Sequence[Project], titles: Mapping[str, Any]) -> list[Entry]:
    """Return the register lines of a page of projects."""
    return [
        Entry(
            project,
            getattr(project, "open_actions", []),
            titles.get(project.current_cause, project.current_cause),
        )
        for project in projects
    ]
