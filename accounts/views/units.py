"""The tree of units; administrators change it."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.forms.units import UnitForm, UnitNameForm, UnitParentForm
from accounts.models import Unit
from accounts.permissions import is_administrator
from accounts.selectors import unit_sheet, unit_tree, visible_units
from accounts.services.units import create_unit, delete_unit, move_unit, rename_unit
from riskbase.shared.errors import DomainError
from riskbase.shared.keyset import BadCursor
from riskbase.shared.requests import AuthenticatedRequest


@login_required
@require_safe
def unit_list(request: AuthenticatedRequest) -> HttpResponse:
    context = {
        "tree": unit_tree(request.user),
        "may_administer": is_administrator(request.user),
    }
    return render(request, "accounts/unit_list.html", context)


@login_required
@require_safe
def unit_detail(request: AuthenticatedRequest, pk: uuid.UUID) -> HttpResponse:
    unit = visible_unit(request, pk)
    try:
        sheet = unit_sheet(request.user, unit, cursor=request.GET.get("cursor"))
    except BadCursor as error:
        raise Http404 from error
    context = {"sheet": sheet, "unit": unit, "parents": unit_path(sheet.parents)}
    return render(request, "accounts/unit_detail.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def unit_create(request: AuthenticatedRequest) -> HttpResponse:
    """Add a unit, by default below the unit named in the address."""
    administrators_only(request)
    form = UnitForm(
        request.POST or None,
        parents=visible_units(request.user),
        initial={"parent": request.GET.get("parent")},
    )
    if request.method == "POST" and form.is_valid():
        try:
            unit = create_unit(by=request.user, **form.cleaned_data)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("The unit is created."))
            return redirect("accounts:unit-detail", pk=unit.pk)
    words = {"title": _("New unit"), "action": _("Create unit")}
    return form_page(request, form, unit=None, **words)


@login_required
@require_http_methods(["GET", "POST"])
def unit_rename(request: AuthenticatedRequest, pk: uuid.UUID) -> HttpResponse:
    unit = visible_unit(request, pk)
    administrators_only(request)
    form = UnitNameForm(
        request.POST or None, initial={"name": unit.name, "version": unit.version}
    )
    if request.method == "POST" and form.is_valid():
        try:
            rename_unit(
                unit=unit,
                name=form.cleaned_data["name"],
                by=request.user,
                expected_version=form.cleaned_data["version"],
            )
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("The unit is renamed."))
            return redirect("accounts:unit-detail", pk=unit.pk)
    words = {"title": _("Rename unit"), "action": _("Rename")}
    return form_page(request, form, unit=unit, **words)


@login_required
@require_http_methods(["GET", "POST"])
def unit_move(request: AuthenticatedRequest, pk: uuid.UUID) -> HttpResponse:
    unit = visible_unit(request, pk)
    administrators_only(request)
    form = UnitParentForm(
        request.POST or None,
        parents=visible_units(request.user),
        initial={"parent": unit.parent_id, "version": unit.version},
    )
    if request.method == "POST" and form.is_valid():
        try:
            move_unit(
                unit=unit,
                parent=form.cleaned_data["parent"],
                by=request.user,
                expected_version=form.cleaned_data["version"],
            )
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("The unit is moved."))
            return redirect("accounts:unit-detail", pk=unit.pk)
    words = {"title": _("Move unit"), "action": _("Move")}
    return form_page(request, form, unit=unit, **words)


@login_required
@require_http_methods(["GET", "POST"])
def unit_delete(request: AuthenticatedRequest, pk: uuid.UUID) -> HttpResponse:
    unit = visible_unit(request, pk)
    administrators_only(request)
    if request.method == "POST":
        try:
            delete_unit(unit=unit, by=request.user)
        except DomainError as refusal:
            messages.error(request, str(refusal.message))
            return redirect("accounts:unit-detail", pk=pk)
        messages.success(request, _("The unit is deleted."))
        return redirect("accounts:unit-list")
    return confirm_page(
        request,
        title=_("Delete this unit?"),
        text=_("Only an empty unit can be deleted. Roles held in it end."),
        action=_("Delete unit"),
        unit=unit,
    )


def visible_unit(request: AuthenticatedRequest, pk: uuid.UUID) -> Unit:
    """Return the unit, or 404 outside the person's scope."""
    return get_object_or_404(visible_units(request.user), pk=pk)


def administrators_only(request: AuthenticatedRequest) -> None:
    if not is_administrator(request.user):
        raise PermissionDenied


def unit_path(units: Any) -> list[tuple[str, str]]:
    """Return the breadcrumb above a unit."""
    top = [(reverse("accounts:unit-list"), _("Units"))]
    below = [
        (reverse("accounts:unit-detail", args=[unit.pk]), unit.name) for unit in units
    ]
    return top + below


def form_page(
    request: AuthenticatedRequest, form: Any, *, unit: Unit | None, **words: str
) -> HttpResponse:
    """Show a form that stands alone on its page; words: title, subtitle, action."""
    units = [unit] if unit is not None else []
    parents = unit_path(units)
    context = {
        "form": form,
        "parents": parents,
        "words": words,
        "cancel": parents[-1][0],
    }
    return render(request, "accounts/form.html", context)


def confirm_page(
    request: AuthenticatedRequest,
    *,
    unit: Unit | None = None,
    cancel: str = "",
    **words: str,
) -> HttpResponse:
    """Ask before a destructive act; words: title, text, action."""
    parents = unit_path([unit] if unit is not None else [])
    context = {"words": words, "parents": parents, "cancel": cancel or parents[-1][0]}
    return render(request, "accounts/confirm.html", context)
