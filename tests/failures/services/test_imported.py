import io
import zipfile
from decimal import Decimal

import pytest

from failures.exchange.columns import NAMES
from failures.models import Postmortem, TimelineEntry
from failures.selectors.exchange import rows_of
from failures.selectors.records import steps_of
from failures.selectors.versions import changes_of
from failures.services import actions, postmortems, versions
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


def test_steps_are_corrected_and_withdrawn_never_rewritten(retail, alice):
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
    assert TimelineEntry.objects.count() == 3
    assert do(run, alice).unchanged_count == 1
    run = do(send([row | {"timeline": steps[:1]}], retail, alice, names=names), alice)
    record = Postmortem.objects.get()
    assert [step.text for step in steps_of(record)] == ["First"]
    assert TimelineEntry.objects.count() == 4


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


@pytest.fixture
def followed(retail, alice):
    """An imported record whose follow-up people have since taken up and verified."""
    rows, _wrong = many(1, 0)
    names = (*rows[0], "actions", "timeline")
    plan = {"text": "Split", "kind": "prevent", "success_check": "No part twice"}
    row = rows[0] | {"actions": [plan], "timeline": [{"on": "2026-01-01", "text": "A"}]}
    do(send([row], retail, alice, names=names), alice)
    record = Postmortem.objects.get()
    action = record.actions.get()
    actions.change(action=action, values={"owner": alice}, by=alice)
    for state in ("done", "verified"):
        actions.set_state(
            action=action, state=state, by=alice, evidence={"verification": "Seen."}
        )
    return record, names


def exported(record, user):
    return next(iter(rows_of([record], user)))


def test_what_a_file_tells_as_before_keeps_its_row(followed, retail, alice):
    record, names = followed
    action, cause = record.actions.get(), record.codings.get(role="root")
    row = exported(record, alice) | {"summary": "Said anew."}
    run = do(send([row], retail, alice, names=names), alice)
    assert (run.updated_count, run.faulty) == (1, 0)
    assert record.actions.get() == action
    kept = record.actions.get()
    assert (kept.owner, kept.state) == (alice, "verified")
    assert kept.verified_at
    assert record.codings.get(role="root") == cause
    (event,) = changes_of(record)
    assert event.before == {"summary": GOOD["summary"]}
    postmortems.return_to_draft(postmortem=record, by=alice)
    versions.restore(postmortem=record, event=event, by=alice)
    assert record.texts.get().summary == GOOD["summary"]


def test_record_that_somebody_edits_is_not_written_over(followed, retail, alice):
    record, names = followed
    row = exported(record, alice) | {"summary": "Said anew."}
    postmortems.return_to_draft(postmortem=record, by=alice)
    run = do(send([row], retail, alice, names=names), alice)
    assert [fault.code for fault in run.faults.all()] == ["in_work"]
    assert record.texts.get().summary == GOOD["summary"]


def test_corrected_step_and_changed_parts_are_brought_in_line(followed, retail, alice):
    record, names = followed
    first = exported(record, alice)
    changed = first | {
        "timeline": [
            {"on": "2026-01-01", "kind": "detected", "text": "A"},
            {"on": "2026-01-02", "text": "B"},
        ],
        "actions": [
            {"text": "Split", "kind": "detect"},
            {"text": "Add", "kind": "learn"},
        ],
        "causes": [{"cause": "leakage", "role": "root", "confidence": "possible"}],
    }
    coded = record.codings.get(cause__slug="leakage")
    for row in (changed, first, changed):
        run = do(send([row], retail, alice, names=names), alice)
        assert (run.updated_count, run.stage) == (1, "imported")
        assert do(run, alice).unchanged_count == 1
        again = Postmortem.objects.get()
        want = {name: row[name] for name in ("timeline", "actions", "causes")}
        told = exported(again, alice)
        assert len(told["timeline"]) == len(want["timeline"])
        assert {each["text"] for each in told["actions"]} == {
            each["text"] for each in want["actions"]
        }
    assert record.codings.get() == coded
    assert record.codings.get().coder == alice


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"cost": "", "currency": ""}, "cost_all_anew"),
        ({"cost": "5", "currency": "USD"}, "cost_all_anew"),
        ({"cost": "5", "currency": "JPY"}, "cost_all_anew"),
        ({"wasted": "200", "currency": "EUR"}, "cost_wasted"),
        ({"affected_low": "30"}, "affected_range"),
    ],
)
def test_columns_that_do_not_go_with_what_is_held_are_told(retail, alice, cells, code):
    rows, _wrong = many(2, 0)
    names = (*rows[0], "spent")
    do(
        send([row | {"spent": "100.50"} for row in rows], retail, alice, names=names),
        alice,
    )
    known = {name: rows[0][name] for name in ("external_id", "title", "summary")}
    fine = {"external_id": "new", "title": "T", "summary": "S"}
    run = do(send([known | cells, fine], retail, alice, names=(*known, *cells)), alice)
    assert [fault.code for fault in run.faults.all()] == [code]
    assert (run.stage, run.created_count) == ("imported", 1)
    assert Postmortem.objects.get(external_id=known["external_id"]).currency == "EUR"


def test_blank_cells_and_own_translations_change_nothing_the_second_time(retail, alice):
    rows, _wrong = many(2, 0)
    names = (*rows[0], "detected_precision", "translations")
    for row in rows:
        row["language"] = ""
        row["translations"] = {"en": {"title": "Told twice"}, "ru": {"title": "Раз"}}
    run = do(send(rows, retail, alice, names=names), alice)
    assert run.created_count == 2
    again = do(send(rows, retail, alice, names=names), alice)
    assert (again.unchanged_count, again.updated_count) == (2, 0)


def test_causes_that_differ_in_case_alone_are_one(retail, alice):
    rows, _wrong = many(1, 0)
    rows[0]["causes"] = "leakage:root; Leakage:root"
    run = do(send(rows, retail, alice), alice)
    assert [fault.code for fault in run.faults.all()] == ["coded_twice"]
