"""A person's API tokens."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.forms.profile import TokenForm
from accounts.selectors import tokens_of
from accounts.services.tokens import create_token, revoke_token
from riskbase.shared.errors import DomainError
from riskbase.shared.requests import AuthenticatedRequest


@login_required
@require_safe
def token_list(request: AuthenticatedRequest) -> HttpResponse:
    context = {"tokens": tokens_of(request.user), "now": timezone.now()}
    return render(request, "accounts/token_list.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def token_create(request: AuthenticatedRequest) -> HttpResponse:
    """Make a token; the answer itself shows the secret, which is kept nowhere."""
    form = TokenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            token, secret = create_token(by=request.user, **form.cleaned_data)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            context = {
                "token": token,
                "secret": secret,
                "address": request.build_absolute_uri("/api/v1/me/"),
            }
            return render(request, "accounts/token_created.html", context)
    return render(request, "accounts/token_form.html", {"form": form})


@login_required
@require_http_methods(["GET", "POST"])
def token_revoke(request: AuthenticatedRequest, pk: uuid.UUID) -> HttpResponse:
    token = get_object_or_404(tokens_of(request.user), id=pk)
    if request.method == "POST":
        revoke_token(token=token, by=request.user)
        messages.success(request, _("The token is revoked."))
        return redirect("accounts:token-list")
    return render(request, "accounts/token_confirm_revoke.html", {"token": token})
