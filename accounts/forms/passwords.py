"""The login library's form for a forgotten password, saved by our service."""

from allauth.account.forms import ResetPasswordKeyForm as LibraryForm

from accounts.services.users import reset_password


class ResetPasswordKeyForm(LibraryForm):  # type: ignore[misc]
    """Ends more than a change does: whoever knew the old password is locked out."""

    def save(self) -> None:
        reset_password(user=self.user, password=self.cleaned_data["password1"])
