"""Backtests: a document scored over the answer sheets that are there already.

Ids are streamed by a server-side cursor, sheets are read and lines written batch by
batch: memory does not grow with the portfolio. Old runs stay as they are.
"""

import json
import uuid
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from projects.instruments import cause_map
from projects.models import Backtest, BacktestLine, QuestionnaireVersion, ScoringRun
from projects.scoring import (
    InstrumentError,
    Plan,
    instrument_from_document,
    plan_for,
    score_with,
)
from projects.scoring.backtest import Tally, Verdict, fitted, verdict_of
from projects.selectors.backtests import SAME, past_runs
from projects.selectors.checks import check_of
from riskbase.shared.audit import trail
from riskbase.shared.errors import DomainError
from riskbase.shared.jobs import queue
from riskbase.shared.jobs.models import JobState

KIND = "projects.backtest"
BATCH = 200
COLUMNS = ("pk", "tier", "point", "binding_cause", "record__sheet", "record__result")


@transaction.atomic
def request(*, version: QuestionnaireVersion, by: User, scope: str = SAME) -> Backtest:
    """Freeze the document and ask for its backtest.

    The same one that still waits or runs is the answer too. Raises DomainError for a
    text that cannot be scored.
    """
    version = QuestionnaireVersion.objects.select_for_update(of=("self",)).get(
        pk=version.pk
    )
    _require_scorable(version)
    under_way = version.backtests.filter(
        digest=version.digest,
        job__state__in=[JobState.PENDING, JobState.RUNNING],
        job__payload__scope=scope,
    ).first()
    if under_way is not None:
        return under_way
    backtest = Backtest(
        questionnaire_version=version,
        digest=version.digest,
        document=version.document,
        requested_by=by,
    )
    payload = {"backtest": str(backtest.pk), "scope": scope}
    backtest.job = queue.enqueue(
        kind=KIND, key=str(backtest.pk), payload=payload, by=by
    )
    backtest.save()
    trail.record(
        by=by,
        verb="backtest.requested",
        target=backtest,
        after={"version": version.pk, "digest": version.digest, "scope": scope},
    )
    return backtest


def run(*, running: queue.Running, size: int = BATCH) -> dict[str, int]:
    """Score every past sheet, and publish what comes out at the end.

    Run again, it begins anew: lines of an attempt that was lost are deleted first.
    """
    backtest = Backtest.objects.filter(pk=running.payload["backtest"]).first()
    if backtest is None:
        return {"sheets": 0}
    scope = running.payload["scope"]
    version = QuestionnaireVersion.objects.get(pk=backtest.questionnaire_version_id)
    runs = past_runs(version, scope)
    total, done, tally = runs.count(), 0, Tally()
    with transaction.atomic():
        running.confirm()
        backtest.lines.all().delete()
    plan = plan_for(instrument_from_document(backtest.document, ()), cause_map())
    for batch in _batches(runs, size):
        _score(backtest, plan, batch, tally, running)
        done += len(batch)
        running.progress(done, max(total, done), _("Scoring past answers"))
    with transaction.atomic():
        running.confirm()
        backtest.result = {"scope": scope, **tally.to_json()}
        backtest.sheets, backtest.finished_at = tally.sheets, timezone.now()
        backtest.save(update_fields=["result", "sheets", "finished_at"])
    return {"sheets": tally.sheets}


def _require_scorable(version: QuestionnaireVersion) -> None:
    if version.state in ("draft", "in_review"):
        is_scorable = check_of(version).plan is not None
    else:
        is_scorable = _compiles(version.document)
    if not is_scorable:
        raise DomainError(
            "not_scorable",
            gettext_lazy("This text cannot be scored yet: correct its errors first."),
        )


def _compiles(document: dict[str, Any]) -> bool:
    try:
        plan_for(instrument_from_document(document, ()), cause_map())
    except InstrumentError:
        return False
    return True


def _batches(runs: Any, size: int) -> Iterator[list[uuid.UUID]]:
    """Stream the ids of the runs, so many at a time."""
    ids = runs.order_by("pk").values_list("pk", flat=True).iterator(chunk_size=size)
    while batch := list(islice(ids, size)):
        yield batch


def _score(
    backtest: Backtest,
    plan: Plan,
    batch: Sequence[uuid.UUID],
    tally: Tally,
    running: queue.Running,
) -> None:
    """Score one batch and write its lines, while the job is this worker's."""
    questions = {question.code: question for question in plan.questions}
    lines = []
    rows = ScoringRun.objects.filter(pk__in=batch).order_by("pk")
    for pk, tier, point, cause, written, result in rows.values_list(*COLUMNS):
        if not questions.keys() & written.keys():
            tally.skip()
            continue
        fit = fitted(questions, written)
        before = Verdict(tier, point, cause, _fired(result))
        after = verdict_of(score_with(plan, fit.sheet))
        tally.add(before, after, fit.misfits)
        lines.append(_line(backtest, pk, before, after))
    with transaction.atomic():
        running.confirm()
        BacktestLine.objects.bulk_create(lines)


def _fired(result: str) -> frozenset[str]:
    gates = json.loads(result)["result"]["gates"]["fired"]
    return frozenset(gate["code"] for gate in gates)


def _line(
    backtest: Backtest, run: uuid.UUID, before: Verdict, after: Verdict
) -> BacktestLine:
    return BacktestLine(
        backtest=backtest,
        run_id=run,
        before_tier=before.tier,
        after_tier=after.tier,
        before_point=before.point,
        after_point=after.point,
        gates=sorted(after.gates),
    )
