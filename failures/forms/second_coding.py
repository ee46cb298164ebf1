"""Forms of the second coding: who codes, and what is kept of both."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.base import DomainForm
from accounts.models import User
from failures.choices import CauseRole, Confidence
from failures.forms.parts import LONGEST_TEXT
from failures.models import Postmortem
from failures.selectors.people import possible_second_coders
from failures.selectors.second_coding import Row


class SecondCoderForm(DomainForm):
    """Chooses who codes the record apart."""

    coder = forms.ModelChoiceField(
        label=_("Second coder"),
        help_text=_(
            "Somebody who has not coded it. They see the story, not the causes."
        ),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("Nobody yet"),
    )

    def __init__(self, *args: Any, postmortem: Postmortem, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["coder"].queryset = possible_second_coders(postmortem)  # type: ignore[attr-defined]


class DecisionForm(DomainForm):
    """Which of the named causes stay, in which role and how sure."""

    note = forms.CharField(
        label=_("Why so"),
        help_text=_("What decided between the two. It stays with the record."),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, rows: Sequence[Row], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = rows
        for number, row in enumerate(rows):
            said = row.first or row.second or {}
            both = row.first is not None and row.second is not None
            self.fields[f"keep_{number}"] = forms.BooleanField(
                label=_("Keep"), required=False, initial=both
            )
            self.fields[f"role_{number}"] = forms.ChoiceField(
                label=_("Role"), choices=CauseRole.choices, initial=said.get("role")
            )
            self.fields[f"confidence_{number}"] = forms.ChoiceField(
                label=_("Confidence"),
                choices=Confidence.choices,
                initial=said.get("confidence"),
            )

    def lines(self) -> Iterator[tuple[Row, list[forms.BoundField]]]:
        """Yield each row with its three fields."""
        for number, row in enumerate(self.rows):
            names = (f"{part}_{number}" for part in ("keep", "role", "confidence"))
            yield row, [self[name] for name in names]

    @property
    def kept(self) -> list[dict[str, str]]:
        """The causes that stay."""
        values = self.cleaned_data
        return [
            {
                "cause": row.cause,
                "role": values[f"role_{number}"],
                "confidence": values[f"confidence_{number}"],
            }
            for number, row in enumerate(self.rows)
            if values[f"keep_{number}"]
        ]
