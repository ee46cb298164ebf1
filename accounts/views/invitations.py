"""Accepting an invitation: the only way to an account."""

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.forms.units import AcceptForm
from accounts.selectors import invitation_by_token
from accounts.services.invitations import Newcomer, accept_invitation
from riskbase.shared.errors import DomainError


@sensitive_post_parameters("password", "password_again")
@never_cache
@require_http_methods(["GET", "POST"])
def invitation_accept(request: HttpRequest, token: str) -> HttpResponse:
    """Create the account the link invites to, and sign its owner in."""
    now = timezone.now()
    invitation = invitation_by_token(token, at=now)
    if invitation is None:
        return render(request, "accounts/invitation_closed.html", status=404)
    if request.user.is_authenticated:
        return render(request, "accounts/invitation_signed_in.html", {"token": token})
    form = AcceptForm(
        request.POST or None,
        email=invitation.email,
        initial={"language": get_language()},
    )
    if request.method == "POST" and form.is_valid():
        try:
            user = accept_invitation(
                invitation=invitation, newcomer=Newcomer(**form.cleaned_data), at=now
            )
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            login(request, user)
            return redirect("/")
    context = {"form": form, "invitation": invitation}
    return render(request, "accounts/invitation_accept.html", context)
