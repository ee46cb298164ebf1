"""How accounts come to be: by invitation, or by an administrator."""

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from accounts.models import User
from accounts.services.users import change_password


class InvitationOnlyAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Closes open sign-up: an invitation link creates the account."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return False

    def set_password(self, user: User, password: str) -> None:
        """Leave a trace of the change."""
        change_password(user=user, password=password)

    def format_email_subject(self, subject: str) -> str:
        """Name the product in front of the subject."""
        return f"{settings.SITE_NAME}: {subject}"

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002
        return reverse("accounts:profile")
