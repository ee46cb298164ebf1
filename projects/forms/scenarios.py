"""The form of a scenario: its name, and the practices taken as working."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.base import DomainForm
from failures.models import Practice
from projects.selectors.grounds import Ground, practices_by_promise
from riskbase.shared.templatetags.riskbase import localized

STRONGEST = 12
"""Practices shown before all others: more would hide the choice in a list."""


class PracticeGroup(NamedTuple):
    """Practices under one heading: slug, name, and whether it is ticked."""

    title: str
    pairs: list[tuple[str, str, bool]]
    is_open: bool


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
        strongest, others = practices_by_promise(ground, STRONGEST)
        offered.choices = [
            (_("The strongest against this result"), _named(strongest)),
            (_("All others, by name"), sorted(_named(others), key=_by_name)),
        ]

    @property
    def chosen(self) -> list[str]:
        """The practices ticked, of a form that need not be valid as a whole."""
        if not self.is_bound:
            return list(self.initial.get("practices", []))
        offered: Any = self.fields["practices"]
        known = {slug for _group, pairs in offered.choices for slug, _name in pairs}
        return [slug for slug in self["practices"].value() or [] if slug in known]

    @property
    def practice_groups(self) -> list[PracticeGroup]:
        """The practices by group; a group is open where it is short or has a tick."""
        offered: Any = self.fields["practices"]
        ticked = set(self.chosen)
        return [
            PracticeGroup(
                title,
                [(slug, name, slug in ticked) for slug, name in pairs],
                is_open=len(pairs) <= STRONGEST,
            )
            for title, pairs in offered.choices
            if pairs
        ]


def _named(practices: Iterable[Practice]) -> list[tuple[str, str]]:
    return [(each.slug, localized(each.title)) for each in practices]


def _by_name(pair: tuple[str, str]) -> str:
    return pair[1].casefold()
