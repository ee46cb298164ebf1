from django.utils.translation import gettext_lazy

from riskbase.shared.tabular import (
    Column,
    Fault,
    Kind,
    Raw,
    convert,
    doubled,
    guess,
    missing,
)

COLUMNS = (
    Column(
        "external_id", Kind.TEXT, "Number", is_required=True, aliases=("incident_id",)
    ),
    Column("severity", Kind.CHOICE, gettext_lazy("severity"), choices={"high": "High"}),
    Column("detected_on", Kind.DATE, "Detected on"),
)


def test_names_are_found_by_code_alias_and_label_of_any_language():
    head = ["Incident ID", "Уровень тяжести", "detected-on", "else", "External id"]
    found = guess(head, COLUMNS)
    assert found == {
        "Incident ID": "external_id",
        "Уровень тяжести": "severity",
        "detected-on": "detected_on",
    }


def test_what_lacks_and_what_is_doubled():
    assert [column.name for column in missing({"a": "severity"}, COLUMNS)] == [
        "external_id"
    ]
    assert doubled({"a": "severity", "b": "severity", "c": "external_id"}) == [
        "severity"
    ]


def test_all_faults_of_a_row_are_told_at_once():
    cells = {"id": "", "how bad": "dire", "when": "soon", "unmapped": "\0"}
    raw = Raw(7, cells, (Fault(7, "unmapped", "control"),))
    mapped = {"id": "external_id", "how bad": "severity", "when": "detected_on"}
    found = convert(raw, mapped, COLUMNS)
    assert [(f.row, f.column, f.code, f.value) for f in found.faults] == [
        (7, "id", "required", ""),
        (7, "how bad", "not_choice", "dire"),
        (7, "when", "not_date", "soon"),
    ]
    assert found.values == {}


def test_a_row_that_was_not_read_has_that_fault_alone():
    raw = Raw(3, {}, (Fault(3, "", "ragged", {"cells": 1, "columns": 2}),))
    found = convert(raw, {"id": "external_id"}, COLUMNS)
    assert [fault.code for fault in found.faults] == ["ragged"]


def test_columns_that_are_not_mapped_are_absent():
    found = convert(Raw(2, {"id": "7", "b": "x"}), {"id": "external_id"}, COLUMNS)
    assert found.values == {"external_id": "7"}
