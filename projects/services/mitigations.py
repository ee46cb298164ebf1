"""Planning practices against the risk of a project, and checking that they are done."""

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.permissions import may
from accounts.roles import Permission
from failures.models import FailureCause, Practice
from projects.choices import MitigationState, ProjectState
from projects.models import Mitigation, Project, ProjectCause
from projects.scoring.mitigation import addressed, residual
from riskbase.shared.audit import trail
from riskbase.shared.errors import DomainError, EditConflict
from riskbase.shared.events import outbox

FACTS = ("owner", "due_on", "note")
AUDITED = (*FACTS, "practice", "state", "verified_by")
VERIFIED, DROPPED = MitigationState.VERIFIED, MitigationState.DROPPED

STEPS: dict[str, frozenset[str]] = {
    MitigationState.PLANNED: frozenset({"implemented", "dropped"}),
    MitigationState.IMPLEMENTED: frozenset({"verified", "planned", "dropped"}),
    MitigationState.VERIFIED: frozenset({"implemented", "dropped"}),
    MitigationState.DROPPED: frozenset({"planned"}),
}
"""State -> states it may go to: only what is implemented can be verified."""


@transaction.atomic
def plan(
    *,
    project: Project,
    practice: Practice,
    by: User,
    facts: Mapping[str, Any] | None = None,
) -> Mitigation:
    """Plan `practice` for the project; `facts` are owner, due_on and note.

    A practice that was dropped here before is planned again on its own row.
    """
    Project.objects.select_for_update().get(pk=project.pk)
    _refuse_plan(project, practice)
    mitigation = Mitigation.objects.filter(project=project, practice=practice).first()
    if mitigation is None:
        mitigation = Mitigation(project=project, practice=practice)
    elif mitigation.state != DROPPED:
        raise DomainError(
            "mitigation_exists",
            _("This practice is already planned here."),
            field="practice",
        )
    else:
        mitigation.version += 1
    mitigation.state = MitigationState.PLANNED
    _assign(mitigation, facts or {})
    mitigation.save()
    _tell(mitigation, by, "mitigation.planned", None)
    return mitigation


@transaction.atomic
def change(
    *,
    mitigation: Mitigation,
    by: User,
    facts: Mapping[str, Any],
    expected_version: int | None = None,
) -> Mitigation:
    """Change owner, due date or note. Raises EditConflict on a stale version."""
    current = _locked(mitigation, expected_version)
    before = trail.values_of(current, AUDITED)
    _assign(current, facts)
    if current.state == VERIFIED and current.owner_id == current.verified_by_id:
        raise DomainError(
            "verifier_is_owner",
            _("Who verified a mitigation cannot become its owner."),
            field="owner",
        )
    if trail.values_of(current, AUDITED) != before:
        current.version += 1
        current.save()
        _tell(current, by, "mitigation.changed", before)
    return current


def implement(
    *, mitigation: Mitigation, by: User, expected_version: int | None = None
) -> Mitigation:
    """Report it as done, or take a verification back.

    Where nobody owned it, `by` becomes the owner, so that another must verify.
    """
    return _move(mitigation, MitigationState.IMPLEMENTED, by, expected_version)


@transaction.atomic
def verify(
    *,
    mitigation: Mitigation,
    by: User,
    at: dt.datetime,
    expected_version: int | None = None,
) -> Mitigation:
    """Confirm that an implemented mitigation works; never by its own owner."""
    current = _locked(mitigation, expected_version)
    if current.owner_id == by.pk:
        raise DomainError(
            "verifier_is_owner",
            _("Somebody other than the owner must verify a mitigation."),
        )
    current.verified_at, current.verified_by = at, by
    return _move(current, VERIFIED, by, expected_version)


def drop(
    *, mitigation: Mitigation, by: User, expected_version: int | None = None
) -> Mitigation:
    """Give it up; it lowers no risk any more and can be planned again."""
    return _move(mitigation, DROPPED, by, expected_version)


def replan(
    *, mitigation: Mitigation, by: User, expected_version: int | None = None
) -> Mitigation:
    """Put it back to planned."""
    return _move(mitigation, MitigationState.PLANNED, by, expected_version)


