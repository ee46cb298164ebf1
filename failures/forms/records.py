"""Forms of a record: one per step, built from the models' own fields."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator, MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.forms.base import DomainForm
from accounts.models import Unit, User
from failures.choices import WITHIN_RANGE, Precision, Visibility
from failures.coding.amounts import AMOUNTS
from failures.coding.dates import ORDER, PRECISION, contradicting
from failures.forms.steps import HELP, Group, Step
from failures.forms.versions import VersionedForm
from failures.models import Postmortem, PostmortemDetail, PostmortemText
from failures.models.amounts import AmountRefused, amounts_of, columns_of, label_of
from failures.selectors.people import units_to_log_in
from riskbase.shared.money import COMMON, HIGHEST, OTHERS

LONGEST_TEXT = 20_000
MODELS: tuple[type[models.Model], ...] = (Postmortem, PostmortemText, PostmortemDetail)
NOT_SAID = ("", _("Not said"))
PRECISIONS = frozenset(PRECISION.values())
TOGETHER = (
    frozenset({*AMOUNTS, "currency", "cost_basis"}),
    *(frozenset(pair) for pair in PRECISION.items()),
)
"""Fields that mean something together alone: whoever changes one has changed them all."""
ROWS = {"summary": 4, "intended": 4, "actual": 8, "diagnosis": 6, "lessons": 5}


def field_for(name: str) -> Any:
    """Return the form field of a record's field, prose's or detail's, with its help."""
    if name in AMOUNTS:
        label = str(label_of(name))
        return forms.DecimalField(
            label=label[:1].upper() + label[1:],
            min_value=0,
            max_value=HIGHEST,
            required=False,
        )
    if name == "currency":
        return forms.ChoiceField(
            label=_("Currency"),
            choices=[NOT_SAID, *((code, code) for code in (*COMMON, *OTHERS))],
            required=False,
        )
    model_field = _model_field(name)
    field: Any = model_field.formfield()
    field.required = False
    # Not a ModelForm: the ranges that the columns hold must be asked for.
    field.validators += model_field.validators
    if name.endswith("_percent"):
        field.validators.append(MaxValueValidator(100))
    if isinstance(field, forms.DateField):
        field.widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        field.validators += WITHIN_RANGE
    elif isinstance(model_field, models.TextField):
        field.validators.append(MaxLengthValidator(LONGEST_TEXT))
        field.widget = forms.Textarea(attrs={"rows": ROWS.get(name, 3)})
    elif model_field.choices and model_field.blank:
        field.choices = [NOT_SAID, *model_field.choices]
    return field


def _model_field(name: str) -> Any:
    for model in MODELS:
        if any(field.name == name for field in model._meta.get_fields()):
            return model._meta.get_field(name)
    raise KeyError(name)


