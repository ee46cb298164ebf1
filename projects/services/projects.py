"""Opening projects and changing what is known of them."""

from collections.abc import Mapping
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit, User
from accounts.permissions import may
from accounts.roles import Permission
from projects.models import Project, ProjectText
from projects.services import reassessments
from riskbase.shared.audit import trail
from riskbase.shared.errors import DomainError, EditConflict
from riskbase.shared.events import outbox

FACTS = (
    "name",
    "stage",
    "sector",
    "task",
    "modality",
    "sourcing",
    "started_on",
    "due_on",
    "budget_minor",
    "currency",
)
PLACE = ("unit", "owner")
TEXTS = ("description", "goal")


@transaction.atomic
def create(
    *,
    unit: Unit,
    by: User,
    owner: User,
    facts: Mapping[str, Any],
    text: Mapping[str, str],
) -> Project:
    """Open a project under the next reference; `facts` are named as in FACTS."""
    project = Project(unit=unit, owner=owner, reference=_next_reference())
    _assign(project, facts, FACTS)
    _refuse_nonsense(project)
    _refuse_outsider(project)
    project.save()
    prose = ProjectText(project=project)
    _assign(prose, text, TEXTS)
    prose.save()
    trail.record(by=by, verb="project.created", target=project, after=_state(project))
    outbox.emit(topic="project.created", target=project)
    return project


@transaction.atomic
def change(
    *,
    project: Project,
    by: User,
    facts: Mapping[str, Any],
    text: Mapping[str, str],
    expected_version: int | None = None,
) -> Project:
    """Change the named facts (FACTS and PLACE) and texts; leave the others alone.

    Raises EditConflict when `expected_version` is no longer the version. A change
    that changes nothing leaves no trace.
    """
    current = locked(project, expected_version)
    before = _state(current)
    place = (current.unit_id, current.owner_id)
    _assign(current, facts, FACTS + PLACE)
    prose = _prose_of(current)
    _assign(prose, text, TEXTS)
    _refuse_nonsense(current)
    if place != (current.unit_id, current.owner_id):
        _refuse_outsider(current)
    after = _state(current)
    if before == after:
        return current
    if before["stage"] != after["stage"]:
        current.reassess_on = reassessments.expected(current)
    current.version += 1
    current.save()
    prose.save()
    trail.record(
        by=by, verb="project.changed", target=current, before=before, after=after
    )
    outbox.emit(topic="project.changed", target=current)
    return current


def change_stage(
    *, project: Project, stage: str, by: User, expected_version: int | None = None
) -> Project:
    """Move the project to another stage of its life."""
    return change(
        project=project,
        by=by,
        facts={"stage": stage},
        text={},
        expected_version=expected_version,
    )


def locked(project: Project, expected_version: int | None = None) -> Project:
    """Return the row as it now stands, locked until the transaction ends.

    Raises EditConflict when `expected_version` is given and no longer its version.
    """
    current = (
        Project.objects.select_for_update(of=("self",))
        .select_related("unit", "owner", "text")
        .get(pk=project.pk)
    )
    if expected_version is not None and current.version != expected_version:
        raise EditConflict(current)
    return current


def _next_reference() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('project_reference')")
        return f"PRJ-{cursor.fetchone()[0]:04d}"


def _assign(
    row: Project | ProjectText, values: Mapping[str, Any], allowed: tuple[str, ...]
) -> None:
    for name in allowed:
        if name in values:
            setattr(row, name, values[name])


def _prose_of(project: Project) -> ProjectText:
    return getattr(project, "text", None) or ProjectText(project=project)


def _state(project: Project) -> dict[str, Any]:
    return trail.values_of(project, PLACE + FACTS) | trail.values_of(
        _prose_of(project), TEXTS
    )


def _refuse_nonsense(project: Project) -> None:
    """Raise what the database would refuse anyway, in words."""
    start, due = project.started_on, project.due_on
    if start and due and due < start:
        raise DomainError(
            "due_before_start", _("The result is due before the start."), field="due_on"
        )
    if (project.budget_minor is None) != (not project.currency):
        raise DomainError(
            "budget_without_currency",
            _("Give both the budget and its currency."),
            field="currency",
        )


def _refuse_outsider(project: Project) -> None:
    """Refuse an owner who could not see their own project."""
    if not may(project.owner, Permission.VIEW, project.unit):
        raise DomainError(
            "owner_outside_unit",
            _("The owner has no role in this unit. Choose somebody who has."),
            field="owner",
        )
