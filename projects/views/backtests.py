"""Backtests: asked for, followed while they run, and read."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from projects.models import Backtest
from projects.selectors.backtests import (
    ALL,
    OLDEST_FIRST,
    SAME,
    backtests_for,
    lines_with_places,
    migration_of,
    moved_lines,
)
from projects.selectors.drafts import title_of
from projects.selectors.questionnaires import versions_for
from projects.services import backtests
from projects.views.backtest_charts import difference_chart, migration_chart
from projects.views.draft_steps import address_of
from projects.views.drafts import authors_only
from riskbase.shared.errors import DomainError
from riskbase.shared.keyset import BadCursor, paginate
from riskbase.shared.requests import AuthenticatedRequest

LINES = 25


@login_required
@require_POST
def questionnaire_backtest(
    request: AuthenticatedRequest, pk: uuid.UUID
) -> HttpResponse:
    """Ask for a backtest of what is saved."""
    version = get_object_or_404(versions_for(request.user), pk=pk)
    authors_only(request)
    scope = ALL if request.POST.get("scope") == ALL else SAME
    try:
        asked = backtests.request(version=version, by=request.user, scope=scope)
    except DomainError as refusal:
        messages.error(request, str(refusal.message))
        return redirect(address_of(version))
    return redirect("projects:questionnaire-backtest-result", pk=asked.pk)


@login_required
@require_safe
def questionnaire_backtest_result(
    request: AuthenticatedRequest, pk: uuid.UUID
) -> HttpResponse:
    """Show how far it is, or what it found."""
    backtest = get_object_or_404(backtests_for(request.user), pk=pk)
    try:
        found = _found(request, backtest, backtest.result) if backtest.result else {}
    except BadCursor:
        return redirect("projects:questionnaire-backtest-result", pk=pk)
    version = backtest.questionnaire_version
    context = {
        "backtest": backtest,
        "version": version,
        "title": title_of(version),
        "is_current": backtest.digest == version.digest,
        "parents": [
            (reverse("projects:questionnaire-list"), _("Questionnaires")),
            (address_of(version), str(version)),
        ],
        **found,
    }
    return render(request, "projects/backtest.html", context)


@login_required
@require_safe
def questionnaire_backtest_progress(
    request: AuthenticatedRequest, pk: uuid.UUID
) -> HttpResponse:
    """Show how far it is; once it is done, say so and lead to the result."""
    backtest = get_object_or_404(backtests_for(request.user), pk=pk)
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect("projects:questionnaire-backtest-result", pk=pk)
    context = {"backtest": backtest, "was_running": True}
    return render(request, "projects/_backtest_progress.html", context)


def _found(
    request: AuthenticatedRequest, backtest: Backtest, result: dict[str, Any]
) -> dict[str, Any]:
    page = paginate(
        moved_lines(backtest),
        ordering=OLDEST_FIRST,
        cursor=request.GET.get("cursor"),
        size=LINES,
    )
    migration = migration_of(result)
    difference = result["difference"]
    return {
        "result": result,
        "migration": migration,
        "migration_chart": migration_chart(migration),
        "difference": difference,
        "difference_chart": difference_chart(difference) if difference else "",
        "page": page,
        "lines": lines_with_places(page.items, request.user),
    }
