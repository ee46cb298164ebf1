"""From what a browser sends for a question to an entry."""

from collections.abc import Iterable

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from projects.instruments import Entry
from projects.scoring import Question, QuestionKind

STATES = {
    "state:unknown": "unknown",
    "state:not_applicable": "not_applicable",
}
LONGEST_VERSION = 10
AMBIGUOUS = "ambiguous"
"""No state of the engine: refused as such, with the words kept."""


def entry_from(question: Question, sent: QueryDict) -> Entry:
    """Read the fields named `<code>-…` of one question.

    An answer and "Unknown" at once is ambiguous; with neither it is blank.
    """
    given = [value for value in sent.getlist(f"{question.code}-value") if value.strip()]
    states = [STATES[value] for value in given if value in STATES]
    values = [value for value in given if value not in STATES]
    return Entry(
        state=_state(states, values),
        value=_value(question, values),
        reason=sent.get(f"{question.code}-reason", "") if states else "",
        comment=sent.get(f"{question.code}-comment", ""),
        evidence_url=sent.get(f"{question.code}-evidence_url", ""),
        expected_version=_version(sent.get(f"{question.code}-version", "")),
    )


def entries_from(questions: Iterable[Question], sent: QueryDict) -> dict[str, Entry]:
    """Read the questions that the browser sent; closed ones are not among them.

    A button named `clear` takes back the answer to the question it names.
    """
    entries = {
        question.code: entry_from(question, sent)
        for question in questions
        if f"{question.code}-version" in sent
    }
    cleared = sent.get("clear", "")
    if cleared in entries:
        kept = entries[cleared]
        entries[cleared] = Entry(
            "blank",
            comment=kept.comment,
            evidence_url=kept.evidence_url,
            expected_version=kept.expected_version,
        )
    return entries


def _state(states: list[str], values: list[str]) -> str:
    if len(states) + bool(values) > 1:
        return AMBIGUOUS
    if states:
        return states[0]
    return "answered" if values else "blank"


def _version(sent: str) -> int | None:
    """Return the version sent; more digits than any version has are none."""
    return int(sent) if sent.isdecimal() and len(sent) < LONGEST_VERSION else None


def _value(question: Question, values: list[str]) -> str | list[str] | None:
    if not values:
        return None
    return values if question.kind is QuestionKind.MULTIPLE else values[0]


class EstimateForm(forms.Form):
    """The assessor's own guess before the result is seen."""

    own_estimate = forms.IntegerField(
        label=_("Probability that the project fails, in percent"),
        help_text=_(
            "Failed, abandoned, or far below what was promised. Your own guess, "
            "without looking at the scores."
        ),
        min_value=0,
        max_value=100,
        required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
