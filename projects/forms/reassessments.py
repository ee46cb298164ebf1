"""The form that sets another date for the next assessment."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.base import DomainForm
from projects.forms.money import day_field


class ReassessmentForm(DomainForm):
    """The day, and why it is another one."""

    on = day_field(
        _("Assess again by"),
        _("It holds until the next assessment or change of stage."),
        required=True,
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
