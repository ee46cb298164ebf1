"""All accounts, for administrators."""

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts.forms.units import PeopleFilterForm
from accounts.models import User
from accounts.selectors import BY_USERNAME, people
from accounts.services.users import (
    activate_user,
    deactivate_user,
    dismiss_administrator,
    make_administrator,
)
from accounts.views.units import administrators_only, confirm_page
from riskbase.shared.errors import DomainError
from riskbase.shared.keyset import BadCursor, paginate
from riskbase.shared.requests import AuthenticatedRequest

ACTS: dict[str, tuple[Callable[..., User], object, object]] = {
    "deactivate": (
        deactivate_user,
        gettext_lazy("Deactivate"),
        gettext_lazy(
            "The person can no longer sign in and their tokens stop working. "
            "What they wrote stays."
        ),
    ),
    "activate": (
        activate_user,
        gettext_lazy("Activate"),
        gettext_lazy("The person can sign in again, with the roles held before."),
    ),
    "make-administrator": (
        make_administrator,
        gettext_lazy("Make administrator"),
        gettext_lazy("The person will see and may change everything on this site."),
    ),
    "dismiss-administrator": (
        dismiss_administrator,
        gettext_lazy("Dismiss as administrator"),
        gettext_lazy("The person keeps the roles held in units only."),
    ),
}


@login_required
@require_safe
def person_list(request: AuthenticatedRequest) -> HttpResponse:
    administrators_only(request)
    form = PeopleFilterForm(request.GET or None)
    query = form.cleaned_data["q"] if form.is_valid() else ""
    try:
        page = paginate(
            people(query), ordering=BY_USERNAME, cursor=request.GET.get("cursor")
        )
    except BadCursor as error:
        raise Http404 from error
    context = {"page": page, "form": form, "query": query}
    return render(request, "accounts/person_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def person_change(
    request: AuthenticatedRequest, pk: uuid.UUID, act: str
) -> HttpResponse:
    """Ask, then do one of the acts an administrator has over an account."""
    administrators_only(request)
    if act not in ACTS:
        raise Http404
    person = get_object_or_404(people(), pk=pk)
    service, label, text = ACTS[act]
    if request.method == "POST":
        try:
            service(user=person, by=request.user)
        except DomainError as refusal:
            messages.error(request, str(refusal.message))
        else:
            messages.success(request, _("The account is changed."))
        return redirect("accounts:person-list")
    return confirm_page(
        request,
        title=f"{label}: {person}",
        text=str(text),
        action=str(label),
        cancel=reverse("accounts:person-list"),
    )
