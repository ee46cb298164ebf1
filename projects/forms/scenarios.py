"""The form of a scenario: its name, and the practices taken as working."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.base import DomainForm
from projects.selectors.grounds import Ground, practices_beside
from riskbase.shared.templatetags.riskbase import localized


class ScenarioForm(DomainForm):
    """Name and practices; the answers are read beside it, as in an intake."""

    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        help_text=_("What you would change, in a few words."),
    )
    practices = forms.MultipleChoiceField(
        label=_("Practices taken as working"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Verified practices of the project count already."),
    )

    def __init__(self, *args: Any, ground: Ground, **options: Any) -> None:
        super().__init__(*args, **options)
        offered: Any = self.fields["practices"]
        offered.choices = sorted(
            ((each.slug, localized(each.title)) for each in practices_beside(ground)),
            key=lambda pair: str(pair[1]).casefold(),
        )

    @property
    def chosen(self) -> list[str]:
        """The practices ticked, of a form that need not be valid as a whole."""
        if not self.is_bound:
            return list(self.initial.get("practices", []))
        offered: Any = self.fields["practices"]
        known = {slug for slug, _label in offered.choices}
        return [slug for slug in self["practices"].value() or [] if slug in known]
