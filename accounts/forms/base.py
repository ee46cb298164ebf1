"""A form that can show what a service refused."""

from django import forms

from riskbase.shared.errors import DomainError
from riskbase.shared.lines import lines


class DomainForm(forms.Form):
    """Keeps what was typed and says why the domain said no."""

    def full_clean(self) -> None:
        """Check the form; lines end in one way, whatever the browser sends."""
        super().full_clean()
        values = getattr(self, "cleaned_data", {})
        for name, value in values.items():
            # Not a member of an enumeration, which is text too.
            if type(value) is str:
                values[name] = lines(value)

    def refuse(self, refusal: DomainError) -> None:
        """Show the refusal at its field, or above the form."""
        field = refusal.field if refusal.field in self.fields else None
        self.add_error(field, str(refusal.message))
