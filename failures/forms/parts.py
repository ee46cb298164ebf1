"""Forms of what belongs to a record: timeline, codings, follow-ups."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.base import DomainForm
from accounts.models import User
from failures.choices import (
    WITHIN_RANGE,
    ActionKind,
    ActionState,
    CauseRole,
    Confidence,
    Priority,
    Stage,
    StepKind,
)
from failures.forms.versions import VersionedForm
from failures.models import Attachment, Postmortem
from failures.selectors.people import possible_owners

LONGEST_TEXT = 20_000
ROLE_HELP = {
    CauseRole.ROOT: _("Without it the failure would not have happened."),
    CauseRole.CONTRIBUTING: _("It made the failure likelier or worse."),
    CauseRole.TRIGGER: _("It set the failure off at that moment."),
    CauseRole.DETECTION_GAP: _("It kept the failure from being noticed."),
}
CONFIDENCE_HELP = {
    Confidence.KNOWN: _("The evidence leaves no reasonable doubt."),
    Confidence.PROBABLE: _("Likelier than not."),
    Confidence.POSSIBLE: _("Cannot be ruled out. Does not count in statistics."),
}


def _explained(choices: Any, words: Any) -> list[tuple[str, str]]:
    return [(member.value, f"{member.label}. {words[member]}") for member in choices]


class TimelineForm(VersionedForm):
    """A dated step."""

    on = forms.DateField(
        label=_("Date"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        validators=WITHIN_RANGE,
    )
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=StepKind.choices,
        initial=StepKind.EVENT,
        required=False,
    )
    text = forms.CharField(
        label=_("What happened"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    known_then = forms.CharField(
        label=_("What was known then"),
        help_text=_("Not what we know today: what people could know on that day."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    evidence_url = forms.URLField(
        label=_("Link to evidence"),
        required=False,
        max_length=500,
        assume_scheme="https",
    )

    def clean_kind(self) -> str:
        return self.cleaned_data["kind"] or StepKind.EVENT.value


class CorrectionForm(TimelineForm):
    """A step said anew; the earlier wording stays."""

    reason = forms.CharField(
        label=_("Reason for the correction"), required=False, max_length=400
    )


class CodingForm(VersionedForm):
    """A cause's part in the failure."""

    role = forms.ChoiceField(label=_("Role"), widget=forms.RadioSelect)
    confidence = forms.ChoiceField(label=_("Confidence"), widget=forms.RadioSelect)
    evidence = forms.CharField(
        label=_("Evidence"),
        help_text=_(
            "What shows that this cause was at work? Publication needs it for at least one cause."
        ),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    evidence_url = forms.URLField(
        label=_("Link to evidence"),
        help_text=_("A report, a notebook, a ticket."),
        required=False,
        max_length=500,
        assume_scheme="https",
    )
    evidence_file = forms.ChoiceField(
        label=_("File of evidence"),
        help_text=_("One of the files beside this record."),
        required=False,
    )
    quote = forms.CharField(
        label=_("Quotation"),
        help_text=_("The words of a report or message that show it."),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    stage_detectable = forms.ChoiceField(
        label=_("Earliest stage where it could have been seen"),
        choices=[("", _("Not said")), *Stage.choices],
        required=False,
    )
    mechanism = forms.CharField(
        label=_("Mechanism"),
        help_text=_("How the cause led to the failure, step by step."),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self, *args: Any, files: Mapping[str, Attachment], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        held = self.initial.get("evidence_file")
        names = {sha256: str(file) for sha256, file in files.items()}
        if held and held not in names:
            names[held] = str(_("A file that was taken away"))
        self.fields["evidence_file"].choices = [("", _("No file")), *names.items()]  # type: ignore[attr-defined]
        self.fields["role"].choices = _explained(CauseRole, ROLE_HELP)  # type: ignore[attr-defined]
        self.fields["confidence"].choices = _explained(  # type: ignore[attr-defined]
            Confidence, CONFIDENCE_HELP
        )


class ActionForm(VersionedForm):
    """A follow-up."""

    text = forms.CharField(
        label=_("Action"),
        help_text=_("One change that somebody can finish."),
        max_length=400,
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=ActionKind.choices)
    cause_slug = forms.ChoiceField(label=_("Against which cause"), required=False)
    owner = forms.ModelChoiceField(
        label=_("Owner"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("Nobody yet"),
    )
    due_on = forms.DateField(
        label=_("Due on"),
        required=False,
        validators=WITHIN_RANGE,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    priority = forms.ChoiceField(
        label=_("Priority"),
        choices=Priority.choices,
        initial=Priority.NORMAL,
        required=False,
    )
    link = forms.URLField(
        label=_("Link"),
        help_text=_("The ticket in your tracker, for example."),
        required=False,
        max_length=500,
        assume_scheme="https",
    )
    success_check = forms.CharField(
        label=_("How we will see that it works"),
        help_text=_("Done is not verified: name the check that will show it."),
        required=False,
        max_length=400,
    )

    def clean_priority(self) -> str:
        return self.cleaned_data["priority"] or Priority.NORMAL.value

    def __init__(
        self,
        *args: Any,
        postmortem: Postmortem,
        causes: list[tuple[str, str]] | None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if causes is None:
            # Sealed: who may not know the causes neither sees nor changes this one.
            del self.fields["cause_slug"]
        else:
            self.fields["cause_slug"].choices = [("", _("None in particular")), *causes]  # type: ignore[attr-defined]
        self.fields["owner"].queryset = possible_owners(postmortem)  # type: ignore[attr-defined]


class ActionStateForm(DomainForm):
    """Moves a follow-up on."""

    state = forms.ChoiceField(label=_("State"), choices=ActionState.choices)
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Needed when it will not be done."),
        required=False,
        max_length=400,
    )
    verification = forms.CharField(
        label=_("What showed that it works"),
        help_text=_("Needed for “Verified”: the result of the check, or a link to it."),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    verification_url = forms.URLField(
        label=_("Link to the evidence"),
        required=False,
        max_length=500,
        assume_scheme="https",
    )

    @property
    def evidence(self) -> dict[str, str]:
        """What was given to show that it works."""
        names = ("verification", "verification_url")
        return {name: self.cleaned_data.get(name, "") for name in names}
