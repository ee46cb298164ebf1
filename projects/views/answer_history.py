"""The history of the answers of an assessment."""

import uuid

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from projects.selectors.answer_history import answer_events, asked_in, told
from projects.views.assessments import readable
from riskbase.shared.audit.selectors import NEWEST_FIRST
from riskbase.shared.keyset import BadCursor, paginate
from riskbase.shared.requests import AuthenticatedRequest


@login_required
@require_safe
def assessment_history(request: AuthenticatedRequest, pk: uuid.UUID) -> HttpResponse:
    """Show who answered what when, the newest first; of one question if asked."""
    assessment = readable(request, pk)
    questions = asked_in(assessment)
    asked = request.GET.get("question", "")
    question = asked if asked in dict(questions) else ""
    try:
        page = paginate(
            answer_events(assessment, question),
            ordering=NEWEST_FIRST,
            cursor=request.GET.get("cursor"),
            size=50,
        )
    except BadCursor:
        return redirect(request.path)
    context = {
        "assessment": assessment,
        "page": page,
        "told": told(assessment, page),
        "questions": questions,
        "question": question,
    }
    return render(request, "projects/assessment_history.html", context)
