"""Starting and submitting assessments."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit, User
from projects.choices import (
    OPEN_STATES,
    REPLACEABLE,
    AnswerState,
    AssessmentState,
    ProjectState,
)
from projects.instruments import instrument_of
from projects.models import Answer, Assessment, Project, QuestionnaireVersion
from projects.scoring import AnswerError, Question, parse_answer
from projects.scoring.answers import retired_in
from projects.scoring.instrument import GateEffect
from projects.selectors.rounds import changed_between, newest_sheet
from projects.services import answers, evidence, projects, reviews, runs
from riskbase.shared.audit import trail
from riskbase.shared.audit.models import AuditEvent
from riskbase.shared.errors import DomainError
from riskbase.shared.events import outbox


@transaction.atomic
def start(*, project: Project, version: QuestionnaireVersion, by: User) -> Assessment:
    """Open a draft, carrying over what the project's other assessments know.

    There is one open one per project and questionnaire: the draft, or what was sent
    back for changes, is returned if there.
    """
    project = Project.objects.select_for_update().get(pk=project.pk)
    draft = Assessment.objects.filter(
        project=project,
        questionnaire_version__questionnaire=version.questionnaire_id,
        state__in=OPEN_STATES,
    ).first()
    if draft is not None:
        return draft
    _refuse_start(project, version)
    draft = Assessment.objects.create(
        project=project, questionnaire_version=version, started_by=by
    )
    carried = Answer.objects.bulk_create(_carried(draft, by))
    evidence.carry(draft=draft, rows=carried, by=by)
    AuditEvent.objects.bulk_create(_tellings(draft, carried, by))
    answers.count(draft)
    draft.save(update_fields=["answered_count", "reachable_count"])
    trail.record(
        by=by,
        verb="assessment.started",
        target=draft,
        after={"version": str(version), "carried_over": len(carried)},
    )
    return draft


@transaction.atomic
def start_new(
    *, unit: Unit, facts: Mapping[str, Any], version: QuestionnaireVersion, by: User
) -> Assessment:
    """Open a project owned by `by` and its first draft in one step."""
    project = projects.create(unit=unit, by=by, owner=by, facts=facts, text={})
    return start(project=project, version=version, by=by)


@transaction.atomic
def submit(*, assessment: Assessment, by: User, at: dt.datetime) -> Assessment:
    """Close what is open, score it, and make its run the project's current risk.

    What was sent back gets a further run; the earlier ones stay. It is in review at
    once where a gate demands it or reviewers are asked. Raises DomainError `not_assessable` when nothing that counts is answered.
    """
    project = Project.objects.select_for_update().get(pk=assessment.project_id)
    current = _locked_draft(assessment)
    _refuse_closed(project)
    before = newest_sheet(current)
    run, risk = runs.write(assessment=current, by=by, at=at)
    _supersede(project, by)
    current.state = reviews.begin_round(
        assessment=current,
        by=by,
        changed=changed_between(before, run.record.sheet),
        is_demanded=any(
            gate.effect is GateEffect.REQUIRE_REVIEW for gate in risk.gates.fired
        ),
    )
    current.tier = run.tier
    current.submitted_by, current.submitted_at = by, at
    current.estimate_settled_at = current.estimate_settled_at or at
    current.version += 1
    current.save()
    runs.make_current(project=project, run=run, risk=risk)
    trail.record(
        by=by,
        verb="assessment.submitted",
        target=current,
        after={
            "run": run.pk,
            "tier": run.tier,
            "provisional": run.provisional,
            "result_digest": run.result_digest,
        },
    )
    outbox.emit(
        topic="assessment.submitted",
        target=current,
        payload={"project": str(project.pk), "run": str(run.pk), "tier": run.tier},
    )
    return current


def _refuse_start(project: Project, version: QuestionnaireVersion) -> None:
    _refuse_closed(project)
    if version.state != "published":
        raise DomainError(
            "version_not_in_force",
            _("This version of the questionnaire is not in force."),
            field="questionnaire",
        )


def _refuse_closed(project: Project) -> None:
    if project.state == ProjectState.CLOSED:
        raise DomainError(
            "project_closed",
            _("The project is closed; a forecast after the end would be none."),
        )


def _locked_draft(assessment: Assessment) -> Assessment:
    current = (
        Assessment.objects.select_for_update(of=("self",))
        .select_related("project", "questionnaire_version__questionnaire")
        .get(pk=assessment.pk)
    )
    if not current.is_open:
        raise DomainError(
            "assessment_submitted", _("This assessment is already submitted.")
        )
    return current


def _carried(draft: Assessment, by: User) -> Iterator[Answer]:
    """Yield the newest answer elsewhere in the project to each question that fits."""
    instrument = instrument_of(draft.questionnaire_version)
    questions = {question.code: question for question in instrument.questions}
    known = (
        Answer.objects.filter(
            assessment__project=draft.project_id, question__in=list(questions)
        )
        .exclude(assessment=draft.pk)
        .exclude(state=AnswerState.BLANK)
        .order_by("question", "-assessment_id")
        .distinct("question")
    )
    for row in known:
        if _fits(questions[row.question], row):
            yield Answer(
                assessment=draft,
                question=row.question,
                state=row.state,
                value=row.value,
                reason=row.reason,
                comment=row.comment,
                evidence_url=row.evidence_url,
                carried_from_id=row.assessment_id,
                changed_by=by,
            )


def _tellings(
    draft: Assessment, carried: Iterable[Answer], by: User
) -> Iterator[AuditEvent]:
    """Yield one event per answer, so that its history begins where it came from."""
    for row in carried:
        said = {name: getattr(row, name) for name in answers.SAID}
        yield trail.event_of(
            by=by,
            verb="assessment.answer_carried",
            target=draft,
            after={row.question: {**said, "carried_from": row.carried_from_id}},
        )


def _fits(question: Question, row: Answer) -> bool:
    try:
        parse_answer(question, row.state, row.value, row.reason)
    except AnswerError:
        return False
    return not retired_in(question, row.value)


def _supersede(project: Project, by: User) -> None:
    for earlier in project.assessments.filter(state__in=REPLACEABLE):
        before = trail.values_of(earlier, ["state"])
        earlier.state = AssessmentState.SUPERSEDED
        earlier.version += 1
        earlier.save()
        trail.record(
            by=by,
            verb="assessment.superseded",
            target=earlier,
            before=before,
            after=trail.values_of(earlier, ["state"]),
        )
