"""A questionnaire tried out while it is written; nothing is kept."""

import uuid
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from projects.forms.answers import entries_from
from projects.selectors.checks import Check, check_of, languages_of
from projects.selectors.drafts import draft_of, open_versions
from projects.selectors.trials import trial_of
from riskbase.shared.requests import AuthenticatedRequest


@login_required
@require_http_methods(["GET", "POST"])
def questionnaire_trial(request: AuthenticatedRequest, pk: uuid.UUID) -> HttpResponse:
    """Show the questionnaire as assessors will see it, with a running score.

    A posted `source` is tried in place of what is saved.
    """
    version = get_object_or_404(open_versions(request.user), pk=pk)
    source = request.POST.get("source")
    if source is not None:
        source = source.replace("\r\n", "\n")
    context = {"version": version, **trial_words(request, check_of(version, source))}
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "projects/_trial.html", context)
    context |= {
        "draft": draft_of(version),
        "parents": [
            (reverse("projects:questionnaire-list"), _("Questionnaires")),
            (
                reverse("projects:questionnaire-draft", args=[pk]),
                str(version),
            ),
        ],
    }
    return render(request, "projects/questionnaire_trial.html", context)


def trial_words(request: HttpRequest, found: Check) -> dict[str, Any]:
    """Return what the preview prints: no trial where the text cannot be scored."""
    languages = languages_of(found.document or {})
    sent = request.POST if request.method == "POST" else request.GET
    asked = sent.get("language") or get_language()
    trial = None
    if found.document is not None and found.plan is not None:
        entries = entries_from(found.plan.questions, sent)
        trial = trial_of(found.document, found.plan, entries)
    return {
        "trial": trial,
        "languages": [(code, _own_name(code)) for code in languages],
        "language": asked if asked in languages else languages[0],
    }


def _own_name(code: str) -> str:
    try:
        return str(get_language_info(code)["name_local"])
    except KeyError:
        return code
