"""What differs between two versions of a questionnaire."""

import uuid
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from projects.scoring.changes import Fate, Kind
from projects.selectors.questionnaires import versions_for
from projects.selectors.version_differences import (
    changed_lines,
    comparable,
    default_base,
    told_changes,
)
from projects.views.draft_steps import address_of
from riskbase.shared.requests import AuthenticatedRequest

KINDS = {
    Kind.QUESTIONNAIRE: gettext_lazy("Questionnaire"),
    Kind.SECTION: gettext_lazy("Section"),
    Kind.QUESTION: gettext_lazy("Question"),
    Kind.GATE: gettext_lazy("Gate"),
}
FATES = {
    Fate.ADDED: (gettext_lazy("Added"), "success"),
    Fate.REMOVED: (gettext_lazy("Removed"), "danger"),
    Fate.CHANGED: (gettext_lazy("Changed"), "outline"),
}


@login_required
@require_safe
def questionnaire_difference(
    request: AuthenticatedRequest, pk: uuid.UUID
) -> HttpResponse:
    """Compare a version with another: by question, and by line on demand."""
    version = get_object_or_404(versions_for(request.user), pk=pk)
    others = comparable(version, request.user)
    base = default_base(version, others)
    if asked := request.GET.get("with"):
        base = get_object_or_404(others, pk=_key(asked))
    context: dict[str, Any] = {
        "version": version,
        "base": base,
        "others": others,
        "by_line": "lines" in request.GET,
        "parents": [
            (reverse("projects:questionnaire-list"), _("Questionnaires")),
            (address_of(version), str(version)),
        ],
    }
    if base is not None:
        context["changes"] = [
            (told, KINDS[told.change.kind], *FATES[told.change.fate])
            for told in told_changes(base, version)
        ]
        if context["by_line"]:
            context["hunks"] = changed_lines(base, version)
    return render(request, "projects/questionnaire_difference.html", context)


def _key(asked: str) -> uuid.UUID:
    try:
        return uuid.UUID(asked)
    except ValueError as error:
        raise Http404 from error
