"""The report holds what is to be known, within bounds, as JSON."""

import json

from projects.scoring.surveyjs.report import (
    MAX_ENTRIES,
    NOTES,
    WARNINGS,
    Report,
    Weight,
)


def test_warnings_come_first_and_nothing_twice():
    report = Report()
    report.add("empty_page", "welcome")
    report.add("empty_page", "welcome")
    report.add("unknown_type", "a/b", type="matrix")
    assert [entry.code for entry in report.entries] == ["unknown_type", "empty_page"]
    assert report.entries[0].weight is Weight.WARNING
    assert json.loads(json.dumps(report.to_json()))["entries"][0] == {
        "severity": "warning",
        "code": "unknown_type",
        "place": "a/b",
        "params": {"type": "matrix"},
    }


def test_a_long_report_is_cut_and_says_so():
    report = Report()
    for number in range(MAX_ENTRIES + 7):
        report.add("empty_page", f"page{number}", text="x" * 10_000)
    assert len(report.entries) == MAX_ENTRIES + 1
    assert report.entries[-1].params == {"count": 7}
    assert len(str(report.entries[0].params["text"])) < 400


def test_every_code_is_one_or_the_other():
    assert not WARNINGS & NOTES
