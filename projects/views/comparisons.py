"""Two assessments of a project side by side."""

import uuid

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from projects.models import ScoringRun
from projects.selectors.comparisons import contrast, results_of
from projects.selectors.project_page import project_for_page
from riskbase.shared.requests import AuthenticatedRequest

OFFERED = 50


@login_required
@require_safe
def project_compare(request: AuthenticatedRequest, pk: uuid.UUID) -> HttpResponse:
    """Compare two results of the project: the two newest unless others are asked for."""
    project = get_object_or_404(project_for_page(request.user), pk=pk)
    runs = list(results_of(project)[:OFFERED])
    before = after = None
    if len(runs) > 1:
        after = _asked(request, runs, "to") or runs[0]
        earlier = next(run for run in reversed(runs) if run != after)
        place = runs.index(after)
        default = runs[place + 1] if place + 1 < len(runs) else earlier
        before = _asked(request, runs, "from") or default
    only_changed = request.GET.get("only", "changed") == "changed"
    context = {
        "project": project,
        "runs": runs,
        "contrast": contrast(before, after) if before and after else None,
        "only_changed": only_changed,
    }
    return render(request, "projects/project_compare.html", context)


def _asked(
    request: AuthenticatedRequest, runs: list[ScoringRun], name: str
) -> ScoringRun | None:
    """Return the result of the assessment asked for. Raises Http404 beside the project."""
    asked = request.GET.get(name, "")
    if not asked:
        return None
    for run in runs:
        if str(run.assessment_id) == asked:
            return run
    raise Http404
