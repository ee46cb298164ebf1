"""Forms of a review: whom to ask, and an exception from a gate."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.base import DomainForm
from accounts.models import User
from projects.forms.money import day_field, offer
from projects.models import Assessment
from projects.selectors.reviews import possible_reviewers, section_titles
from projects.services.proceedings import MAX_TEXT
from riskbase.shared.templatetags.riskbase import localized


class AskForm(DomainForm):
    """A reviewer, and the sections they are asked about."""

    reviewer = forms.ModelChoiceField(
        label=_("Reviewer"), queryset=User.objects.none(), empty_label=_("Choose")
    )
    sections = forms.MultipleChoiceField(
        label=_("Sections"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Without a choice they are asked about all of it."),
    )

    def __init__(self, *args: Any, assessment: Assessment, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "reviewer", possible_reviewers(assessment))
        sections: Any = self.fields["sections"]
        sections.choices = [
            (code, localized(title))
            for code, title in section_titles(assessment).items()
        ]


class OverrideForm(DomainForm):
    """Why one should go on although a gate holds, and until when."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=MAX_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What makes it bearable here, and what is done meanwhile."),
    )
    expires_on = day_field(
        _("Valid until"),
        _("The last day on which it counts; at most a year from now."),
        required=True,
    )
