"""A person's own account."""

import zoneinfo
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.choices import API_SCOPES
from accounts.forms.base import DomainForm
from accounts.models import User


def time_zones() -> list[tuple[str, str]]:
    """Return the names people look for: regions with their cities, and UTC."""
    names = {name for name in zoneinfo.available_timezones() if "/" in name}
    names = {name for name in names if not name.startswith("Etc/")}
    return [(name, name.replace("_", " ")) for name in sorted({*names, "UTC"})]


class ProfileForm(DomainForm):
    """Names, address, language and time zone."""

    first_name = forms.CharField(
        label=_("First name"),
        max_length=150,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    last_name = forms.CharField(
        label=_("Last name"),
        max_length=150,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=time_zones)
    email = forms.EmailField(
        label=_("E-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    current_password = forms.CharField(
        label=_("Current password"),
        help_text=_("Needed only to change the e-mail address."),
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, data: Any = None, *, user: User) -> None:
        self.user = user
        names = [name for name in self.base_fields if name != "current_password"]
        super().__init__(data, initial={name: getattr(user, name) for name in names})

    def clean(self) -> dict[str, Any]:
        """Ask for the password before the address that resets it changes."""
        values = super().clean() or {}
        password = values.pop("current_password", "")
        changes_email = values.get("email", self.user.email).lower() != self.user.email
        if changes_email and not self.user.check_password(password):
            self.add_error(
                "current_password",
                _("Enter your current password to change the e-mail address."),
            )
        return values


class TokenForm(DomainForm):
    """A new API token."""

    name = forms.CharField(
        label=_("Name"),
        max_length=80,
        help_text=_("What the token is for, so that you know which one to revoke."),
    )
    scopes = forms.MultipleChoiceField(
        label=_("Scopes"),
        choices=list(API_SCOPES.items()),
        initial=["read"],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("A token never does more than you may do yourself."),
    )
    days = forms.TypedChoiceField(
        label=_("Expires after"),
        coerce=int,
        initial=90,
        choices=[
            (7, _("7 days")),
            (30, _("30 days")),
            (90, _("90 days")),
            (365, _("1 year")),
        ],
    )
