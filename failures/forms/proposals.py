"""Proposing a change, and answering."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.base import DomainForm
from failures.choices import ProposalState
from failures.services.proposals import LONGEST


class ProposalForm(DomainForm):
    """What should be changed, and how."""

    target = forms.ChoiceField(label=_("What should change"), required=False)
    text = forms.CharField(
        label=_("Proposed change"),
        help_text=_(
            "How should it read or be done, so that this failure shows earlier?"
        ),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, targets: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["target"].choices = [("", _("A new one")), *targets.items()]  # type: ignore[attr-defined]


class DecisionOnProposalForm(DomainForm):
    """Yes or no, and why."""

    state = forms.ChoiceField(
        label=_("Decision"), choices=ProposalState.choices, widget=forms.RadioSelect
    )
    answer = forms.CharField(
        label=_("Answer"),
        help_text=_("Declining needs a reason."),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ProposalFilterForm(forms.Form):
    """Which proposals are shown."""

    state = forms.ChoiceField(
        label=_("State"),
        choices=[("", _("All")), *ProposalState.choices],
        required=False,
    )
