"""Vocabulary of failures, each word with its label."""

import datetime as dt

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

FIRST_DAY = dt.date(1950, 1, 1)
LAST_DAY = dt.date(2199, 12, 31)
"""Dates of records lie between; stored quarters fit a small integer."""
WITHIN_RANGE = [MinValueValidator(FIRST_DAY), MaxValueValidator(LAST_DAY)]


class Stage(models.TextChoices):
    """Stage of the machine-learning life cycle, in order."""

    PROBLEM_FRAMING = "problem_framing", _("Problem framing")
    DATA_ACQUISITION = "data_acquisition", _("Data acquisition")
    DATA_PREPARATION = "data_preparation", _("Data preparation")
    FEATURE_ENGINEERING = "feature_engineering", _("Feature engineering")
    TRAINING = "training", _("Training")
    EVALUATION = "evaluation", _("Evaluation")
    DEPLOYMENT = "deployment", _("Deployment")
    OPERATION = "operation", _("Operation")
    ORGANIZATION = "organization", _("Organization")


class Sector(models.TextChoices):
    """Sector of activity: part of the reference class."""

    HEALTHCARE = "healthcare", _("Healthcare")
    FINANCE = "finance", _("Finance and insurance")
    PUBLIC_SECTOR = "public_sector", _("Public administration")
    PUBLIC_SAFETY = "public_safety", _("Public safety and justice")
    TRANSPORT = "transport", _("Transport and logistics")
    RETAIL = "retail", _("Retail and hospitality")
    INDUSTRY = "industry", _("Industry and energy")
    TECHNOLOGY = "technology", _("Technology and telecommunications")
    MEDIA = "media", _("Media and marketing")
    EDUCATION = "education", _("Education")
    HUMAN_RESOURCES = "human_resources", _("Human resources")
    RESEARCH = "research", _("Research")
    SECURITY = "security", _("Information security")
    OTHER = "other", _("Other")


class Task(models.TextChoices):
    """What the model does: part of the reference class."""

    CLASSIFICATION = "classification", _("Classification")
    REGRESSION = "regression", _("Regression")
    FORECASTING = "forecasting", _("Forecasting")
    RANKING = "ranking", _("Ranking")
    RECOMMENDATION = "recommendation", _("Recommendation")
    GENERATION = "generation", _("Generation")
    DETECTION = "detection", _("Detection")
    RECOGNITION = "recognition", _("Recognition")
    CONTROL = "control", _("Control")
    ANOMALY = "anomaly", _("Anomaly detection")
    OTHER = "other", _("Other")


class Modality(models.TextChoices):
    """Kind of data: part of the reference class."""

    TABULAR = "tabular", _("Tabular")
    TEXT = "text", _("Text")
    IMAGE = "image", _("Image")
    AUDIO = "audio", _("Audio")
    VIDEO = "video", _("Video")
    MULTIMODAL = "multimodal", _("Multimodal")
    TIME_SERIES = "time_series", _("Time series")
    SENSOR = "sensor", _("Sensor signals")
    OTHER = "other", _("Other")


class Sourcing(models.TextChoices):
    """Who makes the model: part of the reference class."""

    BUILD = "build", _("Built in-house")
    BUY = "buy", _("Bought")
    ADAPT = "adapt", _("Third-party model adapted")
    UNKNOWN = "unknown", _("Not known")


class OutcomeClass(models.TextChoices):
    """How badly it ended."""

    FAILED = "failed", _("Failed")
    ABANDONED = "abandoned", _("Abandoned")
    DEGRADED = "degraded", _("Degraded")
    NEAR_MISS = "near_miss", _("Near miss")


class Severity(models.TextChoices):
    """Harm to people or money."""

    LOW = "low", _("Low")
    MODERATE = "moderate", _("Moderate")
    HIGH = "high", _("High")
    CRITICAL = "critical", _("Critical")


class Origin(models.TextChoices):
    """Where a record comes from; own and outside cases are never mixed."""

    OWN = "own", _("Own project")
    CASE = "case", _("Public case")
    IMPORT = "import", _("Imported outside case")


class Visibility(models.TextChoices):
    """Who may read a post-mortem."""

    RESTRICTED = (
        "restricted",
        _("Restricted: author, managers and reviewers of the unit"),
    )
    UNIT = "unit", _("Unit: everybody in the unit")
    ORGANIZATION = "organization", _("Organization: everybody who is signed in")
    SHAREABLE = "shareable", _("Shareable: may leave the organization")


WITHIN = [each for each in Visibility.choices if each[0] != Visibility.SHAREABLE]
"""Readers who need no sign-off: the record stays in the organization."""


class PostmortemState(models.TextChoices):
    """Step of the publication workflow."""

    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("In review")
    CHANGES_REQUESTED = "changes_requested", _("Changes requested")
    APPROVED = "approved", _("Approved")
    PUBLISHED = "published", _("Published")
    ARCHIVED = "archived", _("Archived")


