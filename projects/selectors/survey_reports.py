"""What the import of a survey said, in the language of the reader."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from projects.choices import QuestionnaireState
from projects.findings import SENTENCES
from projects.models import QuestionnaireVersion
from projects.scoring.surveyjs import Entry
from projects.selectors.checks import Remark, Remarks

REPORT = {
    "imported": _(
        "Read from the survey: pages %(pages)s, elements %(elements)s, questions "
        "%(questions)s, choices %(choices)s, languages %(languages)s; conditions "
        "understood %(conditions)s, not understood %(lost)s."
    ),
    "scale_found": _(
        "Scale `%(scale)s`: questions %(questions)s, points at most %(most)s."
    ),
    "condition_not_understood": _(
        "The condition %(condition)s is not understood: %(reason)s. What it would hide "
        "is always shown."
    ),
    "unknown_type": _("Left out: elements of the type `%(type)s` are not known here."),
    "no_choices": _(
        "The survey names no choices for this question, so that it asks for a text now."
    ),
    "ignored_setting": _("The setting `%(name)s` is not understood and was left out."),
    "bad_points": _(
        "The choice `%(choice)s` gives no points: they must be a whole number up to 1000."
    ),
    "duplicate_choice": _("The choice `%(choice)s` is there twice; the first stays."),
    "duplicate_name": _(
        "The name `%(name)s` is used more than once; conditions mean the first question."
    ),
    "nothing_scored": _(
        "No question gives points for the risk. Check the convention, or give points in "
        "the editor before you publish."
    ),
    "points_missing": _(
        "The survey has no points. Give questions a scale and choices points in the "
        "editor before you publish."
    ),
    "too_deep": _("Left out: panels are nested deeper than %(most)s levels."),
    "many_languages": _("Only the first %(most)s languages were read."),
    "malformed": _("A part that has not the form of SurveyJS was left out."),
    "text_left_out": _("Left out: `%(type)s` shows something and asks nothing."),
    "empty_page": _("The page asks nothing and was left out."),
    "panel_title": _("The title of the panel was left out; its questions stay."),
    "untranslated": _(
        "No text in: %(languages)s. This one stands in its place: %(text)s"
    ),
    "language_read_as": _("The language `%(name)s` is read as `%(language)s`."),
    "markup_removed": _("HTML was taken out of a text."),
    "other_written": _(
        "“Other” is a choice like any other; people write what they mean as a comment."
    ),
    "one_choice": _("There is a single choice, which became a box to tick."),
    "more_entries": _("Entries that are not listed: %(count)s."),
}
REASONS = {
    "not_a_text": _("it is no text"),
    "expected_operand": _("a question in braces or a value is expected"),
    "two_questions": _("two questions are compared with each other"),
    "no_question": _("no question is named"),
    "expected_question_first": _("the question must stand before the value"),
    "unknown_function": _("`%(name)s` is a function"),
    "not_needs_parentheses": _("after `not` a comparison needs parentheses"),
    "unknown_question": _("the survey has no question `%(name)s`"),
    "later_question": _("`%(name)s` is asked later"),
    "inner_name": _("`%(name)s` names a part of a question or panel"),
    "compared_text": _("the free text of `%(name)s` is compared"),
    "never_holds": _("no choice of `%(name)s` fits"),
    "unsuited_relation": _("`%(relation)s` does not suit the question `%(name)s`"),
    "unsuited_value": _("`%(value)s` does not suit the question `%(name)s`"),
    "too_much_compared": _("too much would have to be compared"),
}
"""Why a condition is not understood; other reasons are those of our own conditions."""
OF = "of_"
"""Begins the parameters that belong to the reason."""


@dataclass(frozen=True)
class SurveyRemark(Remark):
    """One thing to know of an import."""

    @property
    def sentence(self) -> str:
        """What it says, in the reader's language."""
        if self.code not in REPORT:
            return super().sentence
        reason = self.params.get("reason")
        more = {"reason": _reason(str(reason), self.params)} if reason else {}
        return str(REPORT[self.code]) % {**self.params, **more}


def survey_remarks(version: QuestionnaireVersion) -> Remarks:
    """Return what its import said of a version that is still written, or nothing."""
    if version.state not in (QuestionnaireState.DRAFT, QuestionnaireState.IN_REVIEW):
        return Remarks([])
    return Remarks([SurveyRemark(**each) for each in version.findings])


def entry_remarks(entries: Iterable[Entry]) -> list[SurveyRemark]:
    """Return the entries of a report in words."""
    return [
        SurveyRemark(each.weight.value, each.code, each.place, None, each.params)
        for each in entries
    ]


def _reason(code: str, params: Mapping[str, Any]) -> str:
    own = {
        key.removeprefix(OF): value
        for key, value in params.items()
        if key.startswith(OF)
    }
    said = str({**SENTENCES, **REASONS}.get(code) or code) % own
    if not params.get("position"):
        return said
    place = {"sentence": said, "position": int(params["position"]) + 1}
    return str(SENTENCES["at_character"]) % place
