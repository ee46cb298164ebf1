"""Writing a post-mortem: starting it, the five steps, autosave."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from failures import permissions
from failures.forms.records import DraftForm, StepForm, VisibilityForm, initial_of
from failures.forms.steps import BY_SLUG, STEPS, Step, step_after
from failures.models import Postmortem
from failures.selectors.causes import known_cause
from failures.selectors.completeness import missing_for_publication
from failures.selectors.precedents import possible_duplicates
from failures.selectors.records import (
    actions_of,
    codings_of,
    own_detail,
    own_text,
    steps_of,
)
from failures.selectors.second_coding import double_coding
from failures.services import postmortems
from failures.views.conflicts import differences
from failures.views.records import acts
from failures.views.requests import permit, reader, record
from riskbase.shared.errors import DomainError, EditConflict

PREFILL = ("title", "unit", "sector", "task", "modality", "sourcing")


@login_required
@require_http_methods(["GET", "POST"])
def postmortem_create(request: HttpRequest) -> HttpResponse:
    """Start a record, prefilled by the address where it comes from a project."""
    user = reader(request)
    permit(permissions.can_create_anywhere(user))
    prefill = {name: request.GET[name] for name in PREFILL if name in request.GET}
    form = DraftForm(request.POST or None, user=user, initial=prefill)
    if request.method == "POST" and form.is_valid():
        postmortem = postmortems.create_draft(
            unit=form.cleaned_data["unit"],
            by=user,
            title=form.cleaned_data["title"],
            facts=form.facts(),
        )
        return _first_step(request, postmortem)
    title = str(form["title"].value() or "").replace("\0", "")
    context = {
        "form": form,
        "similar": possible_duplicates(user=user, title=title),
        "cause": request.GET.get("cause", ""),
    }
    return render(request, "failures/postmortem_create.html", context)


def _first_step(request: HttpRequest, postmortem: Postmortem) -> HttpResponse:
    """Go to the cause that the address named, else to the first step."""
    cause = request.POST.get("cause", "")
    if cause.isprintable() and known_cause(cause):
        return redirect("failures:coding-create", postmortem.pk, cause)
    return redirect("failures:postmortem-edit", postmortem.pk, STEPS[0].slug)


@login_required
@require_http_methods(["GET", "POST"])
def postmortem_edit(request: HttpRequest, pk: uuid.UUID, step: str) -> HttpResponse:
    """Show and save one step; works without any script."""
    postmortem, chosen = editable(request, pk, step)
    if request.method == "GET":
        return step_page(
            request,
            postmortem,
            StepForm(step=chosen, initial=_initial(postmortem, chosen)),
        )
    form = StepForm(request.POST, step=chosen)
    if form.is_valid():
        try:
            postmortems.save_step(
                postmortem=postmortem,
                by=reader(request),
                values=form.values(),
                expected_version=form.expected_version,
            )
        except EditConflict as conflict:
            return _conflict(request, conflict.current, form, reader(request))
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return _onwards(request, postmortem, step)
    return step_page(request, postmortem, form)


def _onwards(request: HttpRequest, postmortem: Postmortem, step: str) -> HttpResponse:
    following = step_after(step)
    if "stay" in request.POST or following is None:
        messages.success(request, _("Saved."))
        return redirect("failures:postmortem-edit", postmortem.pk, step)
    return redirect("failures:postmortem-edit", postmortem.pk, following.slug)


@login_required
@require_POST
def postmortem_autosave(request: HttpRequest, pk: uuid.UUID, step: str) -> JsonResponse:
    """Save what is valid so far; say what is not, and the version now in force."""
    postmortem, chosen = editable(request, pk, step)
    form = StepForm(request.POST, step=chosen)
    form.is_valid()
    try:
        saved = postmortems.save_step(
            postmortem=postmortem,
            by=reader(request),
            values=form.values(),
            expected_version=form.expected_version,
        )
    except EditConflict:
        words = _(
            "Somebody else has changed this in the meantime. Press Save to compare."
        )
        return JsonResponse({"state": "conflict", "text": words}, status=409)
    except DomainError as refusal:
        answer = {"state": "refused", "text": str(refusal.message)}
        return JsonResponse(answer, status=422)
    moment = time_format(timezone.localtime(), "TIME_FORMAT")
    text = _("Saved %(time)s") % {"time": moment}
    if form.errors:
        labels = ", ".join(
            str(form.fields[name].label) for name in form.errors if name in form.fields
        )
        text = _("Saved %(time)s, except: %(fields)s") % {
            "time": moment,
            "fields": labels,
        }
    told: dict[str, Any] = {
        "state": "partly" if form.errors else "saved",
        "text": text,
        "version": saved.version,
        "base": form.marks_of(_initial(saved, chosen)),
    }
    return JsonResponse(told)


def editable(request: HttpRequest, pk: uuid.UUID, step: str) -> tuple[Postmortem, Step]:
    """Return the record and the step, or refuse."""
    postmortem = record(request, pk)
    if step not in BY_SLUG:
        raise Http404
    permit(permissions.can_edit(reader(request), postmortem))
    return postmortem, BY_SLUG[step]


def _initial(postmortem: Postmortem, step: Step) -> dict[str, Any]:
    parts = (postmortem, own_text(postmortem), own_detail(postmortem))
    return initial_of(step, parts)


def step_page(
    request: HttpRequest, postmortem: Postmortem, form: StepForm, **more: Any
) -> HttpResponse:
    """Render the step's page with all that stands beside its form."""
    step = form.step
    position = STEPS.index(step)
    context = {
        "postmortem": postmortem,
        "text": own_text(postmortem),
        "form": form,
        "step": step,
        "steps": STEPS,
        "number": position + 1,
        "before": STEPS[:position],
        "previous": STEPS[position - 1] if position else None,
        "following": step_after(step.slug),
        "missing": missing_for_publication(postmortem),
        "allowed": acts(request, postmortem),
        **_beside(request, postmortem, step),
        **more,
    }
    return render(request, "failures/postmortem_form.html", context)


def _beside(request: HttpRequest, postmortem: Postmortem, step: Step) -> dict[str, Any]:
    if step.slug == "dates":
        return {"timeline": steps_of(postmortem)}
    if step.slug == "causes":
        user = reader(request)
        return {
            "codings": codings_of(postmortem, user),
            "may_code": permissions.can_code(user, postmortem),
            "double": double_coding(postmortem, user),
        }
    if step.slug == "follow-up":
        readers = VisibilityForm(initial={"visibility": postmortem.visibility})
        return {
            "actions": actions_of(postmortem),
            "visibility_form": readers,
        }
    return {}


def _conflict(
    request: HttpRequest, current: Postmortem, form: StepForm, user: User
) -> HttpResponse:
    """Take over what only others changed; show both texts where both did.

    Saving again keeps what is typed. Where nothing was changed by both there is nothing
    to ask, and the step is saved.
    """
    theirs = _initial(current, form.step)
    untouched = form.as_filled(form.cleaned_data)
    by_one = untouched | form.as_filled(theirs)
    found = differences(form, theirs)
    form.adopt({name: theirs[name] for name in untouched})
    form.start_from(current.version, theirs)
    both = [each for each in found if each.name not in by_one]
    merged = StepForm(form.data, step=form.step)
    if both or not merged.is_valid():
        return step_page(request, current, form, differences=both)
    try:
        postmortems.save_step(
            postmortem=current,
            by=user,
            values=merged.values(),
            expected_version=current.version,
        )
    except DomainError:
        # Again somebody was faster, or the two do not go together: people decide.
        return step_page(request, current, form, differences=found)
    return _onwards(request, current, form.step.slug)
