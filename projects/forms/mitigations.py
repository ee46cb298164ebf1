"""Forms of mitigations."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.base import DomainForm
from accounts.models import User
from failures.models import Practice
from projects.forms.money import day_field, offer
from projects.models import Mitigation, Project
from projects.selectors.projects import people_of
from riskbase.shared.templatetags.riskbase import localized

FACTS = ("owner", "due_on", "note")


class PracticeChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Names practices in the reader's language."""

    def label_from_instance(self, row: Practice) -> str:
        return localized(row.title)


class MitigationForm(DomainForm):
    """Who does it, until when."""

    owner = forms.ModelChoiceField(
        label=_("Owner"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("Nobody yet"),
        help_text=_("Does it, or sees that it is done. Another person verifies."),
    )
    due_on = day_field(_("Due on"))
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What exactly will be done here, and how one will see it."),
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, project: Project, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "owner", people_of([project.unit]))

    def facts(self) -> dict[str, Any]:
        """Return the facts as the service takes them."""
        return {name: self.cleaned_data[name] for name in FACTS}


class PlanForm(MitigationForm):
    """A practice of the catalogue, and who does it."""

    practice = PracticeChoice(
        label=_("Practice"),
        queryset=Practice.objects.none(),
        empty_label=_("Choose"),
        to_field_name="slug",
    )

    def __init__(self, *args: Any, practices: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "practice", practices)
        self.order_fields(["practice", "owner", "due_on", "note"])


def initial_of(mitigation: Mitigation) -> dict[str, Any]:
    """Return what the form shows of a mitigation as it stands."""
    facts = {name: getattr(mitigation, name) for name in FACTS}
    return {**facts, "version": mitigation.version}
