"""Two people changed the same thing: both texts, nothing lost."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.forms import Form
from django.utils.formats import localize

from failures.forms.versions import VersionedForm


@dataclass(frozen=True)
class Difference:
    """A field in which the stored text differs from the typed one."""

    label: str
    theirs: str
    name: str


def differences(form: Form, theirs: Mapping[str, Any]) -> list[Difference]:
    """Return the fields of the valid form that the stored row holds differently."""
    return [
        Difference(str(field.label), _shown(field, theirs.get(name)), name)
        for name, field in form.fields.items()
        if name not in {"version", "base"}
        and _said(theirs.get(name)) != _said(form.cleaned_data.get(name))
    ]


def _said(value: Any) -> Any:
    """Return the value; blanks of any kind are one, but nought and no are none."""
    return None if value is None or value == "" else value


def compared(
    form: VersionedForm, current: Any, names: Iterable[str]
) -> list[Difference]:
    """Return how the row now differs; saving the form again keeps what is typed."""
    found = differences(form, {name: getattr(current, name) for name in names})
    form.rebase(current.version)
    return found


def _shown(field: Any, value: Any) -> str:
    labels = {str(key): str(label) for key, label in getattr(field, "choices", ())}
    if str(value) in labels:
        return labels[str(value)]
    return "" if value is None else str(localize(value))
