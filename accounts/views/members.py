"""Roles held in a unit, and invitations into it."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.forms.units import InvitationForm, MemberForm, RoleForm
from accounts.models import Membership, Unit
from accounts.permissions import may
from accounts.roles import Permission
from accounts.selectors import manageable_invitations, visible_memberships
from accounts.services.invitations import (
    Invitee,
    create_invitation,
    revoke_invitation,
)
from accounts.services.memberships import change_role, grant_role, revoke_role
from accounts.views.units import confirm_page, form_page, unit_path, visible_unit
from riskbase.shared.errors import DomainError
from riskbase.shared.requests import AuthenticatedRequest


@login_required
@require_http_methods(["GET", "POST"])
def member_add(request: AuthenticatedRequest, pk: uuid.UUID) -> HttpResponse:
    unit = _managed_unit(request, pk)
    form = MemberForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            grant_role(
                user=values["person"], unit=unit, role=values["role"], by=request.user
            )
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("The person is now a member."))
            return redirect("accounts:unit-detail", pk=unit.pk)
    words = {
        "title": _("Add a member"),
        "subtitle": _("For people who have an account already."),
        "action": _("Add member"),
    }
    return form_page(request, form, unit=unit, **words)


@login_required
@require_http_methods(["GET", "POST"])
def member_change(request: AuthenticatedRequest, pk: uuid.UUID) -> HttpResponse:
    membership = _managed_membership(request, pk)
    form = RoleForm(request.POST or None, initial={"role": membership.role})
    if request.method == "POST" and form.is_valid():
        try:
            change_role(
                membership=membership, role=form.cleaned_data["role"], by=request.user
            )
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("The role is changed."))
            return redirect("accounts:unit-detail", pk=membership.unit_id)
    words = {
        "title": _("Role of %(name)s") % {"name": membership.user},
        "action": _("Change role"),
    }
    return form_page(request, form, unit=membership.unit, **words)


@login_required
@require_http_methods(["GET", "POST"])
def member_remove(request: AuthenticatedRequest, pk: uuid.UUID) -> HttpResponse:
    membership = _managed_membership(request, pk)
    if request.method == "POST":
        try:
            revoke_role(membership=membership, by=request.user)
        except DomainError as refusal:
            messages.error(request, str(refusal.message))
        else:
            messages.success(request, _("The role is revoked."))
        return redirect("accounts:unit-detail", pk=membership.unit_id)
    return confirm_page(
        request,
        title=_("Revoke the role of %(name)s?") % {"name": membership.user},
        text=_("The person loses what this role permits in this unit and below."),
        action=_("Revoke role"),
        unit=membership.unit,
    )


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def invitation_create(request: AuthenticatedRequest, pk: uuid.UUID) -> HttpResponse:
    """Invite by mail; the answer itself shows the link, which is kept nowhere."""
    unit = _managed_unit(request, pk)
    form = InvitationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            invitation, link = create_invitation(
                invitee=Invitee(unit=unit, **form.cleaned_data),
                by=request.user,
                at=timezone.now(),
                link_for=lambda token: request.build_absolute_uri(
                    reverse("accounts:invitation-accept", args=[token])
                ),
            )
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            context = {"invitation": invitation, "link": link, "unit": unit}
            context["parents"] = unit_path([unit])
            return render(request, "accounts/invitation_created.html", context)
    words = {
        "title": _("Invite somebody"),
        "subtitle": _("For people who have no account yet. The link lasts 14 days."),
        "action": _("Send invitation"),
    }
    return form_page(request, form, unit=unit, **words)


@login_required
@require_http_methods(["GET", "POST"])
def invitation_revoke(request: AuthenticatedRequest, pk: uuid.UUID) -> HttpResponse:
    invitation = get_object_or_404(manageable_invitations(request.user), pk=pk)
    if request.method == "POST":
        revoke_invitation(invitation=invitation, by=request.user)
        messages.success(request, _("The invitation is withdrawn."))
        return redirect("accounts:unit-detail", pk=invitation.unit_id)
    return confirm_page(
        request,
        title=_("Withdraw the invitation of %(email)s?") % {"email": invitation.email},
        text=_("The link that was sent will no longer work."),
        action=_("Withdraw invitation"),
        unit=invitation.unit,
    )


def _managed_unit(request: AuthenticatedRequest, pk: uuid.UUID) -> Unit:
    unit = visible_unit(request, pk)
    _managers_only(request, unit)
    return unit


def _managed_membership(request: AuthenticatedRequest, pk: uuid.UUID) -> Membership:
    membership = get_object_or_404(visible_memberships(request.user), pk=pk)
    _managers_only(request, membership.unit)
    return membership


def _managers_only(request: AuthenticatedRequest, unit: Unit) -> None:
    if not may(request.user, Permission.MANAGE_MEMBERS, unit):
        raise PermissionDenied