def move(
    *, mitigation: Mitigation, state: str, by: User, at: dt.datetime
) -> Mitigation:
    """Take it to `state` by the step of that name."""
    if state == VERIFIED:
        return verify(mitigation=mitigation, by=by, at=at)
    return _move(mitigation, state, by, None)


def refresh_causes(*, project: Project) -> None:
    """Write what mitigations leave of each cause's score: current and target.

    A practice acts in full on the causes it names and on the sub-causes below them,
    and on a top-level cause by the part of its warning that its sub-cause carries.
    """
    rows = list(ProjectCause.objects.filter(project=project))
    parents = dict(FailureCause.objects.current().values_list("slug", "parent__slug"))
    done = list(
        Mitigation.objects.filter(project=project)
        .exclude(state=DROPPED)
        .select_related("practice")
    )
    verified = [one for one in done if one.state == VERIFIED]
    changed = []
    for row in rows:
        parent = parents.get(row.cause_slug)
        before = row.current, row.target
        row.current = residual(row.point, _effects(verified, row, parent))
        row.target = residual(row.point, _effects(done, row, parent))
        if (row.current, row.target) != before:
            changed.append(row)
    # Most submissions change none; writing all of them took a tenth of loading 120 projects.
    ProjectCause.objects.bulk_update(changed, ["current", "target"])


def _effects(
    done: Iterable[Mitigation], row: ProjectCause, parent: str | None
) -> list[Decimal]:
    parts = {slug: Decimal(part) for slug, part in row.shares.items()}
    if parent:
        parts[parent] = Decimal(1)
    return [
        one.practice.effect * addressed(row.cause_slug, parts, one.practice.cause_slugs)
        for one in done
    ]


@transaction.atomic
def _move(
    mitigation: Mitigation, state: str, by: User, expected_version: int | None
) -> Mitigation:
    current = _locked(mitigation, expected_version)
    if state not in STEPS[current.state]:
        raise DomainError(
            "mitigation_step",
            _("A mitigation cannot go from “%(before)s” to “%(after)s”.")
            % {
                "before": current.get_state_display(),
                "after": MitigationState(state).label,
            },
        )
    before = trail.values_of(current, AUDITED)
    current.state = state
    is_verified = state == VERIFIED
    current.verified_at = mitigation.verified_at if is_verified else None
    current.verified_by = mitigation.verified_by if is_verified else None
    if state == MitigationState.IMPLEMENTED and current.owner is None:
        current.owner = by
    current.version += 1
    current.save()
    _tell(current, by, f"mitigation.{state}", before)
    return current


def _tell(
    mitigation: Mitigation, by: User, verb: str, before: Mapping[str, Any] | None
) -> None:
    after = trail.values_of(mitigation, AUDITED)
    trail.record(by=by, verb=verb, target=mitigation, before=before, after=after)
    refresh_causes(project=mitigation.project)
    outbox.emit(
        topic="mitigation.changed",
        target=mitigation,
        payload={
            "project": str(mitigation.project_id),
            "practice": mitigation.practice.slug,
            "state": mitigation.state,
        },
    )


def _locked(mitigation: Mitigation, expected_version: int | None) -> Mitigation:
    """Return the row locked, its project first: the order everybody locks in."""
    Project.objects.select_for_update().get(pk=mitigation.project_id)
    current = (
        Mitigation.objects.select_for_update(of=("self",))
        .select_related("project__unit", "practice", "owner", "verified_by")
        .get(pk=mitigation.pk)
    )
    if expected_version is not None and current.version != expected_version:
        raise EditConflict(current)
    return current


def _assign(mitigation: Mitigation, facts: Mapping[str, Any]) -> None:
    former = mitigation.owner_id
    for name in FACTS:
        if name in facts:
            setattr(mitigation, name, facts[name])
    owner, unit = mitigation.owner, mitigation.project.unit
    if owner and owner.pk != former and not may(owner, Permission.VIEW, unit):
        raise DomainError(
            "owner_outside_unit",
            _("The owner has no role in this unit. Choose somebody who has."),
            field="owner",
        )


def _refuse_plan(project: Project, practice: Practice) -> None:
    if project.state == ProjectState.CLOSED:
        raise DomainError("project_closed", _("The project is closed."))
    if practice.is_retired:
        raise DomainError(
            "practice_retired",
            _("This practice was retired from the catalogue. Choose another."),
            field="practice",
        )
