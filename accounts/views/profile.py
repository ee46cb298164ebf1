"""A person's own profile, and the language of the site."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.forms.profile import ProfileForm
from accounts.selectors import rights_of
from accounts.services.users import change_profile
from riskbase.shared.errors import DomainError
from riskbase.shared.requests import AuthenticatedRequest


@login_required
@require_http_methods(["GET", "POST"])
def profile(request: AuthenticatedRequest) -> HttpResponse:
    """Show and change the person's own account; a new language holds at once."""
    form = ProfileForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            user = change_profile(
                user=request.user, by=request.user, **form.cleaned_data
            )
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            with translation.override(user.language):
                messages.success(request, _("Your profile is saved."))
            return _remember_language(redirect("accounts:profile"), user.language)
    context = {"form": form, "rights": rights_of(request.user)}
    return render(request, "accounts/profile.html", context)


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Switch the language: in the cookie, and in the profile of who is signed in."""
    address = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    response = HttpResponseRedirect(address if safe else "/")
    language = request.POST.get("language", "")
    if language not in dict(settings.LANGUAGES) or not check_for_language(language):
        return response
    if request.user.is_authenticated:
        change_profile(user=request.user, by=request.user, language=language)
    return _remember_language(response, language)


def _remember_language(response: HttpResponse, language: str) -> HttpResponse:
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE or 365 * 24 * 3600,
        path=settings.LANGUAGE_COOKIE_PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response
