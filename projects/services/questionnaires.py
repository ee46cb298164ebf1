"""Publishing questionnaire versions that come as content."""

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
from projects.services.drafts import next_number, number_as
from projects.services.publication import put_in_force
from riskbase.shared.audit import trail
from riskbase.shared.errors import DomainError

RETIRED = QuestionnaireState.RETIRED


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

    A higher number retires the version in force; a lower one is kept as retired. A
    draft that holds the number takes the next free one. Raises InstrumentError for a
    document that cannot be scored with the causes in force, and DomainError for a
    changed document under a number already given.
    """
    instrument = _checked(document)
    questionnaire = _questionnaire(instrument.code, int(document["minutes"]))
    number, mark = int(instrument.version), digest(document)
    known = questionnaire.versions.closed().filter(number=number).first()
    if known is not None:
        _refuse_change(known, mark)
        return Loaded(known, is_new=False)
    _make_way(questionnaire, number)
    newest = questionnaire.versions.closed().order_by("-number").first()
    version = QuestionnaireVersion(
        questionnaire=questionnaire,
        number=number,
        state=RETIRED,
        document=dict(document),
        digest=mark,
        published_at=at,
        published_by=by,
    )
    if newest is None or newest.number < number:
        put_in_force(version, by=by, at=at)
    else:
        version.save()
    trail.record(
        by=by,
        verb="questionnaire.published",
        target=version,
        after={"number": number, "digest": mark, "state": version.state},
    )
    return Loaded(version, is_new=True)


def _make_way(questionnaire: Questionnaire, number: int) -> None:
    """Give a draft of this number another: what is loaded keeps the one it names."""
    holding = questionnaire.versions.select_for_update().filter(number=number).first()
    if holding is not None:
        number_as(holding, max(next_number(questionnaire), number + 1))
        holding.version += 1
        holding.save()


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
