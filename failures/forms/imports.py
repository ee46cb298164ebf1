"""Forms of an import: the file, what its columns are, what to do with faults."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.forms.base import DomainForm
from accounts.models import Unit, User
from failures.choices import WITHIN, ImportMode, Visibility
from failures.exchange.columns import BY_NAME, COLUMNS
from failures.exchange.sources import READY
from failures.models import ImportRun
from failures.selectors.imports import units_to_import_into

OWN = "own"


class UploadForm(DomainForm):
    """A file of post-mortems, and where they belong."""

    file = forms.FileField(label=gettext_lazy("File"), allow_empty_file=True)
    unit = forms.ModelChoiceField(
        label=gettext_lazy("Unit"),
        help_text=gettext_lazy("The records are published in this unit."),
        queryset=Unit.objects.none(),
    )
    visibility = forms.ChoiceField(
        label=gettext_lazy("Who may read it"),
        choices=WITHIN,
        initial=Visibility.RESTRICTED,
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units_to_import_into(user)  # type: ignore[attr-defined]
        megabytes = settings.EVIDENCE_MAX_BYTES // 1_000_000
        self.fields["file"].help_text = _(
            "CSV (UTF-8), XLSX, JSON or lines of JSON, up to %(count)s MB."
        ) % {"count": megabytes}


class MappingForm(DomainForm):
    """Which column of the file is which of ours."""

    source = forms.ChoiceField(
        label=gettext_lazy("Kind of file"),
        help_text=gettext_lazy(
            "Files of a known make are read without asking which column is which."
        ),
        required=False,
    )
    mode = forms.ChoiceField(
        label=gettext_lazy("If rows are at fault"),
        choices=ImportMode.choices,
        required=False,
    )

    def __init__(self, *args: Any, run: ImportRun, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"source": run.source or OWN, "mode": run.mode})
        super().__init__(*args, **kwargs)
        self.run = run
        ready = [(code, source.label) for code, source in READY.items()]
        self.fields["source"].choices = [(OWN, _("Our own columns")), *ready]  # type: ignore[attr-defined]
        targets = [
            ("", _("Leave out")),
            *((c.name, capfirst(str(c.label))) for c in COLUMNS),
        ]
        for at, name in enumerate(run.head):
            self.fields[f"column_{at}"] = forms.ChoiceField(
                label=name,
                choices=targets,
                required=False,
                initial="" if run.source else run.mapping.get(name, ""),
            )

    def columns(self) -> list[forms.BoundField]:
        """Return the fields of the file's columns."""
        return [self[f"column_{at}"] for at in range(len(self.run.head))]

    @property
    def mapping(self) -> dict[str, str]:
        """Name in the file -> our column, of those that are not left out."""
        chosen = (
            (name, self.cleaned_data.get(f"column_{at}", ""))
            for at, name in enumerate(self.run.head)
        )
        return {name: target for name, target in chosen if target in BY_NAME}

    @property
    def ready_source(self) -> str:
        """Code of the ready mapping, empty for our own columns."""
        source = self.cleaned_data.get("source") or self.run.source
        return "" if source == OWN else str(source)
