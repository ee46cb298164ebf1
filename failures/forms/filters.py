"""GET forms that narrow a list; whatever is not valid counts as not asked."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from failures.choices import (
    FIRST_DAY,
    LAST_DAY,
    Origin,
    OutcomeClass,
    PostmortemState,
    PracticeKind,
    Reliability,
    Sector,
    Severity,
    Stage,
    Visibility,
)

Choices = Sequence[tuple[str, Any]]


def _select(label: Any, choices: Any, everything: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=[("", everything), *choices], required=False
    )


class FilterForm(forms.Form):
    """A form that never refuses: `asked` holds what is valid."""

    def asked(self) -> dict[str, Any]:
        """Return the valid values that were given."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class PostmortemFilterForm(FilterForm):
    """Words and facets of the list of post-mortems."""

    q = forms.CharField(
        label=_("Search"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    cause = forms.ChoiceField(label=_("Cause"), required=False)
    stage = _select(_("Stage of origin"), Stage.choices, _("Any stage"))
    sector = _select(_("Sector"), Sector.choices, _("Any sector"))
    outcome = _select(_("How it ended"), OutcomeClass.choices, _("Any outcome"))
    severity = _select(_("Severity"), Severity.choices, _("Any severity"))
    year = forms.IntegerField(
        label=_("Year"),
        required=False,
        min_value=FIRST_DAY.year,
        max_value=LAST_DAY.year,
    )
    origin = _select(_("Origin"), Origin.choices, _("Own and outside"))
    state = _select(_("State"), PostmortemState.choices, _("Any state"))
    visibility = _select(_("Readers"), [], _("Any readers"))

    def __init__(self, *args: Any, causes: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cause"].choices = [("", _("Any cause")), *causes]  # type: ignore[attr-defined]
        # The words up to the colon: the whole explanation belongs to the form.
        self.fields["visibility"].choices = [  # type: ignore[attr-defined]
            ("", _("Any readers")),
            *(
                (value, str(label).split(":")[0].split("：")[0])
                for value, label in Visibility.choices
            ),
        ]
        self.fields["year"].widget.attrs["placeholder"] = str(
            dt.datetime.now(tz=dt.UTC).year
        )


class PracticeFilterForm(FilterForm):
    """Words and facets of the catalog."""

    q = forms.CharField(
        label=_("Search"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    cause = forms.ChoiceField(label=_("Against the cause"), required=False)
    kind = _select(_("Kind"), PracticeKind.choices, _("Any kind"))

    def __init__(self, *args: Any, causes: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cause"].choices = [("", _("Any cause")), *causes]  # type: ignore[attr-defined]


class RateFilterForm(FilterForm):
    """Facets of the published base rates."""

    cause = forms.ChoiceField(label=_("Cause"), required=False)
    reliability = _select(_("Reliability"), Reliability.choices, _("Any reliability"))

    def __init__(self, *args: Any, causes: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cause"].choices = [("", _("Any cause")), *causes]  # type: ignore[attr-defined]
