"""Moving an open assessment to a newer version of its questionnaire."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from projects.choices import AnswerState, AssessmentState
from projects.models import Assessment, QuestionnaireVersion
from projects.scoring.move import Move
from projects.selectors.version_moves import MOVED, move_of, newer_version, said_in
from projects.services import answers
from projects.services.proceedings import locked
from riskbase.shared.audit import trail
from riskbase.shared.errors import DomainError


@transaction.atomic
def move(
    *,
    assessment: Assessment,
    version: QuestionnaireVersion,
    by: User,
    expected_version: int | None = None,
) -> Assessment:
    """Move a draft to the version in force; its answers go along by question code.

    Answers that do not fit any more become blank and keep their comment and link; those
    to questions that are gone leave the sheet. The audit event holds all of them. To
    be where it is to go already changes nothing. Raises DomainError `not_newer`, `assessment_state` for
    what was ever submitted, EditConflict.
    """
    current = locked(
        assessment, {AssessmentState.DRAFT}, expected_version=expected_version
    )
    if current.questionnaire_version_id == version.pk:
        return current
    if newer_version(current) != version:
        raise DomainError(
            "not_newer",
            _("Only to the newer version in force can an assessment move."),
            field="version",
        )
    was, said, plan = (
        current.questionnaire_version,
        said_in(current),
        move_of(current, version),
    )
    _let_go(current, plan, by)
    current.questionnaire_version = version
    answers.count(current)
    current.version += 1
    current.save()
    leaving = {code: said[code] for code in (*plan.again, *plan.gone)}
    trail.record(
        by=by,
        verb=MOVED,
        target=current,
        before={"version": was.number, "answers": leaving},
        after={
            "version": version.number,
            "answers": {},
            "again": list(plan.again),
            "gone": list(plan.gone),
            "fresh": list(plan.fresh),
        },
    )
    return current


def _let_go(assessment: Assessment, plan: Move, by: User) -> None:
    """Blank the answers that do not fit, and take those to no question out."""
    assessment.answers.filter(question__in=plan.gone).delete()
    for row in assessment.answers.filter(question__in=plan.again):
        row.state, row.value, row.reason = AnswerState.BLANK, None, ""
        row.changed_by = by
        row.version += 1
        row.save()
