"""Forms of authors: begin, upload, write, return, publish."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.base import DomainForm
from projects.models import QuestionnaireVersion
from projects.scoring.source import MAX_BYTES
from projects.services.publication import Consent

SOURCE_ROWS = 30


class BeginForm(DomainForm):
    """The code of a new questionnaire."""

    code = forms.CharField(
        label=_("Code"),
        max_length=60,
        help_text=_(
            "Names the questionnaire in addresses and in the API, for example "
            "vendor-check. It never changes."
        ),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
    )


class UploadForm(DomainForm):
    """A questionnaire as a file."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("YAML or JSON, up to 1 MB. Its code says which questionnaire."),
        widget=forms.ClearableFileInput(attrs={"accept": ".yaml,.yml,.json"}),
    )

    def clean_file(self) -> str:
        """Return the text of the file."""
        return text_in(self.cleaned_data["file"])


class SourceForm(DomainForm):
    """The text of a version, to the letter, with what it brings."""

    source = forms.CharField(
        label=_("Questionnaire as YAML or JSON"),
        strip=False,
        required=False,
        widget=forms.Textarea(
            attrs={
                "rows": SOURCE_ROWS,
                "wrap": "off",
                "spellcheck": "false",
                "autocapitalize": "none",
                "autocomplete": "off",
                "class": "editor__source",
            }
        ),
    )
    note = forms.CharField(
        label=_("What is new"),
        required=False,
        max_length=400,
        help_text=_("A sentence or two for those who fill it in."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean_source(self) -> str:
        """Return the text with the line ends it had: browsers send their own."""
        typed: str = self.cleaned_data["source"]
        return typed.replace("\r\n", "\n")


class ReturnForm(DomainForm):
    """What the author is to change."""

    note = forms.CharField(
        label=_("What is to be changed"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class PublishForm(DomainForm):
    """What the publishing person has to confirm; nothing that does not apply."""

    warnings = forms.BooleanField(label=_("I have read the warnings"), required=False)
    no_backtest = forms.BooleanField(
        label=_("Publish without a backtest"), required=False
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, asks: frozenset[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in {"warnings", "no_backtest"} - asks:
            del self.fields[name]

    @property
    def consent(self) -> Consent:
        """What was ticked."""
        said = self.cleaned_data
        return Consent(
            warnings=said.get("warnings", False),
            no_backtest=said.get("no_backtest", False),
        )


def text_in(given: Any) -> str:
    """Return the text of an uploaded file. Raises ValidationError."""
    if (given.size or 0) > MAX_BYTES:
        raise forms.ValidationError(_("The file is longer than 1 MB."))
    try:
        text: str = given.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise forms.ValidationError(_("The file is not text in UTF-8.")) from error
    return text.replace("\r\n", "\n")


def initial_of(version: QuestionnaireVersion) -> dict[str, Any]:
    """Return what the editor shows of a version."""
    return {
        "source": version.source,
        "note": version.note,
        "version": version.version,
    }
