"""Pages of questionnaires: open to read and print for everybody who is signed in."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from projects.selectors.questionnaires import (
    in_force,
    printed_sections,
    retired,
    summary_of,
    versions,
)


@login_required
@require_safe
def questionnaire_list(request: HttpRequest) -> HttpResponse:
    """Show the versions in force and those they superseded."""
    context = {"in_force": in_force(), "retired": retired()}
    return render(request, "projects/questionnaire_list.html", context)


@login_required
@require_safe
def questionnaire_detail(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Show every question of a version with weights and sources."""
    version = get_object_or_404(versions(), questionnaire__code=code, number=number)
    context = {
        "version": version,
        "summary": summary_of(version),
        "sections": printed_sections(version),
    }
    return render(request, "projects/questionnaire_detail.html", context)
