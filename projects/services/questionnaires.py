"""Publishing questionnaire versions: closed once they are in force."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from projects.choices import QuestionnaireState
from projects.instruments import cause_map
from projects.models import Questionnaire, QuestionnaireVersion
from projects.scoring import (
    Instrument,
    digest,
    instrument_from_document,
    plan_for,
)
from riskbase.shared.audit import trail
from riskbase.shared.errors import DomainError

PUBLISHED, RETIRED = QuestionnaireState.PUBLISHED, QuestionnaireState.RETIRED


@dataclass(frozen=True)
class Loaded:
    """The version of a document, and whether this call wrote it."""

    version: QuestionnaireVersion
    is_new: bool


@transaction.atomic
def load(
    *, document: Mapping[str, Any], at: dt.datetime, by: User | None = None
) -> Loaded:
    """Publish a questionnaire document; loading it again changes nothing.

    A higher number retires the version in force; a lower one is kept as retired.
    Raises InstrumentError for a document that cannot be scored with the causes in
    force, and DomainError for a changed document under a number already given.
    """
    instrument = _checked(document)
    questionnaire = _questionnaire(instrument.code, int(document["minutes"]))
    number, mark = int(instrument.version), digest(document)
    known = questionnaire.versions.filter(number=number).first()
    if known is not None:
        _refuse_change(known, mark)
        return Loaded(known, is_new=False)
    newest = questionnaire.versions.order_by("-number").first()
    state = PUBLISHED if newest is None or newest.number < number else RETIRED
    if state == PUBLISHED:
        _retire(questionnaire, by)
    version = QuestionnaireVersion(
        questionnaire=questionnaire,
        number=number,
        state=state,
        document=dict(document),
        digest=mark,
        published_at=at,
        published_by=by,
    )
    version.save()
    trail.record(
        by=by,
        verb="questionnaire.published",
        target=version,
        after={"number": number, "digest": mark, "state": state},
    )
    return Loaded(version, is_new=True)


def _checked(document: Mapping[str, Any]) -> Instrument:
    instrument = instrument_from_document(document)
    if not instrument.version.isdecimal():
        raise DomainError(
            "version_not_a_number",
            _("The version of a questionnaire must be a whole number."),
        )
    causes = cause_map()
    if not causes:
        raise DomainError(
            "taxonomy_missing", _("Load the taxonomy before the questionnaires.")
        )
    plan_for(instrument, causes)
    return instrument


def _questionnaire(code: str, minutes: int) -> Questionnaire:
    """Return the locked row; the shorter questionnaire is listed first."""
    questionnaire, made = Questionnaire.objects.select_for_update().get_or_create(
        code=code, defaults={"position": minutes}
    )
    if not made and questionnaire.position != minutes:
        questionnaire.position = minutes
        questionnaire.save()
    return questionnaire


def _refuse_change(known: QuestionnaireVersion, mark: str) -> None:
    if known.digest == mark:
        return
    raise DomainError(
        "version_closed",
        _(
            "%(code)s version %(number)s is already published with other content. "
            "A published version never changes: give the new document the next "
            "number."
        )
        % {"code": known.questionnaire.code, "number": known.number},
    )


def _retire(questionnaire: Questionnaire, by: User | None) -> None:
    for version in questionnaire.versions.exclude(state=RETIRED):
        before = trail.values_of(version, ["state"])
        version.state = RETIRED
        version.save(update_fields=["state"])
        trail.record(
            by=by,
            verb="questionnaire.retired",
            target=version,
            before=before,
            after=trail.values_of(version, ["state"]),
        )