WRITTEN_STATES = (PostmortemState.DRAFT, PostmortemState.CHANGES_REQUESTED)
"""The author still writes."""
FROZEN_STATES = (
    PostmortemState.APPROVED,
    PostmortemState.PUBLISHED,
    PostmortemState.ARCHIVED,
)
"""Nothing changes until the record is returned."""
COUNTED_STATES = (PostmortemState.PUBLISHED, PostmortemState.ARCHIVED)
"""The record counts in statistics; an archived one is no longer a precedent."""


class StepKind(models.TextChoices):
    """What a step of the timeline tells."""

    INTRODUCED = "introduced", _("Introduced")
    DETECTED = "detected", _("Detected")
    DIAGNOSED = "diagnosed", _("Diagnosed")
    REPAIRED = "repaired", _("Repaired")
    DECISION = "decision", _("Decision")
    EVENT = "event", _("Other event")


class Precision(models.TextChoices):
    """How exactly a date is known."""

    DAY = "day", _("Day")
    MONTH = "month", _("Month")
    YEAR = "year", _("Year")


class Detection(models.TextChoices):
    """How the failure was noticed."""

    MONITORING = "monitoring", _("Monitoring or alarm")
    INTERNAL_REVIEW = "internal_review", _("Internal review or test")
    USER_REPORT = "user_report", _("Report of a user")
    EXTERNAL_REPORT = "external_report", _("Press or another outside report")
    AUDIT = "audit", _("Audit or regulator")
    RESEARCH = "research", _("Independent research")
    ACCIDENT = "accident", _("Accident")
    UNKNOWN = "unknown", _("Not known")


class CostBasis(models.TextChoices):
    """How a sum of money was found."""

    MEASURED = "measured", _("Measured")
    ESTIMATED = "estimated", _("Estimated")


class CauseRole(models.TextChoices):
    """Part that a cause played."""

    ROOT = "root", _("Root cause")
    CONTRIBUTING = "contributing", _("Contributing factor")
    TRIGGER = "trigger", _("Trigger")
    DETECTION_GAP = "detection_gap", _("Detection gap")


class Confidence(models.TextChoices):
    """How sure the coder is."""

    KNOWN = "known", _("Known")
    PROBABLE = "probable", _("Probable")
    POSSIBLE = "possible", _("Possible")


class ProposalKind(models.TextChoices):
    """What a lesson would change."""

    QUESTION = "question", _("A question")
    PRACTICE = "practice", _("A practice")


class ProposalState(models.TextChoices):
    """Where a proposed change stands."""

    OPEN = "open", _("Open")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")


class Likeness(models.TextChoices):
    """What people say of two records that look alike."""

    CONFIRMED = "confirmed", _("Alike")
    DENIED = "denied", _("Not alike")


class ActionKind(models.TextChoices):
    """What a follow-up does."""

    PREVENT = "prevent", _("Prevent")
    DETECT = "detect", _("Detect")
    MITIGATE = "mitigate", _("Mitigate")
    LEARN = "learn", _("Learn")


class ActionState(models.TextChoices):
    """Where a follow-up stands; done is not verified."""

    OPEN = "open", _("Open")
    IN_PROGRESS = "in_progress", _("In progress")
    DONE = "done", _("Done")
    VERIFIED = "verified", _("Verified")
    WONT_DO = "wont_do", _("Won't do")


class Priority(models.TextChoices):
    """How soon a follow-up is needed."""

    HIGH = "high", _("High priority")
    NORMAL = "normal", _("Normal priority")
    LOW = "low", _("Low priority")


class PracticeKind(models.TextChoices):
    """How a practice works."""

    PREVENT = "prevent", _("Prevents")
    DETECT = "detect", _("Detects")
    RESPOND = "respond", _("Responds")


class Reliability(models.TextChoices):
    """How far a published figure can be trusted."""

    STRONG = "strong", _("Strong")
    MODERATE = "moderate", _("Moderate")
    WEAK = "weak", _("Weak")
    ANECDOTAL = "anecdotal", _("Anecdotal")
    ARGUMENT = "argument", _("Argument, not a measurement")


class Verification(models.TextChoices):
    """How far the facts of an outside case were checked."""

    SOURCE_SEEN = "source_seen", _("Seen in a source")
    INCIDENT_RECORD = "incident_record", _("Seen in the AI Incident Database record")
    PARTLY_SEEN = "partly_seen", _("Partly seen in a source")
    UNVERIFIED = "unverified", _("Unverified")
    OWN_RECORD = "own_record", _("Own record")


class ImportMode(models.TextChoices):
    """What happens to a file some of whose rows are at fault."""

    PARTIAL = "partial", _("Import the others, and report these")
    ATOMIC = "atomic", _("Import nothing")


class ImportStage(models.TextChoices):
    """How far an import is."""

    UPLOADED = "uploaded", _("Uploaded")
    WAITING = "waiting", _("Under way")
    CHECKED = "checked", _("Checked, nothing imported")
    IMPORTED = "imported", _("Imported")
    REFUSED = "refused", _("Nothing imported: rows are at fault")
    FAILED = "failed", _("It did not come to its end")
