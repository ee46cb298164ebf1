"""Pages of questionnaires: open to read and print for everybody who is signed in."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from failures.selectors.proposals import named, open_for
from projects.permissions import can_author
from projects.selectors.backtests import backtests_of
from projects.selectors.checks import kept_remarks
from projects.selectors.drafts import drafts_for, steps_of
from projects.selectors.questionnaires import (
    in_force,
    printed_gates,
    printed_sections,
    retired,
    summary_of,
    versions,
)
from projects.views.drafts import BACKTESTS_SHOWN
from riskbase.shared.requests import AuthenticatedRequest

PROPOSALS_SHOWN = 20


@login_required
@require_safe
def questionnaire_list(request: AuthenticatedRequest) -> HttpResponse:
    """Show the versions in force and those they superseded; to authors also drafts."""
    writes = can_author(request.user)
    actions = [
        (reverse("projects:questionnaire-import"), _("Import a survey"), "quiet"),
        (reverse("projects:questionnaire-create"), _("New questionnaire"), ""),
    ]
    context = {
        "in_force": in_force(),
        "retired": retired(),
        "can_author": writes,
        "drafts": drafts_for(request.user),
        "actions": actions if writes else [],
    }
    return render(request, "projects/questionnaire_list.html", context)


@login_required
@require_safe
def questionnaire_detail(
    request: AuthenticatedRequest, code: str, number: int
) -> HttpResponse:
    """Show every question of a version with weights and sources."""
    rows = versions().select_related(
        "written_by", "sent_by", "published_by", "copied_from__questionnaire"
    )
    version = get_object_or_404(rows, questionnaire__code=code, number=number)
    context = {
        "version": version,
        "summary": summary_of(version),
        "sections": printed_sections(version),
        "gates": printed_gates(version),
        "can_author": can_author(request.user),
        "check": kept_remarks(version),
    }
    if context["can_author"]:
        context["steps"] = steps_of(version)
        context["backtests"] = backtests_of(version)[:BACKTESTS_SHOWN]
        context["proposals"] = named(open_for(request.user, code)[:PROPOSALS_SHOWN])
        context["may_decide"] = True
    return render(request, "projects/questionnaire_detail.html", context)
