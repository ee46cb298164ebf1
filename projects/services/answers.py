"""Keeping what people answer: checked, counted, never lost to somebody else's save."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from projects.choices import AnswerState
from projects.instruments import Entry, instrument_of, sheet_of
from projects.models import Answer, Assessment
from projects.scoring import AnswerError, Instrument, parse_answer, resolve
from projects.scoring.answers import retired_in
from projects.scoring.reach import progress_of, reach_of
from riskbase.shared.audit import trail
from riskbase.shared.errors import DomainError, EditConflict

MAX_COMMENT = 4_000
SAID = ("state", "value", "reason", "comment", "evidence_url")

MESSAGES: dict[str, tuple[str, Promise]] = {
    "unknown_question": ("", _("This questionnaire has no such question.")),
    "unknown_not_allowed": ("value", _("“Unknown” is not offered here.")),
    "not_applicable_not_allowed": (
        "value",
        _("“Not applicable” is not offered here."),
    ),
    "reason_required": ("reason", _("Say in a few words why it does not apply.")),
    "not_a_state": ("value", _("Choose either an answer or “Unknown”, not both.")),
    "empty": ("value", _("Give an answer, or choose “Unknown”.")),
    "not_a_choice": ("value", _("Choose one of the offered answers.")),
    "not_offered": ("value", _("This answer is no longer offered. Choose another.")),
    "not_a_list": ("value", _("Give a list of the offered answers.")),
    "not_a_number": ("value", _("Write a number, for example 12.5.")),
    "out_of_range": ("value", _("This number is outside the allowed range.")),
    "not_a_date": ("value", _("Write a date as year-month-day.")),
    "not_a_text": ("value", _("Write a text.")),
    "too_long": ("value", _("This text is too long.")),
    "comment_too_long": ("comment", _("This comment is too long.")),
    "not_a_link": (
        "evidence_url",
        _("Give a whole web address, beginning with https://."),
    ),
}


class AnswerRefused(DomainError):
    """An answer that does not fit its question; `field` is the part at fault."""

    def __init__(self, code: str, question: str) -> None:
        field, message = MESSAGES[code]
        super().__init__(code, message, field=field)
        self.question = question


@transaction.atomic
def save_answer(
    *, assessment: Assessment, question: str, entry: Entry, by: User
) -> Answer | None:
    """Keep one answer; the same answer again changes nothing. None: still blank.

    Raises AnswerRefused, EditConflict (with the stored answer) when
    `entry.expected_version` is stale, DomainError when it was submitted meanwhile.
    """
    current = _locked(assessment)
    saved, is_changed = _write(current, question, entry, by)
    if is_changed:
        _recount(current)
    _mirror(assessment, current)
    return saved


@transaction.atomic
def save_answers(
    *, assessment: Assessment, entries: Mapping[str, Entry], by: User
) -> dict[str, DomainError]:
    """Keep those of many answers that are right; return the refusals by question."""
    current = _locked(assessment)
    refused: dict[str, DomainError] = {}
    is_changed = False
    for question, entry in entries.items():
        try:
            is_changed |= _write(current, question, entry, by)[1]
        except (AnswerRefused, EditConflict) as refusal:
            refused[question] = refusal
    if is_changed:
        _recount(current)
    _mirror(assessment, current)
    return refused


def count(assessment: Assessment) -> None:
    """Set the counts of an assessment from its answers, without saving."""
    instrument = instrument_of(assessment.questionnaire_version)
    resolution = resolve(instrument, sheet_of(instrument, assessment.answers.all()))
    progress = progress_of(resolution.standings, reach_of(resolution))
    assessment.answered_count = progress.settled
    assessment.reachable_count = progress.asked


def _locked(assessment: Assessment) -> Assessment:
    current = (
        Assessment.objects.select_for_update(of=("self",))
        .select_related("project", "questionnaire_version")
        .get(pk=assessment.pk)
    )
    if not current.is_open:
        raise DomainError(
            "assessment_submitted",
            _("This assessment is submitted; its answers can no longer change."),
        )
    return current


def _write(
    assessment: Assessment, question: str, entry: Entry, by: User
) -> tuple[Answer | None, bool]:
    row = Answer.objects.filter(assessment=assessment, question=question).first()
    instrument = instrument_of(assessment.questionnaire_version)
    said = _checked(instrument, question, entry, row.value if row else None)
    if row is None and said["state"] == AnswerState.BLANK and not _has_words(said):
        return None, False
    if row is None:
        row = Answer(assessment=assessment, question=question, version=0)
    before = {name: getattr(row, name) for name in SAID} if row.version else None
    if before == said:
        return row, False
    if entry.expected_version not in {None, row.version}:
        raise EditConflict(row)
    for name, value in said.items():
        setattr(row, name, value)
    row.carried_from, row.changed_by = None, by
    row.version += 1
    row.save()
    trail.record(
        by=by,
        verb="assessment.answered",
        target=assessment,
        before={question: before},
        after={question: said},
    )
    return row, True


def _checked(
    instrument: Instrument, code: str, entry: Entry, kept: object
) -> dict[str, Any]:
    """Return the columns of a valid entry; `kept` may name retired choices.

    Raises AnswerRefused.
    """
    question = next((q for q in instrument.questions if q.code == code), None)
    if question is None:
        raise AnswerRefused("unknown_question", code)
    entry = _storable(entry)
    try:
        answer = parse_answer(question, entry.state, entry.value, entry.reason)
    except AnswerError as error:
        raise AnswerRefused(error.code, code) from error
    if retired_in(question, answer.value) - retired_in(question, kept):
        raise AnswerRefused("not_offered", code)
    written = answer.to_json()
    return {
        "state": written["state"],
        "value": written.get("value"),
        "reason": answer.reason,
        "comment": _comment(entry.comment, code),
        "evidence_url": _evidence(entry.evidence_url, code),
    }


def _storable(entry: Entry) -> Entry:
    """Leave out NUL characters, which no database text can hold."""
    value = entry.value
    return replace(
        entry,
        value=value.replace("\0", "") if isinstance(value, str) else value,
        reason=entry.reason.replace("\0", ""),
        comment=entry.comment.replace("\0", ""),
    )


def _comment(text: str, code: str) -> str:
    if len(text) > MAX_COMMENT:
        raise AnswerRefused("comment_too_long", code)
    return text.strip()


def _evidence(url: str, code: str) -> str:
    url = url.strip()
    if not url:
        return ""
    try:
        URLValidator(schemes=["http", "https"])(url)
        fits = len(url) <= 500
    except ValidationError:
        fits = False
    if not fits:
        raise AnswerRefused("not_a_link", code)
    return url


def _has_words(said: Mapping[str, Any]) -> bool:
    return bool(said["comment"] or said["evidence_url"])


def _recount(assessment: Assessment) -> None:
    count(assessment)
    assessment.version += 1
    assessment.save(
        update_fields=["answered_count", "reachable_count", "version", "updated_at"]
    )


def _mirror(assessment: Assessment, current: Assessment) -> None:
    """Bring the caller's instance up to date."""
    for name in ("answered_count", "reachable_count", "version", "updated_at"):
        setattr(assessment, name, getattr(current, name))
