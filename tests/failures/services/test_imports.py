"""Importing files: every fault told, the others stored, once however often it runs."""

import datetime as dt
import io
import random
import zipfile
from decimal import Decimal

import pytest
from django.utils import timezone

import failures.tasks  # noqa: F401 - registers the work
from failures.exchange.columns import NAMES
from failures.models import CauseCoding, ImportFault, Postmortem, TimelineEntry
from failures.selectors.exchange import rows_of
from failures.selectors.imports import report_rows
from failures.services import imports
from riskbase.shared.audit.models import AuditEvent
from riskbase.shared.jobs import queue
from riskbase.shared.jobs.models import Job
from riskbase.shared.tabular import Format, chunks
from tests.factories.failures import CauseFactory, PostmortemFactory

pytestmark = pytest.mark.django_db
HEAD = (
    "external_id", "title", "summary", "severity", "outcome", "introduced_on", "detected_on",
    "cost", "currency", "harmed_count", "causes", "affected_low", "affected_high", "language",
)  # fmt: skip
GOOD = {
    "title": "Returns were taken for thefts",
    "summary": "Nine alarms in ten were staff.",
    "severity": "high",
    "outcome": "failed",
    "introduced_on": "2026-01-05",
    "detected_on": "2026-02-03",
    "cost": "94500.50",
    "currency": "EUR",
    "harmed_count": "3",
    "causes": "leakage; deployment:trigger:possible",
    "affected_low": "10",
    "affected_high": "20",
    "language": "en",
}
BAD = {
    "required": {"title": ""},
    "too_long": {"title": "x" * 201},
    "not_choice": {"severity": "dire"},
    "not_date": {"detected_on": "soon"},
    "ambiguous_date": {"detected_on": "03/04/2026"},
    "dates_order": {"introduced_on": "2026-03-01"},
    "not_decimal": {"cost": "a lot"},
    "cost_currency": {"currency": ""},
    "not_integer": {"harmed_count": "3.5"},
    "unknown_cause": {"causes": "gremlins"},
    "human_error_is_no_cause": {"causes": "human error"},
    "affected_range": {"affected_low": "21"},
}
"""Code -> what makes a good row bad in this one way: twelve kinds."""


@pytest.fixture(autouse=True)
def causes(db):
    return [CauseFactory(slug=slug) for slug in ("leakage", "deployment")]


def sheet(rows, names=HEAD):
    return io.BytesIO(b"".join(chunks(Format.CSV, names, rows)))


def send(rows, unit, by, names=HEAD, **options):
    file = rows if isinstance(rows, io.BytesIO) else sheet(rows, names)
    return imports.upload(file=file, name="file.csv", unit=unit, by=by, **options)


def do(run, by, *, mode="partial", is_dry=False, **options):
    """Ask for it and let the worker's function do it; return the run as it is then."""
    run = imports.start(run=run, by=by, mode=mode, is_dry=is_dry, **options)
    queue.run(str(run.job.pk), now=timezone.now())
    run.refresh_from_db()
    return run


def many(count, bad, seed=7):
    """Return rows of which `bad` are bad, and (row of the file, code) of these."""
    draw = random.Random(seed)  # noqa: S311 - a sample
    rows = [{"external_id": f"pm-{n}", **GOOD} for n in range(count)]
    places = draw.sample(range(count), bad)
    wrong = []
    for number, at in enumerate(places):
        code = list(BAD)[number % len(BAD)]
        rows[at] |= BAD[code]
        wrong.append((at + 2, code))
    return rows, sorted(wrong)


def told(run):
    return sorted(run.faults.values_list("row", "code"))


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

    really = imports.store
    with monkeypatch.context() as patch:
        patch.setattr(imports, "store", dies)
        job = queue.claim(str(run.job.pk), now=timezone.now())
        with pytest.raises(SystemExit):
            imports.run(running=queue.Running(job), size=20)
    assert Postmortem.objects.count() == (20 * after if mode == "partial" else 0)
    Job.objects.filter(pk=job.pk).update(
        lease_until=timezone.now() - dt.timedelta(days=1)
    )
    second = queue.claim(str(job.pk), now=timezone.now())
    imports.run(running=queue.Running(second), size=20)
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
        imports.run(running=queue.Running(job))
    assert not Postmortem.objects.exists()
    assert not ImportFault.objects.exists()


def test_what_differs_is_changed_and_audited(retail, alice):
    rows, _wrong = many(3, 0)
    do(send(rows, retail, alice), alice)
    rows[1] |= {
        "title": "Said anew",
        "cost": "",
        "currency": "",
        "causes": "deployment",
    }
    run = do(send(rows, retail, alice), alice)
    assert (run.updated_count, run.unchanged_count) == (1, 2)
    record = Postmortem.objects.get(external_id="pm-1")
    assert (record.cause_slugs, record.version) == (["deployment"], 2)
    event = AuditEvent.objects.get(verb="postmortem_reimported")
    assert event.after["title"] == "Said anew"
    assert event.before["title"] == GOOD["title"]


