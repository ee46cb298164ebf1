"""Narrowing the audit trail."""

from django import forms
from django.utils.translation import gettext_lazy as _

from riskbase.shared.audit.selectors import target_types


def type_choices() -> list[tuple[str, object]]:
    return [("", _("Any")), *target_types()]


class EventFilterForm(forms.Form):
    """By whom, what, on which kind of object, when."""

    actor = forms.CharField(label=_("User name"), required=False, max_length=150)
    verb = forms.CharField(label=_("Act"), required=False, max_length=60)
    target_type = forms.ChoiceField(
        label=_("Kind of object"), required=False, choices=type_choices
    )
    since = forms.DateField(
        label=_("From"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    until = forms.DateField(
        label=_("To"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