class StepForm(VersionedForm):
    """One step of the guided form; every field is optional until publication."""

    base = forms.CharField(widget=forms.HiddenInput, required=False, max_length=5_000)
    """Marks of what the form was filled from, as JSON: field -> mark."""

    def __init__(self, *args: Any, step: Step, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.step = step
        self.initial["base"] = self.marks_of(self.initial)
        for name in step.fields:
            field = field_for(name)
            field.help_text = field.help_text or HELP.get(name, "")
            self.fields[name] = field

    def groups(self) -> Iterator[tuple[Group, list[list[forms.BoundField]]]]:
        """Yield each group with its rows of fields; a precision stands by its date."""
        for group in self.step.groups:
            yield (
                group,
                [
                    [self[each] for each in (name, PRECISION.get(name)) if each]
                    for name in group.fields
                    if name not in PRECISIONS
                ],
            )

    @property
    def unfolded(self) -> list[Group]:
        """Groups that must stand open, because a field of theirs has an error."""
        return [
            group
            for group in self.step.groups
            if any(name in self.errors for name in group.fields)
        ]

    def clean_title(self) -> str:
        title: str = self.cleaned_data["title"].strip()
        return title

    def clean(self) -> dict[str, Any]:
        values = self.cleaned_data
        if "language" in self.fields and not values.get("language"):
            values.pop("language", None)
        for name in PRECISIONS:
            if not values.get(name):
                values.pop(name, None)
        self._check_dates(values)
        self._check_cost(values)
        self._check_affected(values)
        return values

    def _check_dates(self, values: Mapping[str, Any]) -> None:
        known = {
            name: (day, values.get(PRECISION[name], Precision.DAY))
            for name in ORDER
            if (day := values.get(name))
        }
        for name in contradicting(known):
            self.add_error(name, _("It cannot come before what must precede it."))

    def _check_affected(self, values: Mapping[str, Any]) -> None:
        low, high = values.get("affected_low"), values.get("affected_high")
        if low is not None and high is not None and low > high:
            words = _("At least cannot be more than at most.")
            self.add_error("affected_low", words)
            self.add_error("affected_high", words)

    def _check_cost(self, values: dict[str, Any]) -> None:
        try:
            self._amounts(values)
        except AmountRefused as refusal:
            self.add_error(refusal.field, refusal.sentence)

    def _amounts(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return the columns of the amounts, none where one of them is at fault."""
        if not {*AMOUNTS, "currency"} <= values.keys():
            return {}
        amounts = {name: values[name] for name in AMOUNTS}
        is_given = any(amount is not None for amount in amounts.values())
        return columns_of(amounts, values["currency"] if is_given else "")

    def values(self) -> dict[str, Any]:
        """Return the valid fields as the service takes them."""
        values = {
            name: value
            for name, value in self.cleaned_data.items()
            if name not in {"version", "base", "currency", *AMOUNTS}
        }
        return values | self._amounts(self.cleaned_data)

    def marks(self) -> dict[str, Any]:
        """Return the marks of what the form was filled from; none if it does not tell."""
        try:
            told = json.loads(self.cleaned_data.get("base") or "{}")
        except (ValueError, RecursionError):
            told = {}
        return told if isinstance(told, dict) else {}

    def as_filled(self, values: Mapping[str, Any]) -> set[str]:
        """Return the fields in which `values` say what the form was filled from."""
        marks = self.marks()
        found = {
            name
            for name in self.step.fields
            if name in values and marks.get(name) == mark_of(values[name])
        }
        for together in TOGETHER:
            mine = together & set(self.step.fields)
            if not mine <= found:
                found -= mine
        return found

    def marks_of(self, values: Mapping[str, Any]) -> str:
        """Return the marks of these values, as the page keeps them."""
        marks = {name: mark_of(values.get(name)) for name in self.step.fields}
        return json.dumps(marks)

    def start_from(self, version: int, values: Mapping[str, Any]) -> None:
        """Let the next save of what was typed build on `version`, which says `values`."""
        self.rebase(version)
        self.data["base"] = self.marks_of(values)  # type: ignore[index]

    def adopt(self, values: Mapping[str, Any]) -> None:
        """Put these values in the place of what was sent."""
        data = self.data.copy()  # type: ignore[attr-defined]
        for name, value in values.items():
            field = self.fields[name]
            shown = field.widget.format_value(field.prepare_value(value))
            data[name] = (
                (shown[0] if shown else "") if isinstance(shown, list) else shown
            )
            data[name] = "" if data[name] is None else data[name]
        self.data = data


def mark_of(value: Any) -> str:
    """Return a short digest of a value of a form; blanks of any kind are one."""
    if isinstance(value, Decimal):
        value = value.normalize()
    text = "" if value is None else str(value)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def initial_of(
    step: Step, parts: tuple[Postmortem, PostmortemText, PostmortemDetail]
) -> dict[str, Any]:
    """Return what the record holds, as the form of `step` shows it."""
    record = parts[0]
    initial: dict[str, Any] = {"version": record.version}
    amounts = amounts_of(record)
    for name in step.fields:
        if name in amounts:
            initial[name] = amounts[name]
            continue
        home = next(part for part in parts if hasattr(part, name))
        initial[name] = getattr(home, name)
    return initial


class DraftForm(DomainForm):
    """Starts a record: the unit and a title, the reference class where it is known."""

    title = forms.CharField(label=_("Title"), max_length=200, help_text=HELP["title"])
    unit = forms.ModelChoiceField(
        label=_("Unit"),
        queryset=Unit.objects.none(),
        help_text=_("The unit whose record this is. Its reviewers publish it."),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units_to_log_in(user)  # type: ignore[attr-defined]
        for name in ("sector", "task", "modality", "sourcing"):
            self.fields[name] = field_for(name)
            self.fields[name].help_text = HELP[name]

    def facts(self) -> dict[str, Any]:
        """Return what is known besides unit and title."""
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name not in {"unit", "title"}
        }


class VisibilityForm(DomainForm):
    """Who may read the record."""

    visibility = forms.ChoiceField(
        label=_("Who may read it"),
        choices=Visibility.choices,
        widget=forms.RadioSelect,
    )


class ReasonForm(DomainForm):
    """Why a record goes back."""

    reason = forms.CharField(
        label=_("What should change"),
        help_text=_("The author reads this. Say what is missing or unclear."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