def test_columns_that_a_file_lacks_stay_as_they_are(retail, alice):
    rows, _wrong = many(2, 0)
    do(send(rows, retail, alice), alice)
    few = [{n: row[n] for n in ("external_id", "title", "summary")} for row in rows]
    few[0]["title"] = "Another title"
    run = do(send(few, retail, alice, names=("external_id", "title", "summary")), alice)
    assert (run.updated_count, run.unchanged_count) == (1, 1)
    record = Postmortem.objects.get(external_id="pm-0")
    assert (record.cost_minor, record.cause_slugs) == (9_450_050, ["leakage"])


def test_two_units_may_give_the_same_number(retail, elsewhere, alice, charlie):
    rows, _wrong = many(2, 0)
    do(send(rows, retail, alice), alice)
    run = do(send(rows, elsewhere, charlie), charlie)
    assert run.created_count == 2
    assert Postmortem.objects.filter(external_id="pm-1").count() == 2


def test_doubled_numbers_and_own_records_are_told(retail, alice):
    own = PostmortemFactory(unit=retail)
    rows = [{"external_id": number, **GOOD} for number in ("a", "a", own.reference)]
    run = do(send(rows, retail, alice), alice)
    assert told(run) == [(3, "doubled"), (4, "own_record")]


def test_steps_are_appended_and_withdrawn_never_rewritten(retail, alice):
    names = ("external_id", "title", "summary", "timeline")
    row = {"external_id": "a", **{n: GOOD[n] for n in ("title", "summary")}}
    steps = [
        {"on": "2026-01-01", "text": "First"},
        {"on": "2026-01-02", "text": "Second"},
    ]
    do(send([row | {"timeline": steps}], retail, alice, names=names), alice)
    steps[1]["text"] = "Second, said anew"
    run = do(send([row | {"timeline": steps}], retail, alice, names=names), alice)
    assert run.updated_count == 1
    assert TimelineEntry.objects.count() == 4
    assert do(run, alice).unchanged_count == 1


@pytest.mark.parametrize("kind", Format)
def test_export_import_export_is_identical(retail, elsewhere, alice, charlie, kind):
    rows, _wrong = many(5, 0)
    full = {
        "actual": '=1+1 is *no* formula,\n"quoted"',
        "target": Decimal("0.7"),
        "met_offline": True,
        "timeline": [{"on": "2026-01-01", "kind": "detected", "text": "Seen"}],
        "actions": [
            {
                "text": "Split",
                "kind": "prevent",
                "state": "done",
                "cause_slug": "leakage",
            }
        ],
        "sources": [{"title": "A source", "url": "https://example.org/", "year": 2026}],
        "translations": {"ru": {"title": "Возвраты", "lessons": "Смотреть неделю."}},
        "causes": [
            {"cause": "leakage", "role": "root", "confidence": "known", "quote": "So."}
        ],
    }
    rows[0] |= full
    do(send(rows, retail, alice, names=NAMES), alice)
    first = export(retail, alice, kind)
    run = do(send(io.BytesIO(first), elsewhere, charlie), charlie)
    assert (run.created_count, run.faulty) == (5, 0)
    assert contents(export(elsewhere, charlie, kind), kind) == contents(first, kind)
    again = do(send(io.BytesIO(first), retail, alice), alice)
    assert (again.unchanged_count, again.faulty) == (5, 0)


def export(unit, user, kind):
    records = Postmortem.objects.filter(unit=unit).order_by("external_id")
    return b"".join(chunks(kind, NAMES, rows_of(records, user)))


def contents(file, kind):
    """Return the bytes, or of a workbook, which tells its time, the sheet."""
    if kind != Format.XLSX:
        return file
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        return archive.read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize(
    ("mapping", "code"),
    [
        ({"title": "title"}, "column_missing"),
        (
            {"title": "title", "summary": "title", "external_id": "external_id"},
            "column_mapped_twice",
        ),
        ({"title": "headline"}, "unknown_column"),
        ({"nothing": "title"}, "unknown_column"),
    ],
)
def test_mappings_that_cannot_work_are_refused(retail, alice, mapping, code):
    run = send(many(2, 0)[0], retail, alice)
    with pytest.raises(imports.ImportRefused) as refused:
        imports.start(run=run, by=alice, mode="partial", is_dry=True, mapping=mapping)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"PK\x03\x04", "broken"),
        ("a,b\n\xe4,1\n".encode("latin-1"), "encoding"),
    ],
)
def test_unreadable_files_are_refused_in_words(retail, alice, content, code):
    with pytest.raises(imports.ImportRefused) as refused:
        imports.upload(file=io.BytesIO(content), name="x", unit=retail, by=alice)
    assert refused.value.code == code
    assert refused.value.field == "file"


def test_one_import_at_a_time(retail, alice):
    run = send(many(2, 0)[0], retail, alice)
    imports.start(run=run, by=alice, mode="partial", is_dry=True)
    with pytest.raises(imports.ImportRefused):
        imports.start(run=run, by=alice, mode="partial", is_dry=False)


def test_the_report_names_row_column_code_and_sentence(retail, alice):
    rows, _wrong = many(12, 12)
    run = do(send(rows, retail, alice), alice, is_dry=True)
    report = list(report_rows(run))
    assert len(report) == 12
    for line in report:
        assert line["message"] not in ("", line["code"])
        assert "%(" not in line["message"]
        assert line["column"] in HEAD
