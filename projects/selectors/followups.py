"""Outcomes and mitigations a person may open, and what can be chosen for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet

from accounts.models import User
from failures.choices import Origin
from failures.models import Postmortem, Practice
from projects.choices import MitigationState
from projects.models import Mitigation, Outcome, Project
from projects.selectors.project_page import Texts, cause_titles

SUGGESTED = 6


@dataclass(frozen=True)
class Suggestion:
    """A practice that would lower what threatens the project most."""

    practice: Practice
    cause: Texts
    gain: Decimal
    """Points of the cause's score it would take away, on the assumed effect."""


def mitigations_for(user: User) -> QuerySet[Mitigation]:
    """Return the mitigations of the projects visible to `user`."""
    return Mitigation.objects.filter(
        project__in=Project.objects.visible_to(user)
    ).select_related("project__unit", "practice", "owner", "verified_by")


def outcomes_for(user: User) -> QuerySet[Outcome]:
    """Return the outcomes of the projects visible to `user`."""
    return Outcome.objects.filter(
        project__in=Project.objects.visible_to(user)
    ).select_related("project__unit", "recorded_by", "postmortem")


def linkable_postmortems(project: Project, viewer: User) -> QuerySet[Postmortem]:
    """Return own records of the project's unit that explain no outcome yet."""
    return (
        Postmortem.objects.visible_to(viewer)
        .filter(unit=project.unit, origin=Origin.OWN, outcome_of=None)
        .prefetch_related("texts")
    )


def practices_offered() -> QuerySet[Practice]:
    """Return the practices of the catalogue."""
    return Practice.objects.filter(is_retired=False)


def practices_to_plan(project: Project) -> QuerySet[Practice]:
    """Return the practices of the catalogue that are not yet at work here."""
    at_work = project.mitigations.exclude(state=MitigationState.DROPPED)
    return practices_offered().exclude(pk__in=at_work.values("practice_id"))


def suggestions_for(project: Project) -> Sequence[Suggestion]:
    """Return the practices that would take most from the causes as they stand now."""
    titles = cause_titles()
    now = dict(project.cause_risks.values_list("cause_slug", "current"))
    found = [
        _suggestion(practice, now, titles)
        for practice in practices_to_plan(project).filter(
            cause_slugs__overlap=list(now)
        )
    ]
    found.sort(key=lambda one: (-one.gain, one.practice.slug))
    return found[:SUGGESTED]


def _suggestion(
    practice: Practice, now: dict[str, Decimal], titles: dict[str, Texts]
) -> Suggestion:
    slug = max(practice.cause_slugs, key=lambda slug: now.get(slug, Decimal(-1)))
    return Suggestion(
        practice=practice,
        cause=titles.get(slug) or {"en": slug},
        gain=now[slug] * practice.effect,
    )
