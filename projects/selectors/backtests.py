"""Backtests, the past runs they read, and their lines as one person may see them."""

from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import User
from projects.choices import Tier
from projects.models import (
    Assessment,
    Backtest,
    BacktestLine,
    QuestionnaireVersion,
    ScoringRun,
)
from riskbase.shared.keyset import Ordering

SAME, ALL = "same", "all"
SCOPES = (SAME, ALL)


def past_runs(
    version: QuestionnaireVersion, scope: str = SAME
) -> QuerySet[ScoringRun]:
    """Return the newest run of every assessment: of this questionnaire, or of all."""
    newer = ScoringRun.objects.filter(
        assessment=OuterRef("assessment"), pk__gt=OuterRef("pk")
    )
    runs = ScoringRun.objects.filter(~Exists(newer))
    if scope == ALL:
        return runs
    return runs.filter(
        assessment__questionnaire_version__questionnaire=version.questionnaire_id
    )


def matching_backtest(version: QuestionnaireVersion) -> Backtest | None:
    """Return the newest finished backtest of the very document."""
    return (
        version.backtests.filter(digest=version.digest, finished_at__isnull=False)
        .order_by("-id")
        .first()
    )


def backtests() -> QuerySet[Backtest]:
    """Return all backtests, each with its version and job."""
    return Backtest.objects.select_related(
        "questionnaire_version__questionnaire", "job", "requested_by"
    )


def backtests_of(version: QuestionnaireVersion) -> QuerySet[Backtest]:
    """Return the backtests of a version, the newest first."""
    return version.backtests.select_related("job", "requested_by").order_by("-id")
