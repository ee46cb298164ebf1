"""Forms of how a project ended or stands."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.base import DomainForm
from failures.models import Postmortem
from projects.choices import PROJECT_STAGES, OutcomeKind
from projects.forms.money import MoneyForm, day_field, offer
from projects.models import Project

HELP = {
    OutcomeKind.SUCCESS.value: _("It does what it was started for."),
    OutcomeKind.FAILED.value: _("It was used or tried, and did not do what it should."),
    OutcomeKind.ABANDONED.value: _("It was stopped before anybody used it."),
    OutcomeKind.DEGRADED.value: _("It worked once and no longer does."),
    OutcomeKind.NEAR_MISS.value: _("It almost failed; somebody or luck caught it."),
    OutcomeKind.STILL_RUNNING.value: _("Nothing ended: confirm that it goes on."),
}


class OutcomeForm(MoneyForm):
    """An outcome; the kinds come with a sentence each."""

    kind = forms.ChoiceField(
        label=_("How did it end, or how does it stand?"),
        choices=OutcomeKind,
        widget=forms.RadioSelect,
    )
    happened_on = day_field(
        _("Date"), _("The day it ended, or of this confirmation."), required=True
    )
    stage = forms.ChoiceField(label=_("Stage it had reached"), choices=PROJECT_STAGES)
    statement = forms.CharField(
        label=_("In a sentence or two"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What happened, as you would tell a colleague. No names."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["amount"].label = _("Cost until then")
        self.order_fields(["kind", "happened_on", "stage", "statement"])

    def kinds(self) -> list[tuple[str, Any, Any, bool]]:
        """Return (value, label, sentence, is chosen) of each kind."""
        chosen = self["kind"].value()
        return [
            (value, label, HELP[value], value == chosen)
            for value, label in OutcomeKind.choices
        ]

    def facts(self) -> dict[str, Any]:
        """Return the outcome as the service takes it."""
        names = ("kind", "happened_on", "stage", "statement", "currency")
        facts = {name: self.cleaned_data[name] for name in names}
        return {**facts, "cost_minor": self.cleaned_data["minor"]}


def outcome_initial(project: Project, today: Any) -> dict[str, Any]:
    """Return what most people will want to say."""
    return {
        "happened_on": today,
        "stage": project.stage,
        "currency": "",
    }


class RecordChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Names post-mortems by reference and title."""

    def label_from_instance(self, row: Postmortem) -> str:
        titles = [text.title for text in row.texts.all() if text.title]
        return " · ".join([row.reference, *titles[:1]])


class LinkForm(DomainForm):
    """Choice of an existing post-mortem."""

    postmortem = RecordChoice(
        label=_("Post-mortem"),
        queryset=Postmortem.objects.none(),
        empty_label=_("Choose"),
    )

    def __init__(self, *args: Any, records: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "postmortem", records)
