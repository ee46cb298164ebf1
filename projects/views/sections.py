"""Answering: a section's page, and the autosave behind each question."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from projects.forms.answers import entries_from, entry_from
from projects.instruments import Entry
from projects.models import Assessment
from projects.permissions import can_answer
from projects.scoring.reach import is_asked
from projects.selectors.assessments import task_list
from projects.selectors.filling import Filling, filling_of
from projects.selectors.preview import preview_of
from projects.selectors.questions import differing, rival_of, section_page
from projects.services import answers
from projects.views.assessments import readable, writable
from projects.views.review_guidance import rights_for
from riskbase.shared.errors import DomainError, EditConflict
from riskbase.shared.requests import AuthenticatedRequest


@login_required
@require_http_methods(["GET", "POST"])
def assessment_section(
    request: AuthenticatedRequest, pk: uuid.UUID, section: str
) -> HttpResponse:
    """Show one section; a post saves all of it and shows faults beside the fields."""
    if request.method == "POST":
        return _save_section(request, writable(request, pk), section)
    assessment = readable(request, pk)
    if not assessment.is_open:
        return redirect("projects:assessment-result", pk=pk)
    return _section(request, filling_of(assessment), section)


def _save_section(
    request: AuthenticatedRequest, assessment: Assessment, code: str
) -> HttpResponse:
    before = filling_of(assessment)
    section = before.section(code)
    if section is None:
        raise Http404
    entries = entries_from(section.questions, request.POST)
    try:
        refused = answers.save_answers(
            assessment=assessment, entries=entries, by=request.user
        )
    except DomainError as refusal:
        return _too_late(request, assessment.pk, code, entries, refusal)
    after = filling_of(assessment)
    if refused:
        return _section(request, after, code, {"entered": entries, "faults": refused})
    asked = request.POST.get("evidence", "")
    if asked in after.questions:
        return redirect("projects:assessment-evidence", assessment.pk, asked)
    return redirect(_next_path(request, before, after, code))


def _too_late(
    request: AuthenticatedRequest,
    pk: uuid.UUID,
    code: str,
    entries: Mapping[str, Entry],
    refusal: DomainError,
) -> HttpResponse:
    """Show what was typed when somebody submitted the assessment meanwhile."""
    filling = filling_of(readable(request, pk))
    lost = dict.fromkeys(differing(filling, entries), refusal)
    if not lost:
        return redirect("projects:assessment-result", pk=pk)
    typed = {"entered": entries, "faults": lost}
    return _section(request, filling, code, typed, refusal)


def _next_path(
    request: AuthenticatedRequest, before: Filling, after: Filling, code: str
) -> str:
    """Go on; but stay where the save opened questions of this very section."""
    here = reverse("projects:assessment-section", args=[after.assessment.pk, code])
    opened = [c for c in _opened(before, after) if after.section_of(c) == code]
    if opened:
        return f"{here}#q-{opened[0]}"
    if cleared := request.POST.get("clear"):
        return f"{here}#q-{cleared}"
    if "stay" in request.POST:
        return here
    following = task_list(after).after(code)
    if following is None:
        return reverse("projects:assessment-detail", args=[after.assessment.pk])
    return reverse(
        "projects:assessment-section", args=[after.assessment.pk, following.code]
    )


def _section(
    request: AuthenticatedRequest,
    filling: Filling,
    code: str,
    typed: dict[str, Any] | None = None,
    refusal: DomainError | None = None,
) -> HttpResponse:
    page = section_page(filling, code, **(typed or {}))
    if page is None:
        raise Http404
    tasks = task_list(filling)
    context = {
        "assessment": filling.assessment,
        "page": page,
        "tasks": tasks,
        "task": next(task for task in tasks.sections if task.code == code),
        "before": tasks.before(code),
        "after": tasks.after(code),
        "preview": preview_of(filling),
        "section_code": code,
        "can_answer": can_answer(request.user, filling.assessment),
        "refusal": refusal and refusal.message,
        "rights": rights_for(request.user, filling.assessment),
    }
    status = 409 if refusal else 422 if page.errors else 200
    return render(request, "projects/assessment_section.html", context, status=status)


@login_required
@require_POST
def assessment_answer(
    request: AuthenticatedRequest, pk: uuid.UUID, question: str
) -> JsonResponse:
    """Save one answer as it is given; tell what it opened and closed."""
    assessment = writable(request, pk)
    before = filling_of(assessment)
    if question not in before.questions:
        raise Http404
    entry = entry_from(before.questions[question], request.POST)
    if request.POST.get("clear") == question:
        entry = entries_from([before.questions[question]], request.POST)[question]
    try:
        saved = answers.save_answer(
            assessment=assessment, question=question, entry=entry, by=request.user
        )
    except EditConflict as conflict:
        return _conflict(request, before, question, conflict)
    except DomainError as refusal:
        body = {"field": refusal.field or "value", "message": str(refusal.message)}
        return JsonResponse(body, status=422)
    after = filling_of(assessment)
    return JsonResponse(
        {
            "message": _("Saved %(time)s") % {"time": _clock()},
            "version": saved.version if saved else 0,
            "asked": [code for code, reach in after.reach.items() if is_asked(reach)],
            "answered": sorted(after.answers),
            "announce": _announcement(before, after),
            "panel": render_to_string(
                "projects/_intake_panel.html",
                {
                    "assessment": assessment,
                    "tasks": task_list(after),
                    "preview": preview_of(after),
                    "section_code": after.section_of(question),
                    "can_answer": True,
                },
                request=request,
            ),
        }
    )


def _conflict(
    request: AuthenticatedRequest,
    filling: Filling,
    question: str,
    conflict: EditConflict,
) -> JsonResponse:
    rival = rival_of(filling.entries[question], conflict.current)
    context = {"rival": rival, "assessment": filling.assessment, "code": question}
    body = {
        "message": str(conflict.message),
        "version": conflict.current.version,
        "conflict": render_to_string("projects/_rival.html", context, request=request),
    }
    return JsonResponse(body, status=409)


def _clock() -> str:
    return date_format(timezone.localtime(), "TIME_FORMAT")


def _opened(before: Filling, after: Filling) -> list[str]:
    return [
        code
        for code, reach in after.reach.items()
        if is_asked(reach) and not is_asked(before.reach[code])
    ]


def _announcement(before: Filling, after: Filling) -> str:
    """Say politely what an answer opened or closed; empty for most answers."""
    opened, closed = len(_opened(before, after)), len(_opened(after, before))
    said = []
    if opened:
        said.append(
            ngettext(
                "%(count)s question was added.",
                "%(count)s questions were added.",
                opened,
            )
            % {"count": opened}
        )
    if closed:
        said.append(
            ngettext(
                "%(count)s question no longer applies; its answer is kept.",
                "%(count)s questions no longer apply; their answers are kept.",
                closed,
            )
            % {"count": closed}
        )
    return " ".join(said)
