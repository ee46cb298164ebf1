"""Starting an assessment, and narrowing the list of them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit, User
from accounts.roles import Permission
from failures.choices import Sector
from projects.choices import AssessmentState, Tier
from projects.models import Project, QuestionnaireVersion
from projects.permissions import can_assess
from riskbase.shared.templatetags.riskbase import localized

RECENT = 200
EXISTING, NEW = "existing", "new"


class QuestionnaireChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Names a version by its title."""

    def label_from_instance(self, obj: QuestionnaireVersion) -> str:
        return localized(obj.document["title"])


class StartForm(forms.Form):
    """A project of before, or a new one in the same step, and a questionnaire."""

    questionnaire = QuestionnaireChoice(
        label=_("Questionnaire"),
        queryset=QuestionnaireVersion.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
    )
    which = forms.ChoiceField(
        label=_("Project"),
        choices=[
            (EXISTING, _("A project that is here already")),
            (NEW, _("A new project")),
        ],
        initial=EXISTING,
        widget=forms.RadioSelect,
    )
    project = forms.ModelChoiceField(
        label=_("Project"),
        queryset=Project.objects.none(),
        required=False,
        help_text=_("The most recently changed projects that you may assess."),
    )
    name = forms.CharField(
        label=_("Name of the project"), max_length=160, required=False
    )
    unit = forms.ModelChoiceField(
        label=_("Unit"), queryset=Unit.objects.none(), required=False
    )
    sector = forms.ChoiceField(
        label=_("Sector"), choices=[("", "---------"), *Sector.choices], required=False
    )

    def __init__(
        self, *args: Any, user: User, project: Project | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        published = QuestionnaireVersion.objects.published().order_by(
            "questionnaire__position"
        )
        self._versions = list(published.values_list("pk", flat=True))
        self.fields["questionnaire"].queryset = published  # type: ignore[attr-defined]
        self.fields["project"].queryset = assessable(user)  # type: ignore[attr-defined]
        self.fields["unit"].queryset = Unit.objects.where(  # type: ignore[attr-defined]
            user, Permission.CREATE_PROJECT
        )
        self.fields["project"].widget.choices = choices_of(user, project)
        self.initial.setdefault("questionnaire", published.first())
        if project is not None:
            self.initial.setdefault("project", project.pk)
        elif not assessable(user).exists():
            self.initial.setdefault("which", NEW)
        units = list(self.fields["unit"].queryset[:2])  # type: ignore[attr-defined]
        if len(units) == 1:
            self.initial.setdefault("unit", units[0].pk)

    @property
    def chosen_questionnaire(self) -> Any:
        """The version that is picked now, for the template."""
        given = self["questionnaire"].value()
        version = getattr(given, "pk", given)
        return next((pk for pk in self._versions if str(pk) == str(version)), None)

    @property
    def chosen_which(self) -> str:
        """Whether an existing or a new project is picked now."""
        return str(self["which"].value())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("which") == EXISTING:
            self._require(cleaned, "project", _("Choose a project."))
        else:
            self._require(cleaned, "name", _("Give the project a name."))
            self._require(cleaned, "unit", _("Choose the unit the project belongs to."))
            self._require(cleaned, "sector", _("Choose a sector."))
        return cleaned

    def _require(self, cleaned: dict[str, Any], name: str, message: Any) -> None:
        if not cleaned.get(name) and name not in self.errors:
            self.add_error(name, message)


class AssessmentFilter(forms.Form):
    """The list's filters; all are optional and live in the address."""

    q = forms.CharField(label=_("Project"), required=False)
    state = forms.ChoiceField(
        label=_("State"),
        choices=[("", _("All states")), *AssessmentState.choices],
        required=False,
    )
    tier = forms.ChoiceField(
        label=_("Tier"), choices=[("", _("All tiers")), *Tier.choices], required=False
    )
    unit = forms.ModelChoiceField(
        label=_("Unit"),
        queryset=Unit.objects.none(),
        empty_label=_("All units"),
        required=False,
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.visible_to(user)  # type: ignore[attr-defined]

    @property
    def chosen(self) -> dict[str, Any]:
        """What was chosen validly; a wrong filter is left out."""
        self.is_valid()
        return self.cleaned_data


def assessable(user: User) -> Any:
    """Return the running projects that `user` may assess."""
    units = Unit.objects.where(user, Permission.ASSESS)
    return Project.objects.active().filter(unit__in=units)


def choices_of(user: User, project: Project | None) -> list[tuple[Any, str]]:
    """Return the projects to choose from, the given one among them."""
    recent = assessable(user).order_by("-updated_at").values_list("pk", "name")[:RECENT]
    choices: list[tuple[Any, str]] = [("", "---------"), *recent]
    known = {pk for pk, _name in recent}
    if project is not None and project.pk not in known and can_assess(user, project):
        choices.append((project.pk, project.name))
    return choices
