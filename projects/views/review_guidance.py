"""What a reader may do in a review, and what is next for them."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from projects.choices import UNDER_REVIEW, AssessmentState, ReviewVerdict
from projects.models import Assessment
from projects.permissions import (
    can_answer,
    can_assess,
    can_discuss,
    can_judge,
    can_request_override,
    can_review,
)
from projects.selectors.reviews import ReviewSummary
from projects.views.guidance import Advice


@dataclass(frozen=True)
class Rights:
    """What the reader may do with this assessment, whatever its state."""

    discuss: bool
    ask: bool
    """Ask reviewers, and relieve them."""
    judge: bool
    answer: bool
    assess: bool
    """Start anew."""
    want_override: bool


def rights_for(user: User, assessment: Assessment) -> Rights:
    """Return what `user` may do with the assessment."""
    return Rights(
        discuss=can_discuss(user, assessment),
        ask=can_review(user, assessment.project),
        judge=can_judge(user, assessment),
        answer=can_answer(user, assessment),
        assess=can_assess(user, assessment.project),
        want_override=can_request_override(user, assessment),
    )


def next_step(
    assessment: Assessment, user: User, rights: Rights, summary: ReviewSummary
) -> Advice:
    """Return what is next for this reader; without an address they wait."""
    if assessment.state in UNDER_REVIEW:
        return _under_review(assessment, user, rights, summary)
    return _afterwards(assessment, rights, summary)


def _under_review(
    assessment: Assessment, user: User, rights: Rights, summary: ReviewSummary
) -> Advice:
    page = reverse("projects:assessment-review", args=[assessment.pk])
    if rights.judge and _is_asked(user, summary):
        return Advice(
            _("Your verdict is asked for"),
            _("Read the answers, talk about what is unclear, and say what you think."),
            page,
            _("Review"),
            is_urgent=True,
        )
    if rights.judge:
        return Advice(
            _("You may decide"),
            _("Approve it, send it back with what should change, or reject it."),
            f"{page}#decision",
            _("Review and decide"),
        )
    if rights.ask and not summary.reviews:
        return Advice(
            _("Ask reviewers"),
            _("Who submitted an assessment cannot approve it. Ask somebody else."),
            f"{page}#reviewers",
            _("Ask reviewers"),
        )
    return Advice(
        _("Reviewers have the next step"),
        _("Until they decide, the result stands as submitted."),
        page,
        _("Follow the review"),
    )


def _is_asked(user: User, summary: ReviewSummary) -> bool:
    return any(
        asked.review.reviewer_id == user.pk
        and asked.review.verdict == ReviewVerdict.PENDING
        for asked in summary.reviews
    )


def _afterwards(
    assessment: Assessment, rights: Rights, summary: ReviewSummary
) -> Advice:
    if assessment.state == AssessmentState.CHANGES_REQUESTED:
        return _sent_back(assessment, rights, summary)
    if assessment.state == AssessmentState.REJECTED:
        anew = reverse("projects:assessment-start")
        return Advice(
            _("Start anew"),
            _("All answers are carried over into a new assessment."),
            f"{anew}?project={assessment.project_id}" if rights.assess else "",
            _("Assess again"),
        )
    if assessment.state == AssessmentState.APPROVED:
        return Advice(
            _("Nothing is left to do here"),
            _("The conversation stays readable."),
            reverse("projects:assessment-review", args=[assessment.pk]),
            _("Read the review"),
        )
    return Advice("", "")


def _sent_back(
    assessment: Assessment, rights: Rights, summary: ReviewSummary
) -> Advice:
    text = ngettext(
        "A change is asked for about %(count)s question.",
        "Changes are asked for about %(count)s questions.",
        summary.open_changes,
    ) % {"count": summary.open_changes}
    if rights.answer:
        href = reverse("projects:assessment-detail", args=[assessment.pk])
        title, action = _("Answer what is asked, then submit again"), _("Continue")
        return Advice(title, text, href, action, is_urgent=True)
    return Advice(_("Who assesses has the next step"), text)
