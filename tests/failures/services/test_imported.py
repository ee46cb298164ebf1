import io
import zipfile
from decimal import Decimal

import pytest

from failures.exchange.columns import NAMES
from failures.models import Postmortem, TimelineEntry
from failures.selectors.exchange import rows_of
from riskbase.shared.audit.models import AuditEvent
from riskbase.shared.tabular import Format, chunks
from tests.factories.failures import CauseFactory
from tests.failures.services.sending import GOOD, do, many, send

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def causes(db):
    return [CauseFactory(slug=slug) for slug in ("leakage", "deployment")]


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
        "spent": "120000",
        "wasted": "4500.5",
        "remediation": "10",
        "opportunity": "0",
        "introduced_precision": "year",
        "detected_precision": "month",
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
