"""A form that can show what a service refused."""

from django import forms

from riskbase.shared.errors import DomainError


class DomainForm(forms.Form):
    """Keeps what was typed and says why the domain said no."""

    def refuse(self, refusal: DomainError) -> None:
        """Show the refusal at its field, or above the form."""
        field = refusal.field if refusal.field in self.fields else None
        self.add_error(field, str(refusal.message))
