"""The form that takes one file."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.forms.base import DomainForm


class EvidenceForm(DomainForm):
    """A file that supports an answer."""

    file = forms.FileField(label=gettext_lazy("File"), allow_empty_file=False)

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        megabytes = settings.EVIDENCE_MAX_BYTES // 1_000_000
        self.fields["file"].help_text = _(
            "PDF, picture, office document or plain text, up to %(count)s MB."
        ) % {"count": megabytes}
