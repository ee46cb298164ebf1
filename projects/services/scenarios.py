"""Saving what-if scenarios; their results are computed anew whenever they are read."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from failures.models import Practice
from projects.instruments import Entry
from projects.models import Assessment, Scenario
from projects.scoring import Answer, AnswerError, parse_answer
from projects.scoring.answers import retired_in
from projects.scoring.scenario import Comparison
from projects.selectors.grounds import Ground, ground_of
from projects.selectors.what_if import compare_with
from projects.services.answers import AnswerRefused
from riskbase.shared.audit import trail
from riskbase.shared.errors import DomainError, EditConflict

MOST = 20
"""Scenarios of one assessment: more cannot be compared side by side."""
AUDITED = ("name", "answers", "practices")
NO_RESULT = _("What-if needs a result: submit the assessment first.")


@transaction.atomic
def create(
    *,
    assessment: Assessment,
    name: str,
    by: User,
    entries: Mapping[str, Entry] | None = None,
    practices: Sequence[str] = (),
) -> Scenario:
    """Save a scenario: answers that differ from those given, practices at work.

    Raises AnswerRefused for an answer that does not fit, DomainError for an unknown
    practice, a name that is taken, one scenario too many, or an unsubmitted draft.
    """
    locked = Assessment.objects.select_for_update().get(pk=assessment.pk)
    if locked.is_draft:
        raise DomainError("no_result_yet", NO_RESULT)
    if Scenario.objects.filter(assessment=locked).count() >= MOST:
        raise DomainError(
            "too_many_scenarios",
            _("An assessment has at most %(count)s scenarios. Delete one first.")
            % {"count": MOST},
        )
    scenario = Scenario(assessment=locked, created_by=by)
    _assign(scenario, name, entries or {}, practices)
    _save(scenario)
    trail.record(
        by=by,
        verb="scenario.created",
        target=scenario,
        after=trail.values_of(scenario, AUDITED),
    )
    return scenario


@transaction.atomic
def change(
    *,
    scenario: Scenario,
    name: str,
    by: User,
    entries: Mapping[str, Entry],
    practices: Sequence[str],
    expected_version: int | None = None,
) -> Scenario:
    """Replace name, answers and practices. Raises as `create`, and EditConflict."""
    current = _locked(scenario)
    if expected_version not in {None, current.version}:
        raise EditConflict(current)
    before = trail.values_of(current, AUDITED)
    _assign(current, name, entries, practices)
    after = trail.values_of(current, AUDITED)
    if before == after:
        return current
    current.version += 1
    _save(current)
    trail.record(
        by=by, verb="scenario.changed", target=current, before=before, after=after
    )
    return current


@transaction.atomic
def delete(*, scenario: Scenario, by: User) -> None:
    """Delete it; the audit trail keeps what it said."""
    current = _locked(scenario)
    trail.record(
        by=by,
        verb="scenario.deleted",
        target=current,
        before=trail.values_of(current, AUDITED),
    )
    current.delete()


def tried(
    *, ground: Ground, entries: Mapping[str, Entry], practices: Sequence[str]
) -> Comparison:
    """Return what a scenario would lead to, and keep nothing. Raises as `create`."""
    slugs = _known(practices)
    rows = Practice.objects.filter(slug__in=slugs)
    return compare_with(ground, _changes(ground, entries), list(rows))


def entry_from(stored: Mapping[str, Any]) -> Entry:
    """Return a stored answer of a scenario as it was entered."""
    return Entry(stored["state"], stored.get("value"), stored.get("reason", ""))


def _locked(scenario: Scenario) -> Scenario:
    return (
        Scenario.objects.select_for_update(of=("self",))
        .select_related("assessment__project", "assessment__questionnaire_version")
        .get(pk=scenario.pk)
    )


def _assign(
    scenario: Scenario,
    name: str,
    entries: Mapping[str, Entry],
    practices: Sequence[str],
) -> None:
    scenario.name = name.strip()
    if not scenario.name:
        raise DomainError("name_required", _("Give the scenario a name."), field="name")
    scenario.answers = _differing(scenario.assessment, entries)
    scenario.practices = _known(practices)


def _differing(
    assessment: Assessment, entries: Mapping[str, Entry]
) -> dict[str, dict[str, Any]]:
    """Return the answers that differ from the scored ones, as stored answers."""
    ground = ground_of(assessment)
    if ground is None:
        raise DomainError("no_result_yet", NO_RESULT)
    return {
        code: answer.to_json() for code, answer in _changes(ground, entries).items()
    }


def _changes(ground: Ground, entries: Mapping[str, Entry]) -> dict[str, Answer]:
    """Check the entries; return the answers that differ from the scored ones."""
    questions = {question.code: question for question in ground.plan.questions}
    changed = {}
    for code, entry in entries.items():
        if code not in questions:
            raise AnswerRefused("unknown_question", code)
        try:
            answer = parse_answer(
                questions[code], entry.state, entry.value, entry.reason
            )
        except AnswerError as error:
            raise AnswerRefused(error.code, code) from error
        was = ground.sheet[code]
        if retired_in(questions[code], answer.value) - retired_in(
            questions[code], was.value
        ):
            raise AnswerRefused("not_offered", code)
        if answer != was:
            changed[code] = answer
    return changed


def _known(practices: Sequence[str]) -> list[str]:
    wanted = sorted(set(practices))
    found = set(Practice.objects.filter(slug__in=wanted).values_list("slug", flat=True))
    if missing := sorted(set(wanted) - found):
        raise DomainError(
            "practice_unknown",
            _("There is no practice “%(slug)s”.") % {"slug": missing[0]},
            field="practices",
        )
    return wanted


def _save(scenario: Scenario) -> None:
    try:
        with transaction.atomic():
            scenario.save()
    except IntegrityError as clash:
        raise DomainError(
            "scenario_exists",
            _("There is a scenario of this name already."),
            field="name",
        ) from clash
