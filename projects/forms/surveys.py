"""The form that turns a survey into a draft."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.base import DomainForm
from projects.forms.drafts import text_in
from projects.scoring.surveyjs import Convention, Options

MOST_MINUTES = 600
CONVENTIONS = [
    (Convention.NONE.value, _("None: I give the points myself")),
    (
        Convention.SUFFIX_POINTS.value,
        _(
            "As in Canada's Algorithmic Impact Assessment: names end in -RS or -MS, "
            "values in -3 for three points"
        ),
    ),
]


class SurveyForm(DomainForm):
    """A survey as a file or pasted, with what it does not say of itself."""

    file = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_("JSON of SurveyJS, up to 1 MB."),
        widget=forms.FileInput(attrs={"accept": ".json"}),
    )
    survey = forms.CharField(
        label=_("Or paste the survey"),
        required=False,
        strip=False,
        help_text=_("A file goes before what is pasted."),
        widget=forms.Textarea(
            attrs={
                "rows": 8,
                "spellcheck": "false",
                "autocapitalize": "none",
                "autocomplete": "off",
            }
        ),
    )
    code = forms.CharField(
        label=_("Code"),
        max_length=60,
        help_text=_(
            "Names the questionnaire, for example vendor-check. A known code makes the "
            "survey the next version of that questionnaire."
        ),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
    )
    title = forms.CharField(
        label=_("Title"),
        required=False,
        max_length=200,
        help_text=_("Without it the title of the survey is taken."),
    )
    minutes = forms.IntegerField(
        label=_("Minutes it takes"),
        required=False,
        min_value=1,
        max_value=MOST_MINUTES,
        help_text=_("Without it they are estimated: one for three questions."),
    )
    convention = forms.ChoiceField(
        label=_("Where the points stand"),
        choices=CONVENTIONS,
        initial=Convention.NONE.value,
        widget=forms.RadioSelect,
    )

    def clean_file(self) -> str:
        """Return the text of the file; it is shown where one could have pasted it."""
        given = self.cleaned_data["file"]
        if not given:
            return ""
        text = text_in(given)
        typed = self.data.copy()  # type: ignore[attr-defined]
        typed[self.add_prefix("survey")] = text
        self.data = typed
        return text

    def clean(self) -> dict[str, Any]:
        """Ask for one of file and text."""
        said = super().clean() or self.cleaned_data
        text = said.get("file") or said.get("survey") or ""
        said["survey"] = text.replace("\r\n", "\n")
        if not text.strip() and "file" not in self.errors:
            self.add_error("survey", _("Choose a file, or paste the survey."))
        return said

    @property
    def options(self) -> Options:
        """What was said beside the survey."""
        said = self.cleaned_data
        return Options(
            code=said["code"],
            convention=Convention(said["convention"]),
            title=said["title"],
            minutes=said["minutes"],
        )
