"""Forms of projects: facts and prose, and the filters of the list."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit, User
from failures.choices import Modality, Sector, Sourcing, Task
from projects.choices import PROJECT_STAGES, OutcomeKind, ProjectState, Tier
from projects.forms.money import MoneyForm, day_field, offer
from projects.models import Project
from projects.selectors.projects import people_of
from riskbase.shared.money import amount_of

FACTS = (
    "name",
    "stage",
    "sector",
    "task",
    "modality",
    "sourcing",
    "started_on",
    "due_on",
    "currency",
    "unit",
    "owner",
)
TEXTS = ("goal", "description")


class Part(NamedTuple):
    """Fields that belong together on the page."""

    title: Any
    help: Any
    wide: list[forms.BoundField]
    rows: list[forms.BoundField]


def _any(label: Any, choices: Any) -> list[Any]:
    return [("", label), *choices]


class ProjectForm(MoneyForm):
    """Facts of a project; `version` tells which state the person was looking at."""

    name = forms.CharField(
        label=_("Name"),
        max_length=160,
        help_text=_("What people call it. The reference number is given for you."),
    )
    goal = forms.CharField(
        label=_("Goal, and the decision it changes"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "What will somebody do differently with the result? Leave the tool out."
        ),
    )
    description = forms.CharField(
        label=_("Description"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    unit = forms.ModelChoiceField(
        label=_("Unit"),
        queryset=Unit.objects.none(),
        empty_label=_("Choose"),
        help_text=_("People with a role in this unit, or above it, see the project."),
    )
    owner = forms.ModelChoiceField(
        label=_("Owner"),
        queryset=User.objects.none(),
        help_text=_("Answers for the project."),
    )
    stage = forms.ChoiceField(label=_("Stage"), choices=PROJECT_STAGES)
    sector = forms.ChoiceField(
        label=_("Sector"), choices=_any(_("Choose"), Sector.choices)
    )
    task = forms.ChoiceField(
        label=_("Task"), required=False, choices=_any(_("Not known yet"), Task.choices)
    )
    modality = forms.ChoiceField(
        label=_("Kind of data"),
        required=False,
        choices=_any(_("Not known yet"), Modality.choices),
    )
    sourcing = forms.ChoiceField(
        label=_("Build or buy"),
        required=False,
        choices=_any(_("Not known yet"), Sourcing.choices[:-1]),
    )
    started_on = day_field(_("Started on"))
    due_on = day_field(_("Result due on"))
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, units: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["amount"].label = _("Budget")
        offer(self, "unit", units)
        offer(self, "owner", people_of(units))
        if units.count() == 1:
            self.fields["unit"].initial = units.first()
        self.fields["owner"].initial = user

    def parts(self) -> Iterator[Part]:
        """Yield the fields by subject, prose before short fields."""
        yield self._part(_("The project"), "", ("name", *TEXTS), ())
        yield self._part(
            _("Place"), "", (), ("unit", "owner", "stage", "started_on", "due_on")
        )
        yield self._part(
            _("What kind of project"),
            _("Base rates and similar failures are looked up among projects like it."),
            (),
            ("sector", "task", "modality", "sourcing"),
        )
        yield self._part(_("Money"), "", (), ("amount", "currency"))

    def _part(self, title: Any, text: Any, wide: Any, rows: Any) -> Part:
        return Part(title, text, list(self.bound(wide)), list(self.bound(rows)))

    def facts(self) -> dict[str, Any]:
        """Return the facts as the service takes them."""
        cleaned = self.cleaned_data
        facts = {name: cleaned[name] for name in FACTS}
        return {**facts, "budget_minor": cleaned["minor"]}

    def texts(self) -> dict[str, str]:
        """Return the prose as the service takes it."""
        return {name: self.cleaned_data[name] for name in TEXTS}


def initial_of(project: Project) -> dict[str, Any]:
    """Return what the form shows of a project as it stands."""
    prose = getattr(project, "text", None)
    return {
        **{name: getattr(project, name) for name in FACTS},
        **{name: getattr(prose, name, "") for name in TEXTS},
        "amount": amount_of(project.budget_minor, project.currency),
        "version": project.version,
    }


ORDERING_CHOICES = [
    ("-created", _("Newest first")),
    ("created", _("Oldest first")),
    ("-risk", _("Highest risk first")),
    ("name", _("Name")),
    ("due", _("Due first")),
    ("reassess", _("Next assessment first")),
    ("-changed", _("Changed last")),
]


class ProjectFilterForm(forms.Form):
    """Search, filters and order of the list; everything is optional."""

    MORE = ("unit", "stage", "tier", "sector", "outcome", "reassess")

    search = forms.CharField(
        label=_("Search"),
        required=False,
        max_length=160,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=_any(_("Active and closed"), ProjectState.choices),
    )
    ordering = forms.ChoiceField(
        label=_("Order"),
        required=False,
        choices=_any(_("Best match, newest first"), ORDERING_CHOICES),
    )
    unit = forms.ModelChoiceField(
        label=_("Unit"),
        required=False,
        queryset=Unit.objects.none(),
        empty_label=_("All units"),
    )
    stage = forms.ChoiceField(
        label=_("Stage"), required=False, choices=_any(_("Any stage"), PROJECT_STAGES)
    )
    tier = forms.ChoiceField(
        label=_("Tier"),
        required=False,
        choices=[
            *_any(_("Any tier"), reversed(Tier.choices)),
            ("none", _("Not assessed")),
        ],
    )
    sector = forms.ChoiceField(
        label=_("Sector"), required=False, choices=_any(_("Any sector"), Sector.choices)
    )
    outcome = forms.ChoiceField(
        label=_("Outcome"),
        required=False,
        choices=[
            *_any(_("Any outcome"), OutcomeKind.choices),
            ("none", _("None recorded")),
        ],
    )
    reassess = forms.ChoiceField(
        label=_("Next assessment"),
        required=False,
        choices=_any(
            _("Any time"),
            [("soon", _("Due within 30 days")), ("overdue", _("Overdue"))],
        ),
    )
    mine = forms.BooleanField(label=_("Only mine"), required=False)

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.user = user
        offer(self, "unit", Unit.objects.visible_to(user))

    def wanted(self) -> dict[str, Any]:
        """Return what is asked for; a value that is not on offer asks for nothing."""
        self.is_valid()
        asked = {name: value for name, value in self.cleaned_data.items() if value}
        if asked.pop("mine", False):
            asked["owner"] = self.user
        return asked

    def first(self) -> list[forms.BoundField]:
        """Return the fields that are always in sight."""
        return [self[name] for name in self.fields if name not in self.MORE]

    def more(self) -> list[forms.BoundField]:
        """Return the fields that unfold."""
        return [self[name] for name in self.MORE]

    def more_count(self) -> int:
        """Return how many of the unfolding fields filter."""
        return sum(1 for name in self.MORE if self.wanted().get(name))
