"""A form of a row that somebody else may have changed meanwhile."""

from typing import Any

from django import forms

from accounts.forms.base import DomainForm


class VersionedForm(DomainForm):
    """Sends back the version that it was filled from."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    @property
    def expected_version(self) -> int | None:
        return self.cleaned_data.get("version")

    @property
    def said(self) -> dict[str, Any]:
        """The valid values besides the version."""
        values = self.cleaned_data.items()
        return {name: value for name, value in values if name != "version"}

    def rebase(self, version: int) -> None:
        """Let the next save of what was typed build on `version`."""
        data = self.data.copy()  # type: ignore[attr-defined]
        data["version"] = str(version)
        self.data = data
