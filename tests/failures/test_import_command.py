import csv

import pytest
from django.core.management import CommandError, call_command

from failures.models import Postmortem

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kept_apart(settings, tmp_path):
    settings.EVIDENCE_ROOT = tmp_path / "kept"


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "records.csv"
    rows = [
        ["external_id", "title", "summary", "detected_on"],
        ["1", "Alarms rang for returns", "Nobody was stopped.", "2026-02-03"],
        ["2", "A forecast without weather", "It was never used.", "soon"],
    ]
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(rows)
    return path


def ask(capsys, *arguments):
    call_command("import_postmortems", *arguments)
    return capsys.readouterr()


def test_good_rows_are_imported_and_faults_told_by_row(file, retail, admin, capsys):
    said = ask(capsys, file, "--unit", "Retail")
    assert "2 rows, 1 created, 0 updated, 0 unchanged, 1 at fault" in said.out
    assert said.err.startswith("row 3, detected_on: ")
    record = Postmortem.objects.get()
    assert (record.unit, record.external_id) == (retail, "1")
    assert (record.visibility, record.state) == ("restricted", "published")
    assert (
        "0 created, 0 updated, 1 unchanged" in ask(capsys, file, "--unit", "Retail").out
    )


@pytest.mark.parametrize("how", ["--check", "--atomic"])
def test_nothing_is_written_when_checked_or_all_or_none(
    file, retail, admin, capsys, how
):
    assert "nothing written" in ask(capsys, file, how).out
    assert not Postmortem.objects.exists()


def test_readers_and_importer_are_as_asked(file, retail, bob, capsys):
    arguments = ("--unit", "Retail", "--by", "bob", "--visibility", "unit")
    ask(capsys, file, *arguments)
    record = Postmortem.objects.get()
    assert (record.visibility, record.published_by) == ("unit", bob)


@pytest.mark.parametrize(
    "arguments",
    [("--unit", "Nowhere"), ("--by", "nobody"), ("--by", "vera", "--unit", "Retail")],
)
def test_what_cannot_be_is_told(file, retail, admin, vera, arguments):
    with pytest.raises(CommandError):
        call_command("import_postmortems", file, *arguments)
    assert not Postmortem.objects.exists()


def test_files_that_are_none_are_told(tmp_path, retail, admin):
    strange = tmp_path / "strange.csv"
    strange.write_bytes(b"")
    for path in (strange, tmp_path / "absent.csv"):
        with pytest.raises(CommandError):
            call_command("import_postmortems", path)
