"""Two people changed the same thing: both texts side by side, nothing lost."""

from dataclasses import dataclass
from typing import Any

from django.forms import BoundField
from django.utils.formats import localize


@dataclass(frozen=True)
class Difference:
    """A field that the two disagree on."""

    label: str
    theirs: str
    mine: str


@dataclass(frozen=True)
class Conflict:
    """What differs, and the form with what was typed, based on their version."""

    form: Any
    differences: list[Difference]


def conflict_of(form: Any, theirs: dict[str, Any]) -> Conflict:
    """Return the conflict of a bound, valid form with the row as it now stands."""
    differences = []
    for field in form.visible_fields():
        before, now = theirs.get(field.name), form.cleaned_data.get(field.name)
        if (before or None) != (now or None):
            differences.append(
                Difference(str(field.label), _shown(field, before), _shown(field, now))
            )
    return Conflict(_rebased(form, theirs["version"]), differences)


def _rebased(form: Any, version: int) -> Any:
    """Return the bound form with the version that saving will now expect."""
    typed = form.data.copy()
    typed[form.add_prefix("version")] = str(version)
    form.data = typed
    return form


def _shown(field: BoundField, value: Any) -> str:
    if value in (None, ""):
        return ""
    labels = _labels(getattr(field.field, "choices", ()))
    key = str(getattr(value, "pk", value))
    return labels.get(key, "") or str(localize(value))


def _labels(choices: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for value, label in choices:
        if isinstance(label, list | tuple):
            found |= _labels(label)
        else:
            found[str(value)] = str(label)
    return found
