"""Asking reviewers about sections, and what they say of them."""

import datetime as dt
from collections.abc import Collection, Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from projects.choices import DISCUSSED, UNDER_REVIEW, AssessmentState, ReviewVerdict
from projects.models import Assessment, SectionReview
from projects.permissions import can_review
from projects.services.proceedings import locked, spoken, tell
from riskbase.shared.errors import DomainError, EditConflict

PENDING = ReviewVerdict.PENDING


@transaction.atomic
def assign(
    *,
    assessment: Assessment,
    reviewer: User,
    by: User,
    sections: Iterable[str] = (),
) -> list[SectionReview]:
    """Ask `reviewer` about `sections`, or about all of it when none is named.

    What is asked already stays as it is. A submitted assessment is then in review.
    """
    current = locked(assessment, DISCUSSED)
    asked = list(dict.fromkeys(sections)) or [""]
    _refuse_sections(current, asked)
    _refuse_reviewer(current, reviewer)
    reviews = []
    for section in asked:
        review, is_new = SectionReview.objects.get_or_create(
            assessment=current,
            section=section,
            reviewer=reviewer,
            defaults={"asked_by": by},
        )
        reviews.append(review)
        if is_new:
            _tell(review, "review_asked", by)
    if current.state == AssessmentState.SUBMITTED:
        current.state = AssessmentState.IN_REVIEW
        current.version += 1
        current.save()
    return reviews


@transaction.atomic
def relieve(
    *, review: SectionReview, by: User, expected_version: int | None = None
) -> None:
    """Ask this reviewer no longer about this section."""
    current = _locked(review, DISCUSSED, expected_version)
    _tell(current, "review_relieved", by)
    current.delete()


@transaction.atomic
def give_verdict(
    *,
    review: SectionReview,
    verdict: str,
    note: str = "",
    by: User,
    at: dt.datetime,
    expected_version: int | None = None,
) -> SectionReview:
    """Keep what the reviewer says of the section; changes need a note."""
    current = _locked(review, UNDER_REVIEW, expected_version)
    if current.reviewer_id != by.pk or current.assessment.was_submitted_by(by):
        raise DomainError(
            "not_the_reviewer", _("Only the reviewer who was asked gives the verdict.")
        )
    is_change = verdict == ReviewVerdict.CHANGES_REQUESTED
    current.note = spoken(note, field="note", is_required=is_change)
    before = {"verdict": current.verdict}
    current.verdict = verdict
    current.decided_at = None if verdict == PENDING else at
    current.version += 1
    current.save()
    _tell(current, "reviewed", by, note=current.note, before=before)
    return current


def begin_round(
    *, assessment: Assessment, by: User, changed: set[str], is_demanded: bool
) -> AssessmentState:
    """Prepare the reviews of what `by` submits now, and return its state.

    Within the submission's transaction. Who submits reviews no longer; verdicts on
    sections whose answers `changed` are open again; `is_demanded`: a gate wants it.
    """
    for review in list(assessment.section_reviews.select_related("reviewer")):
        review.assessment = assessment
        if review.reviewer_id == by.pk:
            _tell(review, "review_relieved", by)
            review.delete()
        elif review.verdict != PENDING and _touches(review, changed):
            review.verdict, review.decided_at = PENDING, None
            review.version += 1
            review.save()
    asked = is_demanded or assessment.section_reviews.exists()
    return AssessmentState.IN_REVIEW if asked else AssessmentState.SUBMITTED


def _touches(review: SectionReview, changed: set[str]) -> bool:
    sections = review.assessment.questionnaire_version.document["sections"]
    return any(
        question["code"] in changed
        for section in sections
        if review.section in {"", section["code"]}
        for question in section["questions"]
    )


def _refuse_sections(assessment: Assessment, asked: list[str]) -> None:
    sections = assessment.questionnaire_version.document["sections"]
    if set(asked) - {"", *(section["code"] for section in sections)}:
        raise DomainError(
            "unknown_section",
            _("This questionnaire has no such section."),
            field="section",
        )


def _refuse_reviewer(assessment: Assessment, reviewer: User) -> None:
    if not can_review(reviewer, assessment.project):
        raise DomainError(
            "reviewer_without_right",
            _("This person may not review in the unit. Choose somebody who may."),
            field="reviewer",
        )
    if assessment.was_submitted_by(reviewer):
        raise DomainError(
            "reviewer_submitted",
            _("Who submitted an assessment cannot review it."),
            field="reviewer",
        )


def _locked(
    review: SectionReview, states: Collection[str], expected_version: int | None
) -> SectionReview:
    """Return the row locked, its assessment first."""
    assessment = locked(review.assessment, states)
    current = (
        SectionReview.objects.select_for_update(of=("self",))
        .select_related("reviewer")
        .get(pk=review.pk)
    )
    current.assessment = assessment
    if expected_version not in {None, current.version}:
        raise EditConflict(current)
    return current


def _tell(
    review: SectionReview,
    verb: str,
    by: User,
    *,
    note: str = "",
    before: dict[str, str] | None = None,
) -> None:
    tell(
        review.assessment,
        f"assessment.{verb}",
        by=by,
        facts={
            "section": review.section,
            "reviewer": review.reviewer_id,
            "verdict": review.verdict,
        },
        words={"note": note} if note else {},
        before=before,
    )
