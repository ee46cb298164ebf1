"""The filter of the list of follow-ups."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from failures.choices import ActionState, Priority
from failures.selectors.follow_ups import Wanted

STATES = [
    ("waiting", _("Not verified yet")),
    ("overdue", _("Overdue")),
    ("", _("All")),
    *ActionState.choices,
]


class FollowUpFilterForm(forms.Form):
    """What is shown; without a choice, what is not verified yet."""

    state = forms.ChoiceField(label=_("State"), choices=STATES, required=False)
    priority = forms.ChoiceField(
        label=_("Priority"), choices=[("", _("All")), *Priority.choices], required=False
    )
    mine = forms.BooleanField(label=_("Only mine"), required=False)

    def wanted(self) -> Wanted:
        """Return the valid choices; a faulty one counts as none."""
        if not self.is_bound or "state" not in self.data:
            return Wanted(state="waiting", **self._rest())
        self.full_clean()
        return Wanted(state=self.cleaned_data.get("state", ""), **self._rest())

    def _rest(self) -> dict[str, Any]:
        if not self.is_bound:
            return {}
        self.full_clean()
        values = self.cleaned_data
        return {
            "mine": values.get("mine", False),
            "priority": values.get("priority", ""),
        }
