"""Putting a questionnaire version in force: closed for good, its predecessor retired.

The one rule for what authors publish and for what the content command loads.
"""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.selectors import authors_beside
from projects.choices import QuestionnaireState
from projects.models import Backtest, Questionnaire, QuestionnaireVersion
from projects.selectors.backtests import matching_backtest, past_runs
from projects.services.draft_reviews import without_errors
from projects.services.drafts import (
    locked,
    locked_questionnaire,
    next_number,
    number_as,
    require_state,
)
from riskbase.shared.audit import trail
from riskbase.shared.errors import DomainError
from riskbase.shared.events import outbox

IN_REVIEW = QuestionnaireState.IN_REVIEW
PUBLISHED, RETIRED = QuestionnaireState.PUBLISHED, QuestionnaireState.RETIRED


@dataclass(frozen=True)
class Consent:
    """What the publishing person has ticked."""

    warnings: bool = False
    no_backtest: bool = False


NOTHING_TICKED = Consent()


@transaction.atomic
def publish(
    *,
    version: QuestionnaireVersion,
    by: User,
    at: dt.datetime,
    consent: Consent = NOTHING_TICKED,
    expected_version: int | None = None,
) -> QuestionnaireVersion:
    """Close what was handed in and put it in force.

    Raises DomainError for errors, warnings or a backtest passed over without a tick,
    and for the person who handed it in while another could publish; EditConflict on
    another text than the one that was read.
    """
    questionnaire = locked_questionnaire(version.questionnaire)
    current = locked(version, expected_version)
    require_state(current, IN_REVIEW)
    alone = _refuse_own(current, by)
    found = without_errors(current)
    if found.warnings and not consent.warnings:
        raise DomainError(
            "warnings_not_acknowledged",
            _("Confirm that you have read the warnings."),
            field="warnings",
        )
    current.backtest = _backtest(current, consent)
    current.findings = [remark.to_json() for remark in found.remarks]
    current.document = found.document or current.document
    number_as(current, _free_number(questionnaire, current))
    put_in_force(current, by=by, at=at)
    trail.record(
        by=by,
        verb="questionnaire.published",
        target=current,
        after={
            **trail.values_of(current, ["number", "digest", "state", "backtest"]),
            "warnings": len(found.warnings),
            "nobody_else_could": alone,
        },
    )
    return current


@transaction.atomic
def retire(*, version: QuestionnaireVersion, by: User) -> QuestionnaireVersion:
    """Take the version in force away without a successor."""
    locked_questionnaire(version.questionnaire)
    current = locked(version)
    require_state(current, PUBLISHED)
    _retire(current, by)
    return current


def put_in_force(
    version: QuestionnaireVersion, *, by: User | None, at: dt.datetime
) -> None:
    """Save the version as published after retiring the one in force; tell others."""
    in_force = version.questionnaire.versions.published().exclude(pk=version.pk)
    for predecessor in in_force.select_for_update():
        _retire(predecessor, by)
    version.state = PUBLISHED
    version.published_at, version.published_by = at, by
    version.version += 1
    version.save()
    _place(version)
    payload = {"code": version.questionnaire.code, "number": version.number}
    outbox.emit(topic="questionnaire.published", target=version, payload=payload)


def _retire(version: QuestionnaireVersion, by: User | None) -> None:
    before = trail.values_of(version, ["state"])
    version.state = RETIRED
    version.version += 1
    version.save(update_fields=["state", "version", "updated_at"])
    trail.record(
        by=by,
        verb="questionnaire.retired",
        target=version,
        before=before,
        after=trail.values_of(version, ["state"]),
    )


def _place(version: QuestionnaireVersion) -> None:
    """List the shorter questionnaire first."""
    questionnaire, minutes = version.questionnaire, int(version.document["minutes"])
    if questionnaire.position != minutes:
        questionnaire.position = minutes
        questionnaire.save()


def _refuse_own(version: QuestionnaireVersion, by: User) -> bool:
    """Refuse one's own work while others could publish; return whether none could."""
    if version.sent_by_id != by.pk:
        return False
    if authors_beside(by).exists():
        raise DomainError(
            "four_eyes",
            _("Another person who may publish has to publish what you handed in."),
        )
    return True


def _backtest(version: QuestionnaireVersion, consent: Consent) -> Backtest | None:
    found = matching_backtest(version)
    if found is None and not consent.no_backtest and past_runs(version).exists():
        raise DomainError(
            "backtest_missing",
            _("Run a backtest of this text first, or confirm to publish without one."),
            field="no_backtest",
        )
    return found


def _free_number(questionnaire: Questionnaire, version: QuestionnaireVersion) -> int:
    """Return its number, or the next free one once a higher one was published."""
    later = questionnaire.versions.closed().filter(number__gt=version.number)
    return next_number(questionnaire) if later.exists() else version.number
