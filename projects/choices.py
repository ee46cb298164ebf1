"""Vocabulary of projects, each word with its label."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from failures.choices import Stage

PROJECT_STAGES = [choice for choice in Stage.choices if choice[0] != Stage.ORGANIZATION]
"""Stages a project can stand at; the organization is a stage of causes alone."""


class ProjectState(models.TextChoices):
    """Whether the project still runs."""

    ACTIVE = "active", _("Active")
    CLOSED = "closed", _("Closed")


class QuestionnaireState(models.TextChoices):
    """Step of a questionnaire version's life."""

    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("In review")
    PUBLISHED = "published", _("Published")
    RETIRED = "retired", _("Retired")


class AssessmentState(models.TextChoices):
    """Step of an assessment's life."""

    DRAFT = "draft", _("In progress")
    SUBMITTED = "submitted", _("Submitted")
    IN_REVIEW = "in_review", _("In review")
    CHANGES_REQUESTED = "changes_requested", _("Changes requested")
    APPROVED = "approved", _("Approved")
    REJECTED = "rejected", _("Rejected")
    SUPERSEDED = "superseded", _("Superseded")


OPEN_STATES = frozenset({AssessmentState.DRAFT, AssessmentState.CHANGES_REQUESTED})
"""States in which answers can change."""
UNDER_REVIEW = frozenset({AssessmentState.SUBMITTED, AssessmentState.IN_REVIEW})
"""States in which reviewers may speak."""
REPLACEABLE = UNDER_REVIEW | {AssessmentState.APPROVED}
"""States that a newer submission of the project supersedes."""
DISCUSSED = OPEN_STATES | UNDER_REVIEW
"""States in which people talk about questions and reviewers are asked."""
EXCUSABLE = UNDER_REVIEW | {
    AssessmentState.CHANGES_REQUESTED,
    AssessmentState.APPROVED,
}
"""States in which an exception from a gate can be wanted and decided."""


class ReviewVerdict(models.TextChoices):
    """What a reviewer says of the section they were asked about."""

    PENDING = "pending", _("Not reviewed yet")
    ACCEPTED = "accepted", _("Accepted")
    CHANGES_REQUESTED = "changes_requested", _("Changes requested")


class ThreadState(models.TextChoices):
    """Whether a conversation about a question still wants something."""

    OPEN = "open", _("Open")
    RESOLVED = "resolved", _("Resolved")


class OverrideState(models.TextChoices):
    """Step of a wish to go on although a gate holds."""

    REQUESTED = "requested", _("Waiting for approval")
    APPROVED = "approved", _("Approved")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")


OVERRIDE_DECISIONS = [
    choice for choice in OverrideState.choices if choice[0] != OverrideState.REQUESTED
]
"""What can become of a request."""


class AnswerState(models.TextChoices):
    """What a person said; hidden is found by the engine, never said.

    Blank is stored only to keep the comment of a question not answered yet.
    """

    BLANK = "blank", _("Not answered")
    ANSWERED = "answered", _("Answered")
    UNKNOWN = "unknown", _("Unknown")
    NOT_APPLICABLE = "not_applicable", _("Not applicable")


class Tier(models.TextChoices):
    """Risk tier of an assessed project."""

    LOW = "low", _("Low")
    MODERATE = "moderate", _("Moderate")
    HIGH = "high", _("High")
    CRITICAL = "critical", _("Critical")


class OutcomeKind(models.TextChoices):
    """How a project ended or stands."""

    SUCCESS = "success", _("Success")
    FAILED = "failed", _("Failed")
    ABANDONED = "abandoned", _("Abandoned")
    DEGRADED = "degraded", _("Degraded")
    NEAR_MISS = "near_miss", _("Near miss")
    STILL_RUNNING = "still_running", _("Still running")


CLOSING_OUTCOMES = frozenset(OutcomeKind.values) - {OutcomeKind.STILL_RUNNING.value}
FAILURES = frozenset(
    {
        OutcomeKind.FAILED.value,
        OutcomeKind.ABANDONED.value,
        OutcomeKind.DEGRADED.value,
    }
)


class MitigationState(models.TextChoices):
    """Only a verified mitigation lowers the current risk."""

    PLANNED = "planned", _("Planned")
    IMPLEMENTED = "implemented", _("Implemented")
    VERIFIED = "verified", _("Verified")
    DROPPED = "dropped", _("Dropped")


HISTORY = {
    "project.created": _("Project opened"),
    "project.changed": _("Project changed"),
    "project.closed": _("Project closed"),
    "project.reassessment_moved": _("Another date for the next assessment"),
    "project.reopened": _("Project opened again"),
    "outcome.recorded": _("Outcome recorded"),
    "outcome.postmortem_linked": _("Post-mortem linked"),
    "mitigation.planned": _("Mitigation planned"),
    "mitigation.changed": _("Mitigation changed"),
    "mitigation.implemented": _("Mitigation reported as implemented"),
    "mitigation.verified": _("Mitigation verified"),
    "mitigation.dropped": _("Mitigation dropped"),
    "assessment.started": _("Assessment started"),
    "assessment.evidence_attached": _("File attached to an answer"),
    "assessment.evidence_removed": _("File removed from an answer"),
    "assessment.moved": _("Moved to a newer version of the questionnaire"),
    "assessment.submitted": _("Assessment submitted"),
    "assessment.estimated": _("Own estimate given"),
    "assessment.superseded": _("Assessment superseded"),
    "assessment.review_asked": _("Reviewer asked"),
    "assessment.review_relieved": _("Reviewer relieved"),
    "assessment.reviewed": _("Section reviewed"),
    "assessment.changes_requested": _("Assessment sent back for changes"),
    "assessment.approved": _("Assessment approved"),
    "assessment.rejected": _("Assessment rejected"),
    "assessment.thread_opened": _("Conversation about a question opened"),
    "assessment.change_asked": _("Change of an answer asked for"),
    "assessment.change_waived": _("Change of an answer no longer asked for"),
    "assessment.thread_resolved": _("Conversation about a question resolved"),
    "assessment.thread_reopened": _("Conversation about a question opened again"),
    "assessment.override_requested": _("Exception from a gate requested"),
    "assessment.override_approved": _("Exception from a gate approved"),
    "assessment.override_refused": _("Exception from a gate refused"),
    "assessment.override_withdrawn": _("Exception from a gate withdrawn"),
}
"""Audited verb -> how the history of a project tells it."""
