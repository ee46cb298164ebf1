"""Handing a questionnaire version in, and back: no error goes on to a second person."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import User
from projects.choices import QuestionnaireState
from projects.models import QuestionnaireVersion
from projects.selectors.checks import Check, check_of
from projects.services.drafts import locked, require_state
from riskbase.shared.audit import trail
from riskbase.shared.errors import DomainError

DRAFT, IN_REVIEW = QuestionnaireState.DRAFT, QuestionnaireState.IN_REVIEW
STEP = ["state", "sent_at", "sent_by"]


@transaction.atomic
def send(
    *,
    version: QuestionnaireVersion,
    by: User,
    at: dt.datetime,
    expected_version: int | None = None,
) -> QuestionnaireVersion:
    """Hand a draft in: it is closed for editing until it comes back.

    Raises DomainError while the linter finds errors, EditConflict on a newer text.
    """
    current = locked(version, expected_version)
    require_state(current, DRAFT)
    without_errors(current)
    return _step(current, by, "questionnaire.sent", sent_at=at)


@transaction.atomic
def take_back(*, version: QuestionnaireVersion, by: User) -> QuestionnaireVersion:
    """Make a draft again of what was handed in."""
    current = locked(version)
    require_state(current, IN_REVIEW)
    return _step(current, by, "questionnaire.taken_back")


@transaction.atomic
def send_back(
    *, version: QuestionnaireVersion, note: str, by: User
) -> QuestionnaireVersion:
    """Return it to its author with a word on what is to change."""
    current = locked(version)
    require_state(current, IN_REVIEW)
    if not note.strip():
        raise DomainError("note_missing", _("Say what is to be changed."), field="note")
    return _step(current, by, "questionnaire.sent_back", note=note)


def without_errors(version: QuestionnaireVersion) -> Check:
    """Check the version's text; raise DomainError where it has errors."""
    found = check_of(version)
    count = len(found.errors)
    if count or found.plan is None:
        raise DomainError(
            "has_errors",
            ngettext(
                "There is %(count)s error to correct first.",
                "There are %(count)s errors to correct first.",
                count,
            )
            % {"count": count},
        )
    return found


def _step(
    version: QuestionnaireVersion,
    by: User,
    verb: str,
    sent_at: dt.datetime | None = None,
    note: str = "",
) -> QuestionnaireVersion:
    """Move it: handed in where a moment is given, else a draft."""
    before = trail.values_of(version, STEP)
    version.state = IN_REVIEW if sent_at else DRAFT
    version.sent_at, version.sent_by = sent_at, by if sent_at else None
    version.version += 1
    version.save()
    after = trail.values_of(version, STEP) | ({"note": note} if note else {})
    trail.record(by=by, verb=verb, target=version, before=before, after=after)
    return version
