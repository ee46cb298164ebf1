import csv
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from failures.imports import UnreadableFile, read_incidents
from failures.models import Postmortem
from riskbase.shared.audit.models import AuditEvent

pytestmark = pytest.mark.django_db
HEAD = [
    "_id", "incident_id", "date", "reports", "Alleged deployer of AI system",
    "Alleged developer of AI system", "Alleged harmed or nearly harmed parties",
    "description", "title",
]  # fmt: skip
REAL = Path(__file__).parents[3] / "shared/domain/data/aiid/incidents.csv"


def row(
    number="23",
    date="2017-11-08",
    title="Shuttle collided",
    description="A shuttle collided with a truck.",
):
    deployer = '["keolis-north-america"]'
    return ["x", number, date, "[1,2]", deployer, deployer, "[]", description, title]


@pytest.fixture
def written(tmp_path):
    def write(*rows, head=HEAD):
        path = tmp_path / "incidents.csv"
        with path.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows([head, *rows])
        return path

    return write


def test_import_makes_restricted_outside_records(written, capsys):
    call_command("import_aiid", written(row()))
    record = Postmortem.objects.get(external_id="aiid:23")
    assert (record.origin, record.visibility, record.state) == (
        "import",
        "restricted",
        "published",
    )
    assert (record.verification, record.quarter) == ("incident_record", 2017 * 4 + 3)
    text = record.texts.get()
    assert (text.title, text.organization) == (
        "Shuttle collided",
        "keolis north america",
    )
    source = record.sources.get()
    assert source.url == "https://incidentdatabase.ai/cite/23"
    assert "CC BY-SA 4.0" in source.publisher
    assert AuditEvent.objects.filter(verb="postmortem_imported").count() == 1
    assert "1 created" in capsys.readouterr().out


def test_dry_run_writes_nothing(written, capsys):
    call_command("import_aiid", written(row()), "--dry-run")
    assert not Postmortem.objects.exists()
    assert not AuditEvent.objects.exists()
    assert "1 created" in capsys.readouterr().out


def test_second_run_changes_nothing_and_a_changed_row_only_itself(written, capsys):
    call_command("import_aiid", written(row("1"), row("2")))
    events = AuditEvent.objects.count()
    call_command("import_aiid", written(row("1"), row("2")))
    assert AuditEvent.objects.count() == events
    call_command("import_aiid", written(row("1"), row("2", title="Better title")))
    assert "1 updated, 1 unchanged" in capsys.readouterr().out
    record = Postmortem.objects.get(external_id="aiid:2")
    assert record.texts.get().title == "Better title"
    assert record.version == 2
    assert AuditEvent.objects.count() == events + 1


def test_bad_rows_are_reported_and_the_others_imported(written, tmp_path):
    path = written(
        row("1"),
        row(""),
        row("x"),
        row("1"),
        row("5", date="tomorrow"),
        row("6", title="t" * 201),
        row("7", description=""),
        row("9", date="0001-01-01"),
        row("8", title="nul\0here"),
    )
    report = tmp_path / "report.csv"
    call_command("import_aiid", path, "--report", report)
    with report.open(encoding="utf-8", newline="") as stream:
        faults = [
            (int(each["row"]), each["column"], each["code"])
            for each in csv.DictReader(stream)
        ]
    assert faults == [
        (3, "incident_id", "missing"),
        (4, "incident_id", "invalid"),
        (5, "incident_id", "duplicate"),
        (6, "date", "invalid"),
        (7, "title", "too_long"),
        (8, "description", "missing"),
        (9, "date", "out_of_range"),
        (10, "title", "nul"),
    ]
    assert Postmortem.objects.count() == 1


def test_file_of_another_shape_is_refused_whole(written, tmp_path):
    with pytest.raises(UnreadableFile):
        read_incidents(written(["1"], head=["a"]))
    binary = tmp_path / "b.csv"
    binary.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UnreadableFile):
        read_incidents(binary)
    with pytest.raises(CommandError):
        call_command("import_aiid", tmp_path / "absent.csv")


def test_import_into_a_unit_lets_its_reviewers_read(written, retail, bob, vera):
    call_command("import_aiid", written(row()), "--unit", "Retail")
    assert Postmortem.objects.visible_to(bob).exists()
    assert not Postmortem.objects.visible_to(vera).exists()
    with pytest.raises(CommandError):
        call_command("import_aiid", written(row()), "--unit", "Nowhere")


@pytest.mark.skipif(
    not REAL.exists(), reason="the AI Incident Database file is not here"
)
def test_real_file_is_imported_whole_and_only_once(capsys):
    call_command("import_aiid", REAL)
    assert Postmortem.objects.filter(origin="import").count() == 989
    call_command("import_aiid", REAL)
    assert "989 unchanged, 0 refused" in capsys.readouterr().out


@pytest.mark.parametrize(
    "names", ["[" * 100_000, r'["\ud800 maker"]', r'["\u0000"]', '{"a": 1}', "null"]
)
def test_strange_names_do_not_stop_the_import(written, names):
    strange = row()
    strange[HEAD.index("Alleged deployer of AI system")] = names
    call_command("import_aiid", written(strange))
    assert Postmortem.objects.count() == 1


def test_report_that_cannot_be_written_is_told_before_anything_is(written, tmp_path):
    path = written(row())
    with pytest.raises(CommandError):
        call_command("import_aiid", path, report=tmp_path / "none" / "report.csv")
    assert not Postmortem.objects.exists()
