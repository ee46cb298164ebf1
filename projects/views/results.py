"""The result of a submitted assessment."""

import uuid
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from projects.choices import EXCUSABLE
from projects.models import Assessment, ScoringRun
from projects.permissions import can_assess, can_mitigate
from projects.selectors.assessments import check_page, run_of
from projects.selectors.filling import filling_of
from projects.selectors.gates import gate_standings, gates_of
from projects.selectors.precedents import (
    published_rates,
    recommendations,
    similar_cases,
    telling_questions,
)
from projects.selectors.result_points import points_result
from projects.selectors.results import result_of, runs_of
from projects.selectors.reviews import review_summary
from projects.views.assessments import readable
from projects.views.result_charts import bars_of, matrix_of
from projects.views.review_guidance import next_step, rights_for
from riskbase.shared.requests import AuthenticatedRequest


@login_required
@require_safe
def assessment_result(request: AuthenticatedRequest, pk: uuid.UUID) -> HttpResponse:
    """Show what the newest run of the assessment froze, and what to do about it."""
    assessment = readable(request, pk)
    run = run_of(assessment)
    if run is None:
        return redirect("projects:assessment-detail", pk=pk)
    filling = filling_of(assessment)
    result = result_of(run, filling)
    context = {
        "assessment": assessment,
        "run": run,
        "result": result,
        "points": points_result(run, filling),
        "matrix": matrix_of(result, assessment.project.name),
        "bars": bars_of(result),
        "telling": telling_questions(run, filling),
        "recommendations": recommendations(run, assessment),
        "cases": similar_cases(run, request.user),
        "rates": published_rates(run),
        "answers": check_page(filling),
        "runs": runs_of(assessment),
        "can_mitigate": can_mitigate(request.user, assessment.project),
        "can_assess": can_assess(request.user, assessment.project),
        **_review(request, assessment, run),
    }
    return render(request, "projects/assessment_result.html", context)


def _review(
    request: AuthenticatedRequest, assessment: Assessment, run: ScoringRun
) -> dict[str, Any]:
    """Return how far the review is, and the gates with their exceptions."""
    rights = rights_for(request.user, assessment)
    summary = review_summary(assessment)
    return {
        "rights": rights,
        "summary": summary,
        "advice": next_step(assessment, request.user, rights, summary),
        "gates": gate_standings(assessment, gates_of(run), timezone.localdate()),
        "is_excusable": assessment.state in EXCUSABLE,
    }
