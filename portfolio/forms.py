"""Filters of the register and of the statistics."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit, User
from failures.choices import Stage
from failures.models import FailureCause
from portfolio.selectors.statistics import units_with_statistics
from projects.choices import Tier
from riskbase.shared.templatetags.riskbase import localized

if TYPE_CHECKING:
    from django.forms import ModelChoiceField


class RegisterFilterForm(forms.Form):
    """Filters of the risk register."""

    search = forms.CharField(label=_("Search"), required=False, max_length=100)
    tier = forms.ChoiceField(
        label=_("Tier"),
        required=False,
        choices=[("", _("All tiers")), *Tier.choices, ("none", _("Not assessed"))],
    )
    unit: ModelChoiceField[Unit] = forms.ModelChoiceField(
        label=_("Unit"), queryset=None, required=False, empty_label=_("All units")
    )
    cause = forms.ChoiceField(label=_("Binding cause"), required=False)
    stage = forms.ChoiceField(
        label=_("Stage"),
        required=False,
        choices=[("", _("All stages")), *Stage.choices],
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = self.fields["unit"]
        units.queryset = Unit.objects.visible_to(user)  # type: ignore[attr-defined]
        causes = FailureCause.objects.current().top_level()
        self.fields["cause"].choices = [  # type: ignore[attr-defined]
            ("", _("All causes")),
            *(
                (slug, localized(title))
                for slug, title in causes.values_list("slug", "title")
            ),
        ]

    def wanted(self) -> dict[str, Any]:
        """Return the valid filters; what is not valid filters nothing."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class ScopeForm(forms.Form):
    """The unit whose statistics are shown."""

    unit: ModelChoiceField[Unit] = forms.ModelChoiceField(
        label=_("Unit"),
        queryset=None,
        required=False,
        empty_label=_("Whole organization"),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = self.fields["unit"]
        units.queryset = units_with_statistics(user)  # type: ignore[attr-defined]
