"""Steps of a questionnaire version: handed in, returned, published, retired, deleted."""

import uuid
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from projects.choices import QuestionnaireState
from projects.forms.drafts import PublishForm, ReturnForm
from projects.models import QuestionnaireVersion
from projects.permissions import can_decide
from projects.selectors.backtests import matching_backtest, past_runs
from projects.selectors.checks import check_of
from projects.selectors.questionnaires import versions_for
from projects.services import draft_reviews, drafts, publication
from projects.views.drafts import authors_only, written
from riskbase.shared.errors import DomainError, EditConflict
from riskbase.shared.requests import AuthenticatedRequest


@dataclass(frozen=True)
class Words:
    """What a page that asks before a step says."""

    title: str
    text: str
    action: str
    done: str
    is_danger: bool = False
    more: dict[str, Any] = field(default_factory=dict)


@login_required
@require_POST
def questionnaire_copy(request: AuthenticatedRequest, pk: uuid.UUID) -> HttpResponse:
    """Begin the next version with the words of this one."""
    version = get_object_or_404(versions_for(request.user), pk=pk)
    authors_only(request)
    copied = drafts.copy(version=version, by=request.user)
    messages.success(request, _("%(version)s is begun.") % {"version": copied})
    return redirect("projects:questionnaire-draft", pk=copied.pk)


@login_required
@require_http_methods(["GET", "POST"])
def questionnaire_send(request: AuthenticatedRequest, pk: uuid.UUID) -> HttpResponse:
    """Hand a draft in for review."""
    version = written(request, pk)
    words = Words(
        title=_("Hand in %(version)s") % {"version": version},
        text=_(
            "It is closed for editing until it is published, returned, or taken back. "
            "Another person publishes it."
        ),
        action=_("Hand in"),
        done=_("It is handed in."),
        more={"check": check_of(version)},
    )
    return _asked(
        request,
        version,
        words,
        lambda: draft_reviews.send(version=version, by=request.user, at=timezone.now()),
    )


@login_required
@require_http_methods(["GET", "POST"])
def questionnaire_take_back(
    request: AuthenticatedRequest, pk: uuid.UUID
) -> HttpResponse:
    """Make a draft of it again."""
    version = written(request, pk)
    words = Words(
        title=_("Take back %(version)s") % {"version": version},
        text=_("It becomes a draft again, and can be changed."),
        action=_("Take back"),
        done=_("It is a draft again."),
    )
    return _asked(
        request,
        version,
        words,
        lambda: draft_reviews.take_back(version=version, by=request.user),
    )


@login_required
@require_http_methods(["GET", "POST"])
def questionnaire_send_back(
    request: AuthenticatedRequest, pk: uuid.UUID
) -> HttpResponse:
    """Return it with a word on what is to change."""
    version = written(request, pk)
    form = ReturnForm(request.POST or None)
    words = Words(
        title=_("Return %(version)s") % {"version": version},
        text=_("It becomes a draft again. Your note stays in its history."),
        action=_("Return for changes"),
        done=_("It is returned."),
        more={"form": form},
    )
    return _asked(
        request,
        version,
        words,
        lambda: draft_reviews.send_back(
            version=version, note=form.cleaned_data["note"], by=request.user
        ),
    )


@login_required
@require_http_methods(["GET", "POST"])
def questionnaire_publish(request: AuthenticatedRequest, pk: uuid.UUID) -> HttpResponse:
    """Put it in force after its findings and its backtest were looked at."""
    version = written(request, pk)
    if not can_decide(request.user, version):
        raise PermissionDenied
    found, backtest = check_of(version), matching_backtest(version)
    asks = {"warnings"} if found.warnings else set()
    if backtest is None and past_runs(version).exists():
        asks.add("no_backtest")
    form = PublishForm(
        request.POST or None,
        asks=frozenset(asks),
        initial={"version": version.version},
    )
    words = Words(
        title=_("Publish %(version)s") % {"version": version},
        text=_(
            "It is closed for good and used for new assessments from now on. The "
            "version in force is retired; its assessments and results stay as they are."
        ),
        action=_("Publish"),
        done=_("It is published."),
        more={"form": form, "check": found, "backtest": backtest, "is_final": True},
    )
    return _asked(
        request,
        version,
        words,
        lambda: publication.publish(
            version=version,
            by=request.user,
            at=timezone.now(),
            consent=form.consent,
            expected_version=form.cleaned_data["version"],
        ),
    )


@login_required
@require_http_methods(["GET", "POST"])
def questionnaire_retire(request: AuthenticatedRequest, pk: uuid.UUID) -> HttpResponse:
    """Take the version in force away without a successor."""
    version = get_object_or_404(
        versions_for(request.user).filter(state=QuestionnaireState.PUBLISHED), pk=pk
    )
    authors_only(request)
    words = Words(
        title=_("Retire %(version)s") % {"version": version},
        text=_(
            "No new assessment can be started with this questionnaire until another "
            "version is published. Assessments and results stay."
        ),
        action=_("Retire"),
        done=_("It is retired."),
        is_danger=True,
    )
    return _asked(
        request,
        version,
        words,
        lambda: publication.retire(version=version, by=request.user),
    )


@login_required
@require_http_methods(["GET", "POST"])
def questionnaire_delete(request: AuthenticatedRequest, pk: uuid.UUID) -> HttpResponse:
    """Throw a draft away."""
    version = written(request, pk)
    words = Words(
        title=_("Delete %(version)s") % {"version": version},
        text=_("The draft and its backtests are deleted. This cannot be undone."),
        action=_("Delete draft"),
        done=_("The draft is deleted."),
        is_danger=True,
    )
    return _asked(
        request,
        version,
        words,
        lambda: drafts.delete(version=version, by=request.user),
    )


def _asked(
    request: AuthenticatedRequest,
    version: QuestionnaireVersion,
    words: Words,
    act: Any,
) -> HttpResponse:
    """Ask, and on a valid post do it; say what was refused."""
    form = words.more.get("form")
    refusal = ""
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            done = act()
        except EditConflict:
            refusal = _("It was changed meanwhile. Look at it again.")
        except DomainError as refused:
            refusal = _said(form, refused)
        else:
            messages.success(request, words.done)
            return redirect(address_of(done))
    context = {
        "version": version,
        "words": words,
        "refusal": refusal,
        "cancel": address_of(version),
        "parents": [
            (reverse("projects:questionnaire-list"), _("Questionnaires")),
            (address_of(version), str(version)),
        ],
        **words.more,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "projects/questionnaire_step.html", context, status=status)


def _said(form: Any, refused: DomainError) -> str:
    """Show a refusal at its field, or return it for the top of the page."""
    if form is not None and refused.field in form.fields:
        form.refuse(refused)
        return ""
    return str(refused.message)


def address_of(version: QuestionnaireVersion | None) -> str:
    """Return where a version is looked at; the list once it is gone."""
    if version is None:
        return reverse("projects:questionnaire-list")
    if version.state in (QuestionnaireState.DRAFT, QuestionnaireState.IN_REVIEW):
        return reverse("projects:questionnaire-draft", args=[version.pk])
    return reverse(
        "projects:questionnaire-detail",
        args=[version.questionnaire.code, version.number],
    )
