"""What is said about a record, and how names in it are written for others."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.forms.base import DomainForm
from failures.forms.versions import VersionedForm
from failures.services.comments import LONGEST


class CommentForm(DomainForm):
    """A remark."""

    text = forms.CharField(
        label=_("Your comment"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class NamesForm(VersionedForm):
    """Names and what to write instead, one a line: name = pseudonym."""

    names = forms.CharField(
        label=_("Names and what to write instead"),
        help_text=_("One a line: the name, an equals sign, what to write instead."),
        required=False,
        max_length=50_000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )

    def clean_names(self) -> str:
        text: str = self.cleaned_data["names"]
        if any("=" not in line for line in text.splitlines() if line.strip()):
            raise forms.ValidationError(
                _("Each line needs a name and what to write instead.")
            )
        return text

    @property
    def pseudonyms(self) -> list[dict[str, str]]:
        """The valid lines."""
        lines = [
            line for line in self.cleaned_data["names"].splitlines() if line.strip()
        ]
        pairs = [line.partition("=") for line in lines]
        return [
            {"name": name.strip(), "pseudonym": other.strip()}
            for name, _equals, other in pairs
        ]


class AttachmentForm(DomainForm):
    """A file that belongs to the record."""

    file = forms.FileField(label=_("File"), allow_empty_file=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        megabytes = settings.EVIDENCE_MAX_BYTES // 1_000_000
        self.fields["file"].help_text = gettext(
            "PDF, picture, office document or plain text, up to %(count)s MB."
        ) % {"count": megabytes}
