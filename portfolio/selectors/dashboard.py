"""What the first page shows of the projects a person may see."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Count, F, Q

from accounts.models import User
from failures.choices import ActionState
from failures.models import ActionItem, Postmortem
from projects.choices import ProjectState, Tier
from projects.models import Assessment, Outcome, Project

DOTS = 60
LATEST = 5


@dataclass(frozen=True)
class Standing:
    """Counts of the visible projects as they stand now."""

    projects: int
    active: int
    assessed: int
    closed: int
    overdue: int
    tiers: dict[str, int]
    actions_overdue: int

    @property
    def at_risk(self) -> int:
        """Running projects of the two upper tiers."""
        return self.tiers[Tier.HIGH] + self.tiers[Tier.CRITICAL]


@dataclass(frozen=True)
class Event:
    """Something that happened to a visible row."""

    at: dt.datetime
    kind: str
    label: str
    detail: str
    href_args: Sequence[object] = field(default_factory=list)


def standing_of(user: User, today: dt.date) -> Standing:
    """Count the projects `user` may see: two queries."""
    running = Q(state=ProjectState.ACTIVE)
    tiers = {
        f"tier_{tier}": Count("pk", filter=running & Q(current_tier=tier))
        for tier in Tier.values
    }
    counts = Project.objects.visible_to(user).aggregate(
        projects=Count("pk"),
        active=Count("pk", filter=running),
        assessed=Count("pk", filter=Q(current_run__isnull=False)),
        closed=Count("pk", filter=Q(state=ProjectState.CLOSED)),
        overdue=Count("pk", filter=running & Q(due_on__lt=today)),
        **tiers,
    )
    overdue = ActionItem.objects.filter(
        postmortem__in=Postmortem.objects.visible_to(user),
        state__in=[ActionState.OPEN, ActionState.IN_PROGRESS],
        due_on__lt=today,
    ).count()
    return Standing(
        tiers={tier: counts.pop(f"tier_{tier}") for tier in Tier.values},
        actions_overdue=overdue,
        **counts,
    )


def placed_projects(user: User) -> list[Project]:
    """Return running, assessed projects for the matrix, the riskiest first."""
    return list(
        Project.objects.visible_to(user)
        .active()
        .filter(current_point__isnull=False, current_impact__isnull=False)
        .order_by("-current_point", "-id")[:DOTS]
    )


def latest_changes(user: User) -> list[Event]:
    """Return the newest assessments, outcomes and post-mortems: three queries."""
    assessments = (
        Assessment.objects.visible_to(user)
        .filter(submitted_at__isnull=False)
        .select_related("project")
        .order_by("-submitted_at", "-pk")[:LATEST]
    )
    outcomes = (
        Outcome.objects.filter(project__in=Project.objects.visible_to(user))
        .select_related("project")
        .order_by("-recorded_at", "-pk")[:LATEST]
    )
    records = (
        Postmortem.objects.visible_to(user)
        .published()
        .filter(unit__isnull=False)
        .filter(texts__language=F("language"))
        .order_by("-published_at", "-pk")
        .values_list("pk", "published_at", "reference", "texts__title")[:LATEST]
    )
    events = [
        Event(
            row.submitted_at or row.created_at,
            "assessment",
            row.project.name,
            row.tier,
            [row.project_id],
        )
        for row in assessments
    ]
    events += [
        Event(
            row.recorded_at,
            "outcome",
            row.project.name,
            str(row.get_kind_display()),
            [row.project_id],
        )
        for row in outcomes
    ]
    events += [
        Event(at, "postmortem", title or reference, reference, [pk])
        for pk, at, reference, title in records
        if at is not None
    ]
    return sorted(events, key=lambda event: event.at, reverse=True)[:LATEST]
