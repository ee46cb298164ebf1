"""What to do next with a project, in words and links."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from projects.models import Project
from projects.permissions import (
    can_assess,
    can_log_postmortem,
    can_mitigate,
    can_record_outcome,
    can_review,
)
from projects.selectors.project_page import Journey, ProjectPage, Step


@dataclass(frozen=True)
class Advice:
    """The next step; without an address it is somebody else's to take."""

    title: str
    text: str
    href: str = ""
    action: str = ""
    is_urgent: bool = False


@dataclass(frozen=True)
class Allowed:
    """What the reader may do on this page."""

    assess: bool
    mitigate: bool
    review: bool
    record_outcome: bool
    log_postmortem: bool


def allowed_for(user: User, project: Project) -> Allowed:
    """Return what `user` may do with the project."""
    return Allowed(
        assess=can_assess(user, project),
        mitigate=can_mitigate(user, project),
        review=can_review(user, project),
        record_outcome=can_record_outcome(user, project),
        log_postmortem=can_log_postmortem(user, project),
    )


def stations(journey: Journey) -> list[tuple[str, str]]:
    """Return (label, state) of every step: done, current, skipped or empty."""
    labels = {
        Step.ASSESS: _("Assess"),
        Step.MITIGATE: _("Plan mitigations"),
        Step.CLOSE: _("Record the outcome"),
        Step.EXPLAIN: _("Log the post-mortem"),
        Step.LEARN: _("See the statistics"),
    }
    return [(label, _state_of(step, journey)) for step, label in labels.items()]


def _state_of(step: Step, journey: Journey) -> str:
    if step == journey.next:
        return "current"
    if step in journey.done:
        return "done"
    return "skipped" if step in journey.skipped else ""


def advice_for(page: ProjectPage, allowed: Allowed) -> Advice:
    """Return the next step of the page's project."""
    advisers = {
        Step.ASSESS: _assess,
        Step.MITIGATE: _mitigate,
        Step.CLOSE: _close,
        Step.EXPLAIN: _explain,
        Step.LEARN: _learn,
    }
    return advisers[page.journey.next](page, allowed)


def start_path(project: Project) -> str:
    """Return where an assessment of the project begins."""
    path = reverse("projects:assessment-start")
    return f"{path}?project={project.pk}"


def _if(may: Any, href: str) -> str:
    return href if may else ""


def _assess(page: ProjectPage, allowed: Allowed) -> Advice:
    draft = page.journey.draft
    if draft is not None:
        return Advice(
            _("Finish the assessment"),
            _("%(done)s of %(all)s questions are answered. Nothing given is lost.")
            % {"done": draft.answered_count, "all": draft.reachable_count},
            _if(allowed.assess, reverse("projects:assessment-detail", args=[draft.pk])),
            _("Continue"),
        )
    return Advice(
        _("Assess the project"),
        _(
            "Five minutes of screening, or 25 of the full intake, show which causes "
            "threaten it. “Unknown” is a good answer where nobody knows."
        ),
        _if(allowed.assess, start_path(page.project)),
        _("Start assessment"),
    )


def _mitigate(page: ProjectPage, allowed: Allowed) -> Advice:
    return Advice(
        _("Plan what to do about it"),
        _("Choose practices against the causes that threaten the project most."),
        _if(
            allowed.mitigate,
            reverse("projects:mitigation-create", args=[page.project.pk]),
        ),
        _("Plan a mitigation"),
    )


def _close(page: ProjectPage, allowed: Allowed) -> Advice:
    overdue = page.journey.is_overdue
    return Advice(
        _("The result was due. How did it end?")
        if overdue
        else _("When it ends, say how"),
        _(
            "Success counts as much as failure: without it no rate has a denominator. "
            "If it goes on, confirm that."
        ),
        _if(
            allowed.record_outcome,
            reverse("projects:outcome-create", args=[page.project.pk]),
        ),
        _("Record the outcome"),
        is_urgent=overdue,
    )


def _explain(page: ProjectPage, allowed: Allowed) -> Advice:
    current = page.ending.current
    return Advice(
        _("Log the post-mortem"),
        _(
            "What was intended, what happened, when it could have been seen. "
            "It takes about 20 minutes; the next team will meet it at their intake."
        ),
        _if(
            allowed.log_postmortem and current,
            reverse("projects:outcome-postmortem", args=[current.pk])
            if current
            else "",
        ),
        _("Log the post-mortem"),
        is_urgent=True,
    )


def _learn(page: ProjectPage, _allowed: Allowed) -> Advice:
    record = page.ending.postmortem
    if record is not None and not page.journey.is_published:
        return Advice(
            _("Publish the post-mortem"),
            _("Its causes count in the statistics once it is published."),
            reverse("failures:postmortem-detail", args=[record.pk]),
            _("Open the post-mortem"),
        )
    return Advice(
        _("See what it taught"),
        _("This project now counts in the rates that the next intake will show."),
        reverse("portfolio:statistics"),
        _("See the statistics"),
    )
