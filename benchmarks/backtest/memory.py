"""A backtest over many sheets beside scoring the same sheets in memory.

    .venv/bin/python -m riskbase.testing .venv/bin/python -m benchmarks.backtest.memory

Prints three ratios: time of the job to time of scoring alone; peak memory after the
large backtest to peak memory after one a tenth of its size, which is 1 where the job
streams; and how often it told its progress, to the number of batches.
"""

import datetime as dt
import os
import resource
import sys
import time
from collections.abc import Iterator
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "riskbase.settings.test")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.test.utils import get_runner  # noqa: E402
from django.utils import timezone  # noqa: E402

from accounts.models import Unit, User  # noqa: E402
from benchmarks.scoring.compare import random_sheet  # noqa: E402
from projects.instruments import cause_map, instrument_of, plan_of  # noqa: E402
from projects.models import (  # noqa: E402
    Assessment,
    Backtest,
    Project,
    QuestionnaireVersion,
    ScoringRecord,
    ScoringRun,
)
from projects.scoring import (  # noqa: E402
    AnswerSheet,
    replay,
    score_with,
    sheet_from_json,
)
from projects.scoring.backtest import verdict_of  # noqa: E402
from projects.services import backtests  # noqa: E402
from riskbase.shared.jobs import queue  # noqa: E402

SHEETS, DIFFERENT = 10_000, 100
AT = dt.datetime(2026, 3, 2, tzinfo=dt.UTC)
LIMITS = {"time": 2.0, "memory": 1.10, "progress": 1.0}
"""The job also reads each stored result, and writes a line for each sheet."""


class Watched(queue.Running):
    """A job that counts how often it told its progress."""

    told = 0

    def progress(self, done: int, total: int, message: str = "") -> None:
        self.told += 1
        super().progress(done, total, message)


def main() -> int:
    """Print the ratios; 1 where one is above its limit."""
    runner = get_runner(django.conf.settings)(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    try:
        return _measured()
    finally:
        runner.teardown_databases(databases)


def _measured() -> int:
    call_command("load_content", verbosity=0)
    version = QuestionnaireVersion.objects.published().get(
        questionnaire__code="full-intake"
    )
    by = User.objects.create(username="author", is_superuser=True)
    sheets = _sheets(version)
    _fill(version, sheets, SHEETS // 10)
    small = _backtest(version, by)
    _fill(version, sheets, SHEETS - SHEETS // 10)
    large = _backtest(version, by)
    alone = _alone(version, sheets)
    ratios = {
        "time": large["seconds"] / alone,
        "memory": large["peak"] / small["peak"],
        "progress": large["batches"] / large["told"],
    }
    print(
        f"{large['sheets']} sheets of {len(instrument_of(version).questions)} questions"
    )
    print(f"scoring alone   {alone:8.1f} s")
    print(
        f"backtest        {large['seconds']:8.1f} s, told progress {large['told']} times"
    )
    print(f"peak memory     {small['peak']:8.0f} MB, then {large['peak']:.0f} MB")
    for name, ratio in ratios.items():
        print(f"ratio {name:10}{ratio:8.2f}   limit {LIMITS[name]:.2f}")
    return int(any(ratio > LIMITS[name] for name, ratio in ratios.items()))


def _sheets(version: QuestionnaireVersion) -> list[AnswerSheet]:
    instrument = instrument_of(version)
    return [random_sheet(instrument, seed) for seed in range(DIFFERENT)]


def _fill(version: QuestionnaireVersion, sheets: list[AnswerSheet], count: int) -> None:
    """Keep `count` submitted assessments; their runs are as the services write them."""
    causes = cause_map()
    plan = plan_of(version, causes)
    kept = [
        (
            sheet.to_json(),
            replay(version.document, sheet.to_json(), causes).decode(),
            score_with(plan, sheet),
        )
        for sheet in sheets
    ]
    unit, _ = Unit.objects.get_or_create(name="Benchmark")
    owner = User.objects.get(username="author")
    start = Project.objects.count()
    for numbers in _batches(range(start, start + count)):
        projects = Project.objects.bulk_create(
            Project(
                reference=f"B-{n}",
                name=f"B {n}",
                unit=unit,
                owner=owner,
                sector="retail",
            )
            for n in numbers
        )
        assessments = Assessment.objects.bulk_create(
            Assessment(
                project=project,
                questionnaire_version=version,
                state="submitted",
                submitted_at=AT,
            )
            for project in projects
        )
        runs = ScoringRun.objects.bulk_create(
            _run(version, assessment, kept[n % len(kept)][2])
            for assessment, n in zip(assessments, numbers, strict=True)
        )
        ScoringRecord.objects.bulk_create(
            ScoringRecord(
                run=run,
                sheet=kept[n % len(kept)][0],
                causes=causes,
                result=kept[n % len(kept)][1],
            )
            for run, n in zip(runs, numbers, strict=True)
        )


def _run(
    version: QuestionnaireVersion, assessment: Assessment, risk: Any
) -> ScoringRun:
    verdict = verdict_of(risk)
    return ScoringRun(
        assessment=assessment,
        instrument_digest=version.digest,
        engine_version="1",
        result_digest="0" * 64,
        tier=verdict.tier,
        point=verdict.point,
        binding_cause=verdict.cause,
        provisional=risk.provisional,
        completeness=0,
        created_at=AT,
    )


def _batches(numbers: range) -> Iterator[range]:
    for start in range(0, len(numbers), 500):
        yield numbers[start : start + 500]


def _backtest(version: QuestionnaireVersion, by: User) -> dict[str, float]:
    backtest = backtests.request(version=version, by=by)
    job = queue.claim(str(backtest.job_id), now=timezone.now())
    running = Watched(job)
    start = time.perf_counter()
    done = backtests.run(running=running)
    seconds = time.perf_counter() - start
    Backtest.objects.filter(pk=backtest.pk).update(job=None)
    return {
        "seconds": seconds,
        "sheets": done["sheets"],
        "told": running.told,
        "batches": -(-done["sheets"] // backtests.BATCH),
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def _alone(version: QuestionnaireVersion, sheets: list[AnswerSheet]) -> float:
    """Return the seconds for reading and scoring as many sheets, without a database."""
    instrument, plan = instrument_of(version), plan_of(version, cause_map())
    written = [sheet.to_json() for sheet in sheets]
    start = time.perf_counter()
    for number in range(SHEETS):
        sheet = sheet_from_json(instrument, written[number % len(written)])
        score_with(plan, sheet)
    return time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(main())
