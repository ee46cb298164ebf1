"""Who reviews what, and which conversations want something."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet

from accounts.models import Membership, UnitAncestry, User
from accounts.roles import Permission, roles_with
from projects.choices import UNDER_REVIEW, ReviewVerdict, ThreadState
from projects.models import Assessment, Comment, SectionReview, Thread
from projects.selectors.knowledge import Texts


@dataclass(frozen=True)
class AskedReview:
    """A reviewer asked about a section; no title: about the whole."""

    review: SectionReview
    title: Texts | None

    @property
    def key(self) -> str:
        """What names it on a page."""
        return f"verdict-{self.review.pk}"


@dataclass(frozen=True)
class ReviewSummary:
    """What the result page tells of the review."""

    reviews: list[AskedReview]
    open_threads: int
    open_changes: int


def section_titles(assessment: Assessment) -> dict[str, Texts]:
    """Return section code -> title."""
    sections = assessment.questionnaire_version.document["sections"]
    return {section["code"]: section["title"] for section in sections}


def reviews_for(user: User) -> QuerySet[SectionReview]:
    """Return what reviewers are asked in the assessments visible to `user`."""
    return SectionReview.objects.filter(
        assessment__in=Assessment.objects.visible_to(user)
    ).select_related(
        "assessment__project__unit",
        "assessment__questionnaire_version",
        "assessment__submitted_by",
        "reviewer",
        "asked_by",
    )


def waiting_for(user: User) -> QuerySet[SectionReview]:
    """Return the verdicts that `user` is asked for now."""
    return reviews_for(user).filter(
        reviewer=user,
        verdict=ReviewVerdict.PENDING,
        assessment__state__in=UNDER_REVIEW,
    )


def titled(reviews: Iterable[SectionReview]) -> list[AskedReview]:
    """Return the reviews with the titles of their sections."""
    return [
        AskedReview(
            review,
            section_titles(review.assessment).get(
                review.section, {"en": review.section}
            )
            if review.section
            else None,
        )
        for review in reviews
    ]


def reviews_of(assessment: Assessment) -> list[AskedReview]:
    """Return who is asked about what, and what they said."""
    rows = list(assessment.section_reviews.select_related("reviewer", "asked_by"))
    for row in rows:
        row.assessment = assessment
    return titled(rows)


def threads_for(user: User) -> QuerySet[Thread]:
    """Return the conversations in the assessments visible to `user`."""
    comments = Comment.objects.select_related("author")
    return (
        Thread.objects.filter(assessment__in=Assessment.objects.visible_to(user))
        .select_related(
            "assessment__project__unit",
            "assessment__questionnaire_version",
            "opened_by",
            "resolved_by",
        )
        .prefetch_related(Prefetch("comments", queryset=comments))
    )


def comments_for(user: User, thread: Thread) -> QuerySet[Comment]:
    """Return what was said in a conversation visible to `user`."""
    visible = Assessment.objects.visible_to(user)
    return Comment.objects.filter(
        thread=thread, thread__assessment__in=visible
    ).select_related("author")


def review_summary(assessment: Assessment) -> ReviewSummary:
    """Return who is asked, their verdicts, and how many conversations are open."""
    asking = assessment.threads.filter(state=ThreadState.OPEN).values_list(
        "asks_change", flat=True
    )
    tally = Counter(asking)
    return ReviewSummary(reviews_of(assessment), tally.total(), tally[True])


def waiting_questions(assessment: Assessment) -> set[str]:
    """Return the questions about which a conversation is open."""
    rows = assessment.threads.filter(state=ThreadState.OPEN)
    return set(rows.values_list("question", flat=True))


def possible_reviewers(assessment: Assessment) -> QuerySet[User]:
    """Return who may review in the unit and submitted no round of it."""
    above = UnitAncestry.objects.filter(descendant=assessment.project.unit_id)
    reviewing = Membership.objects.filter(
        unit__in=above.values("ancestor_id"), role__in=roles_with(Permission.REVIEW)
    )
    submitted = assessment.runs.filter(created_by__isnull=False)
    return (
        User.objects.filter(is_active=True)
        .filter(Q(pk__in=reviewing.values("user_id")) | Q(is_superuser=True))
        .exclude(pk__in=submitted.values("created_by"))
        .order_by("first_name", "last_name", "username")
    )
