"""Backtests, the past runs they read, and their lines as one person may see them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery

from accounts.models import User
from accounts.permissions import may_author
from projects.choices import Tier
from projects.models import (
    Assessment,
    Backtest,
    BacktestLine,
    QuestionnaireVersion,
    ScoringRun,
)
from riskbase.shared.keyset import Ordering

OLDEST_FIRST = Ordering("id", "pk")
SAME, ALL = "same", "all"
SCOPES = (SAME, ALL)


def past_runs(version: QuestionnaireVersion, scope: str = SAME) -> QuerySet[ScoringRun]:
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


def backtests_for(user: User) -> QuerySet[Backtest]:
    """Return the backtests `user` may read: authors all of them."""
    return backtests() if may_author(user) else Backtest.objects.none()


def moved_lines(backtest: Backtest) -> QuerySet[BacktestLine]:
    """Return the lines whose tier changes."""
    return backtest.lines.exclude(before_tier=F("after_tier"))


def lines_with_places(
    lines: Sequence[BacktestLine], user: User
) -> list[tuple[BacktestLine, Assessment | None]]:
    """Pair the lines with their assessments, where `user` may see them."""
    of_run = dict(
        ScoringRun.objects.filter(pk__in=[line.run_id for line in lines]).values_list(
            "pk", "assessment"
        )
    )
    seen = (
        Assessment.objects.visible_to(user)
        .select_related("project")
        .in_bulk(of_run.values())
    )
    found = ((line, of_run.get(line.run_id)) for line in lines if line.run_id)
    return [(line, seen.get(key) if key else None) for line, key in found]


def lines_seen_by(user: User, backtest: Backtest) -> QuerySet[BacktestLine]:
    """Return all lines; `seen` is the assessment where `user` may see it."""
    visible = Assessment.objects.visible_to(user).filter(runs=OuterRef("run"))
    return backtest.lines.annotate(seen=Subquery(visible.values("pk")[:1]))


@dataclass(frozen=True)
class Migration:
    """Tiers before by tiers after; the last of each is not assessable."""

    tiers: list[str]
    rows: list[tuple[str, list[int], int]]
    totals: list[int]
    total: int


def migration_of(result: Mapping[str, Any]) -> Migration:
    """Return the table of a finished backtest, with its sums."""
    tiers = [*Tier.values, ""]
    counts = {(one["before"], one["after"]): one["count"] for one in result["tiers"]}
    rows = [
        (before, [counts.get((before, after), 0) for after in tiers])
        for before in tiers
    ]
    totals = [sum(column) for column in zip(*(row for _, row in rows), strict=True)]
    return Migration(
        tiers=tiers,
        rows=[(before, row, sum(row)) for before, row in rows],
        totals=totals,
        total=sum(totals),
    )
