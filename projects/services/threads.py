"""Conversations about questions: nothing said is ever changed or taken away."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from projects.choices import DISCUSSED, ThreadState
from projects.instruments import question_texts
from projects.models import Assessment, Comment, Thread
from projects.services.proceedings import locked, spoken, tell
from riskbase.shared.errors import DomainError, EditConflict


@transaction.atomic
def open_thread(
    *,
    assessment: Assessment,
    question: str,
    text: str,
    by: User,
    asks_change: bool = False,
) -> Thread:
    """Begin to talk about a question; `asks_change` blocks the approval."""
    current = locked(assessment, DISCUSSED)
    said = spoken(text)
    if question not in question_texts(current.questionnaire_version):
        raise DomainError(
            "unknown_question",
            _("This questionnaire has no such question."),
            field="question",
        )
    thread = Thread.objects.create(
        assessment=current, question=question, asks_change=asks_change, opened_by=by
    )
    Comment.objects.create(thread=thread, author=by, text=said)
    _tell(thread, "thread_opened", by, text=said)
    return thread


@transaction.atomic
def comment(*, thread: Thread, text: str, by: User) -> Comment:
    """Say something more; a resolved conversation stays resolved."""
    return _say(_locked(thread, None), text, by)


@transaction.atomic
def ask_change(
    *,
    thread: Thread,
    wanted: bool,
    by: User,
    text: str = "",
    expected_version: int | None = None,
) -> Thread:
    """Mark an open conversation as asking for a change of the answer, or no longer.

    `text`, here and below, is said along with it when there is any.
    """
    current = _locked(thread, expected_version)
    _say_along(current, text, by)
    if current.asks_change == wanted:
        return current
    if wanted and not current.is_open:
        raise DomainError(
            "thread_resolved", _("The conversation is resolved. Open it again first.")
        )
    current.asks_change = wanted
    _save(current, "change_asked" if wanted else "change_waived", by)
    return current


@transaction.atomic
def resolve(
    *,
    thread: Thread,
    by: User,
    at: dt.datetime,
    text: str = "",
    expected_version: int | None = None,
) -> Thread:
    """Say that nothing is wanted here any more; twice changes nothing."""
    current = _locked(thread, expected_version)
    _say_along(current, text, by)
    if current.is_open:
        current.state = ThreadState.RESOLVED
        current.resolved_by, current.resolved_at = by, at
        _save(current, "thread_resolved", by)
    return current


@transaction.atomic
def reopen(
    *, thread: Thread, by: User, text: str = "", expected_version: int | None = None
) -> Thread:
    """Take a resolution back."""
    current = _locked(thread, expected_version)
    _say_along(current, text, by)
    if not current.is_open:
        current.state = ThreadState.OPEN
        current.resolved_by = current.resolved_at = None
        _save(current, "thread_reopened", by)
    return current


def _say(thread: Thread, text: str, by: User) -> Comment:
    said = spoken(text)
    made = Comment.objects.create(thread=thread, author=by, text=said)
    _tell(thread, "commented", by, text=said)
    return made


def _say_along(thread: Thread, text: str, by: User) -> None:
    if text.strip():
        _say(thread, text, by)


def _locked(thread: Thread, expected_version: int | None) -> Thread:
    """Return the row locked, its assessment first."""
    assessment = locked(thread.assessment, DISCUSSED)
    current = Thread.objects.select_for_update().get(pk=thread.pk)
    current.assessment = assessment
    if expected_version not in {None, current.version}:
        raise EditConflict(current)
    return current


def _save(thread: Thread, verb: str, by: User) -> None:
    thread.version += 1
    thread.save()
    _tell(thread, verb, by)


def _tell(thread: Thread, verb: str, by: User, **words: str) -> None:
    facts = {
        "thread": thread.pk,
        "question": thread.question,
        "asks_change": thread.asks_change,
        "thread_state": thread.state,
    }
    tell(thread.assessment, f"assessment.{verb}", by=by, facts=facts, words=words)
