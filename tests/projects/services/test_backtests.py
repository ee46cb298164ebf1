"""A backtest says what direct scoring says, batch by batch, and starts over cleanly."""

from collections import Counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from projects import tasks
from projects.instruments import cause_map
from projects.models import Backtest, BacktestLine, ScoringRun
from projects.scoring import (
    instrument_from_document,
    plan_for,
    score_with,
    sheet_from_json,
)
from projects.scoring.backtest import verdict_of
from projects.scoring.writing import source_of
from projects.services import backtests, drafts
from riskbase.shared.errors import DomainError
from riskbase.shared.jobs import queue
from riskbase.shared.jobs.models import Job
from tests.factories.projects import AT, QuestionnaireVersionFactory
from tests.factories.runs import SHEETS, harsher, scored

pytestmark = pytest.mark.django_db


@pytest.fixture
def runs(retail, alice):
    return [scored(unit=retail, by=alice, **said) for said in SHEETS]


@pytest.fixture
def draft(runs, olga):
    copied = drafts.copy(version=QuestionnaireVersionFactory(), by=olga)
    return drafts.save(version=copied, source=source_of(harsher()), by=olga)


class Watched(queue.Running):
    """Remembers the progress that was reported."""

    def __init__(self, job):
        super().__init__(job)
        self.steps = []

    def progress(self, done, total, message=""):
        super().progress(done, total, message)
        self.steps.append((done, total))


def take(backtest):
    return Watched(queue.claim(str(backtest.job_id), now=AT.replace(year=2100)))


def run(backtest, size=2):
    running = take(backtest)
    backtests.run(running=running, size=size)
    backtest.refresh_from_db()
    return running


def test_result_is_that_of_direct_scoring(draft, olga):
    backtest = backtests.request(version=draft, by=olga)
    run(backtest)
    plan = plan_for(instrument_from_document(harsher(), ()), cause_map())
    tiers, moved = Counter(), 0
    for line, old in zip(
        backtest.lines.all(), ScoringRun.objects.order_by("pk"), strict=True
    ):
        sheet = dict(old.record.sheet)
        if sheet.get("split", {}).get("value") == "locked":
            del sheet["split"]
        direct = verdict_of(score_with(plan, sheet_from_json(plan.instrument, sheet)))
        assert line.run == old
        assert (line.before_tier, line.before_point) == (old.tier, old.point)
        assert (line.after_tier, line.after_point) == (direct.tier, direct.point)
        assert set(line.gates) == direct.gates
        tiers[old.tier, direct.tier] += 1
        moved += old.tier != direct.tier
    found = backtest.result
    assert {(t["before"], t["after"]): t["count"] for t in found["tiers"]} == tiers
    assert found["changed"] == moved > 0
    assert found["misfits"] == {"split": 3}
    assert found["gates"] == [
        {"code": "no_problem", "newly": 1, "no_longer": 1, "still": 1},
        {"code": "unsigned", "newly": 2, "no_longer": 0, "still": 0},
    ]
    assert (backtest.sheets, found["sheets"]) == (5, 5)
    assert backtest.finished_at is not None


def test_the_same_document_changes_nothing(runs, olga):
    version = QuestionnaireVersionFactory()
    backtest = backtests.request(version=version, by=olga)
    run(backtest)
    assert backtest.result["changed"] == 0
    assert backtest.result["difference"]["histogram"] == [
        {"from": 0, "to": 0, "count": 5}
    ]
    assert backtest.result["misfits"] == {}


def test_sheets_come_in_batches_with_progress(draft, olga):
    backtest = backtests.request(version=draft, by=olga)
    with CaptureQueriesContext(connection) as captured:
        running = run(backtest, size=2)
    assert running.steps == [(2, 5), (4, 5), (5, 5)]
    said = [query["sql"] for query in captured]
    written = [
        sql for sql in said if sql.startswith("INSERT") and "backtestline" in sql
    ]
    assert len(written) == 3
    read = [sql for sql in said if "projects_scoringrecord" in sql]
    assert len(read) == 3
    assert all(sql.count("'::uuid") <= 2 for sql in read)


