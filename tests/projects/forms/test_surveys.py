"""The form keeps what was given, from a file too, and asks for one of both."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict

from projects.forms.surveys import SurveyForm
from projects.scoring.surveyjs import Convention, Options


def form_of(survey="", file=None, **more):
    data = QueryDict(mutable=True)
    said = {"code": "a", "convention": "none", "survey": survey, **more}
    for key, value in said.items():
        data[key] = value
    files = {"file": SimpleUploadedFile("s.json", file)} if file else {}
    return SurveyForm(data, files)


def test_a_file_goes_before_a_text():
    form = form_of("{}", file=b'{"pages":\r\n []}', minutes="9")
    assert form.is_valid()
    assert form.cleaned_data["survey"] == '{"pages":\n []}'
    assert form.options == Options("a", Convention.NONE, "", 9)


def test_a_file_is_kept_as_text_when_something_is_wrong():
    form = form_of(file=b'{"pages": []}', code="")
    assert not form.is_valid()
    assert form["survey"].value() == '{"pages": []}'


def test_one_of_both_is_needed():
    assert "survey" in form_of("  ").errors
    assert set(form_of(file=b"\xff").errors) == {"file"}
    assert set(form_of(file=b"x" * 1_000_001).errors) == {"file"}
