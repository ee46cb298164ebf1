"""Units, the roles held in them, and invitations."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import (
    password_validators_help_texts,
    validate_password,
)
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.choices import ROLE_LABELS
from accounts.forms.base import DomainForm
from accounts.models import Unit, User
from accounts.roles import Role
from accounts.selectors import person_named

ROLE_HELP = _(
    "The role holds in this unit and in every unit below it. Viewers read; "
    "contributors also assess projects and write post-mortems; reviewers approve; "
    "managers do all of this and manage members."
)


def role_field() -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=_("Role"),
        choices=list(ROLE_LABELS.items()),
        coerce=Role,
        initial=Role.CONTRIBUTOR.value,
        help_text=ROLE_HELP,
    )


class UnitNameForm(DomainForm):
    """A unit's name."""

    name = forms.CharField(label=_("Name"), max_length=120)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)


class UnitParentForm(DomainForm):
    """Where a unit hangs."""

    parent = forms.ModelChoiceField(
        label=_("Parent unit"),
        queryset=Unit.objects.none(),
        required=False,
        empty_label=_("None: a unit at the top"),
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, parents: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = parents  # type: ignore[attr-defined]


class UnitForm(UnitParentForm, UnitNameForm):
    """A new unit."""

    version = None  # type: ignore[assignment]
    field_order = ["name", "parent"]


class RoleForm(DomainForm):
    """Another role for a member."""

    role = role_field()


class MemberForm(DomainForm):
    """A role for somebody who has an account."""

    person = forms.CharField(
        label=_("User name or e-mail address"),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    role = role_field()

    def clean_person(self) -> User:
        """Return the account meant."""
        person = person_named(self.cleaned_data["person"])
        if person is None:
            raise ValidationError(
                _(
                    "No active account has this name or address. Invite the person instead."
                )
            )
        return person


class InvitationForm(DomainForm):
    """A way in for somebody without an account."""

    email = forms.EmailField(
        label=_("E-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    role = role_field()


class AcceptForm(DomainForm):
    """The account of somebody who was invited."""

    username = forms.CharField(
        label=_("User name"),
        max_length=150,
        validators=[User.username_validator],
        help_text=_("Letters, digits and @/./+/-/_ only."),
        widget=forms.TextInput(attrs={"autocomplete": "username"}),
    )
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
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password_again = forms.CharField(
        label=_("Password again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email
        self.fields["password"].help_text = " ".join(password_validators_help_texts())

    def clean(self) -> dict[str, Any]:
        """Check the password against the rules and its repetition."""
        values = super().clean() or {}
        password = values.get("password")
        if not password:
            return values
        if password != values.pop("password_again", None):
            self.add_error("password_again", _("The two passwords differ."))
        person = User(
            username=values.get("username", ""),
            email=self.email,
            first_name=values.get("first_name", ""),
            last_name=values.get("last_name", ""),
        )
        try:
            validate_password(password, person)
        except ValidationError as error:
            self.add_error("password", error)
        return values


class PeopleFilterForm(forms.Form):
    """Search among accounts."""

    q = forms.CharField(
        label=_("Name or e-mail address"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
