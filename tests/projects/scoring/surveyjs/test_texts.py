"""Texts are there in every language of the survey; what is missing is told."""

from projects.scoring.surveyjs.report import Report
from projects.scoring.surveyjs.texts import MAX_LANGUAGES, Texts


def texts_of(survey):
    report = Report()
    return Texts(survey, report), report


def codes(report):
    return [entry.code for entry in report.entries]


def test_default_is_the_language_of_the_survey():
    texts, report = texts_of({"title": {"default": "A", "fr": "B", "zh-cn": "C"}})
    assert texts.languages == ("en", "fr", "zh-hans")
    assert texts.words({"default": "A", "fr": "B", "zh-cn": "C"}, "x") == {
        "en": "A",
        "fr": "B",
        "zh-hans": "C",
    }
    assert codes(report) == ["language_read_as"]
    german, _ = texts_of({"locale": "de", "title": {"default": "A", "en": "B"}})
    assert german.languages == ("de", "en")


def test_a_missing_translation_is_the_main_text():
    texts, report = texts_of({"pages": [{"title": {"default": "A", "fr": "B"}}]})
    assert texts.words("C", "place") == {"en": "C", "fr": "C"}
    [entry] = report.entries
    assert (entry.code, entry.place) == ("untranslated", "place")
    assert entry.params == {"languages": "fr", "text": "C"}


def test_nothing_is_said_by_no_text():
    texts, _ = texts_of({})
    for nothing in (None, "", "  ", {}, {"fr": "B"}, [], True, {"default": 4}):
        assert texts.words(nothing, "x") is None
    assert texts.words(4, "x") == {"en": "4"}


def test_markup_is_taken_out():
    texts, report = texts_of({})
    assert texts.words("<b>A</b>&amp;B < 3", "x") == {"en": "A &B < 3"}
    assert codes(report) == ["markup_removed"]
    assert texts.words("a < b", "y") == {"en": "a < b"}


def test_what_surveyjs_says_itself():
    texts, _ = texts_of({"title": {"default": "A", "fr": "B", "pt": "C"}})
    assert texts.built_in("yes") == {"en": "Yes", "fr": "Oui", "pt": "Yes"}


def test_a_thousand_languages_are_not_spoken():
    many = {f"{a}{b}": "x" for a in "abcdefghij" for b in "abcdefghijklm"}
    texts, report = texts_of({"title": many})
    assert len(texts.languages) == MAX_LANGUAGES
    assert "many_languages" in codes(report)
