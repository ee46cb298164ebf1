import datetime as dt

import pytest
from django.utils import timezone

from failures.models import CauseCoding, ImportFault, Postmortem
from failures.selectors.imports import report_rows
from failures.services import importing, imports
from riskbase.shared.jobs import queue
from riskbase.shared.jobs.models import Job
from tests.factories.failures import CauseFactory, PostmortemFactory
from tests.failures.services.sending import GOOD, HEAD, do, many, send, told

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def causes(db):
    return [CauseFactory(slug=slug) for slug in ("leakage", "deployment")]


def test_ten_thousand_rows_report_exactly_the_bad_ones(retail, alice):
    rows, wrong = many(10_000, 200)
    run = do(send(rows, retail, alice), alice)
    assert told(run) == wrong
    assert len({code for _row, code in wrong}) == 12
    assert (run.stage, run.faulty, run.created_count) == ("imported", 200, 9_800)
    assert Postmortem.objects.filter(unit=retail).count() == 9_800
    again = do(run, alice)
    assert (again.created_count, again.updated_count) == (0, 0)
    assert (again.unchanged_count, told(again)) == (9_800, wrong)


def test_atomic_import_with_faults_stores_nothing(retail, alice):
    rows, wrong = many(300, 24)
    run = do(send(rows, retail, alice), alice, mode="atomic")
    assert (run.stage, told(run)) == ("refused", wrong)
    assert not Postmortem.objects.exists()
    whole = do(send(many(300, 0)[0], retail, alice), alice, mode="atomic")
    assert (whole.stage, whole.created_count) == ("imported", 300)


def test_a_check_writes_nothing(retail, alice):
    rows, wrong = many(50, 12)
    run = do(send(rows, retail, alice), alice, is_dry=True)
    assert (run.stage, told(run)) == ("checked", wrong)
    assert not Postmortem.objects.exists()
    assert do(run, alice).created_count == 38


@pytest.mark.parametrize("mode", ["partial", "atomic"])
@pytest.mark.parametrize("after", [0, 1, 3])
def test_lost_and_taken_up_again_it_ends_in_the_same_state(
    retail, alice, monkeypatch, mode, after
):
    rows, wrong = many(100, 12 if mode == "partial" else 0)
    run = send(rows, retail, alice)
    run = imports.start(run=run, by=alice, mode=mode, is_dry=False)
    stores = []

    def dies(batch, target):
        if len(stores) == after:
            raise SystemExit
        stores.append(len(batch))
        return really(batch, target)

    really = importing.store
    with monkeypatch.context() as patch:
        patch.setattr(importing, "store", dies)
        job = queue.claim(str(run.job.pk), now=timezone.now())
        with pytest.raises(SystemExit):
            importing.run(running=queue.Running(job), size=20)
    assert Postmortem.objects.count() == (20 * after if mode == "partial" else 0)
    Job.objects.filter(pk=job.pk).update(
        lease_until=timezone.now() - dt.timedelta(days=1)
    )
    second = queue.claim(str(job.pk), now=timezone.now())
    importing.run(running=queue.Running(second), size=20)
    run.refresh_from_db()
    good = 100 - len(wrong)
    assert (run.created_count, run.updated_count, run.unchanged_count) == (good, 0, 0)
    assert told(run) == wrong
    assert Postmortem.objects.count() == good
    assert CauseCoding.objects.count() == 2 * good


def test_a_worker_that_lost_its_lease_stores_nothing_more(retail, alice):
    run = send(many(40, 0)[0], retail, alice)
    run = imports.start(run=run, by=alice, mode="partial", is_dry=False)
    job = queue.claim(str(run.job.pk), now=timezone.now())
    Job.objects.filter(pk=job.pk).update(lease_token=None)
    with pytest.raises(queue.LeaseLost):
        importing.run(running=queue.Running(job))
    assert not Postmortem.objects.exists()
    assert not ImportFault.objects.exists()


def test_doubled_numbers_and_own_records_are_told(retail, alice):
    own = PostmortemFactory(unit=retail)
    rows = [{"external_id": number, **GOOD} for number in ("a", "a", own.reference)]
    run = do(send(rows, retail, alice), alice)
    assert told(run) == [(3, "doubled"), (4, "own_record")]


def test_the_report_names_row_column_code_and_sentence(retail, alice):
    rows, _wrong = many(12, 12)
    run = do(send(rows, retail, alice), alice, is_dry=True)
    report = list(report_rows(run))
    assert len(report) == 12
    for line in report:
        assert line["message"] not in ("", line["code"])
        assert "%(" not in line["message"]
        assert line["column"] in HEAD