def test_only_the_newest_run_of_an_assessment_counts(draft, olga, runs):
    old = runs[0]
    newer = ScoringRun.objects.get(pk=old.pk)
    newer.pk = newer.id = None
    newer._state.adding = True
    newer.id = ScoringRun._meta.pk.get_default()
    newer.save(force_insert=True)
    record = old.record
    record.run, record._state.adding = newer, True
    record.save(force_insert=True)
    backtest = backtests.request(version=draft, by=olga)
    run(backtest)
    assert set(backtest.lines.values_list("run", flat=True)) == {
        each.pk for each in [newer, *runs[1:]]
    }


def test_scope_decides_about_other_questionnaires(draft, olga, retail, alice):
    other = QuestionnaireVersionFactory(questionnaire__code="other")
    scored(unit=retail, by=alice, version=other, **SHEETS[0])
    same, every = (
        backtests.request(version=draft, by=olga, scope=scope)
        for scope in ("same", "all")
    )
    run(same)
    run(every)
    assert (same.sheets, every.sheets) == (5, 6)
    assert (same.result["scope"], every.result["scope"]) == ("same", "all")


def test_sheets_without_a_common_question_are_skipped(runs, olga):
    draft = drafts.begin(code="vendor-check", by=olga)
    backtest = backtests.request(version=draft, by=olga, scope="all")
    run(backtest)
    assert (backtest.result["sheets"], backtest.result["skipped"]) == (0, 5)
    assert not backtest.lines.exists()


def test_asking_twice_is_one_backtest(draft, olga, rita):
    first = backtests.request(version=draft, by=olga)
    assert backtests.request(version=draft, by=rita) == first
    assert backtests.request(version=draft, by=rita, scope="all") != first
    edited = drafts.save(version=draft, source=draft.source + "\n# x", by=olga)
    assert backtests.request(version=edited, by=olga) == first
    longer = source_of({**edited.document, "minutes": 50})
    changed = drafts.save(version=edited, source=longer, by=olga)
    assert backtests.request(version=changed, by=olga) != first


def test_the_document_is_frozen_when_asked(draft, olga):
    backtest = backtests.request(version=draft, by=olga)
    drafts.save(version=draft, source="code: small", by=olga)
    run(backtest)
    assert backtest.document == harsher()
    assert backtest.sheets == 5


def test_what_cannot_be_scored_is_refused(draft, olga):
    for source in ("[", "code: small"):
        broken = drafts.save(version=draft, source=source, by=olga)
        with pytest.raises(DomainError, match="not_scorable"):
            backtests.request(version=broken, by=olga)
    assert not Job.objects.filter(kind=backtests.KIND).exists()


def test_started_again_it_leaves_no_line_twice(draft, olga):
    backtest = backtests.request(version=draft, by=olga)
    BacktestLine.objects.create(backtest=backtest, before_tier="low")
    run(backtest)
    assert backtest.lines.count() == 5


def test_a_worker_that_lost_its_lease_writes_nothing(draft, olga):
    backtest = backtests.request(version=draft, by=olga)
    lost = take(backtest)
    Job.objects.filter(pk=backtest.job_id).update(lease_token=None)
    with pytest.raises(queue.LeaseLost):
        backtests.run(running=lost)
    backtest.refresh_from_db()
    assert backtest.finished_at is None
    assert not backtest.lines.exists()


def test_the_job_does_it(draft, olga):
    backtest = backtests.request(version=draft, by=olga)
    assert tasks.backtest is not None
    assert queue.run(str(backtest.job_id), now=AT.replace(year=2100))
    backtest.refresh_from_db()
    assert backtest.sheets == 5
    assert Job.objects.get(pk=backtest.job_id).result == {"sheets": 5}


def test_a_deleted_draft_has_nothing_to_score(draft, olga):
    backtest = backtests.request(version=draft, by=olga)
    job = backtest.job_id
    drafts.delete(version=draft, by=olga)
    assert not Backtest.objects.exists()
    assert queue.run(str(job), now=AT.replace(year=2100))


def test_old_runs_stay(draft, olga):
    before = list(ScoringRun.objects.values())
    run(backtests.request(version=draft, by=olga))
    assert list(ScoringRun.objects.values()) == before
