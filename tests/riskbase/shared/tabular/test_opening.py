"""Malformed files: refused as a whole, or told by row, and never a danger to memory."""

import json
import resource
import subprocess
import sys
import zipfile

import pytest

from riskbase.shared.tabular import FileRefused, Format, Limits, open_table
from tests.riskbase.shared.tabular.files import shared_strings, workbook

GOOD = "a,b\n1,2\n"


def put(tmp_path, content, name="file"):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def refusal(path, **limits):
    with pytest.raises(FileRefused) as refused:
        list(open_table(path, Limits(**limits)))
    assert refused.value.sentence != refused.value.code
    assert "%(" not in refused.value.sentence
    return refused.value.code


def faults(path, **limits):
    """Return (row, column, code) of all that is wrong with rows."""
    found = [
        (fault.row, fault.column, fault.code)
        for raw in open_table(path, Limits(**limits))
        for fault in raw.faults
    ]
    for raw in open_table(path, Limits(**limits)):
        for fault in raw.faults:
            assert fault.sentence != fault.code
            assert "%(" not in fault.sentence
    return found


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf\n \n", "empty"),
        ("a,b\n", "no_rows"),
        ("a,,c\n1,2,3\n", "no_head"),
        ("a,b,A\n,b,\n".replace("A", "a"), "duplicate_heads"),
        ("a,b\nИмя,x\n".encode("cp1251"), "encoding"),
        ("a,b\nn\xe4he,x\n".encode("latin-1"), "encoding"),
        ('a,b\n"open,2\n3,4\n', "unclosed_quote"),
        (b"%PDF-1.7 whatever", "unknown_format"),
        (b"\x89PNG\r\n\x1a\n", "unknown_format"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, "locked"),
        (b"PK\x03\x04 not a zip", "broken"),
        ('[{"a": 1}', "json_broken"),
        ("[]", "no_rows"),
        ("[" * 100_000, "too_deep"),
    ],
)
def test_whole_file_is_refused(tmp_path, content, code):
    assert refusal(put(tmp_path, content)) == code


def test_the_line_and_the_byte_of_a_foreign_encoding_are_told(tmp_path):
    path = put(tmp_path, b"a,b\n1,2\n3,\xe4\n")
    with pytest.raises(FileRefused) as refused:
        open_table(path)
    assert refused.value.params == {"line": 3, "byte": "0xe4"}


@pytest.mark.parametrize("mark", ["utf-8-sig", "utf-16", "utf-8"])
def test_marked_encodings_are_read(tmp_path, mark):
    table = open_table(put(tmp_path, "имя,值\nАнна,一\n".encode(mark)))
    assert table.head == ("имя", "值")
    assert next(iter(table)).cells == {"имя": "Анна", "值": "一"}


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters_are_told_by_the_head(tmp_path, delimiter):
    text = f'a{delimiter}"b,;|"\r\n1{delimiter}"x\ny"\r\n'
    table = open_table(put(tmp_path, text))
    assert [raw.cells for raw in table] == [{"a": "1", "b,;|": "x\ny"}]


def test_mark_of_the_separator_is_honored(tmp_path):
    table = open_table(put(tmp_path, "sep=;\na,b;c\n1;2\n"))
    assert [(raw.row, raw.cells) for raw in table] == [(3, {"a,b": "1", "c": "2"})]


def test_rows_at_fault_are_told_and_the_others_read(tmp_path):
    long = "x" * 1_000_000
    text = f'a,b\n1,2\n1\n1,2,3\n\0,2\n{long},2\n\n"q"x,2\n8,9,,\n'
    path = put(tmp_path, text)
    assert faults(path) == [
        (3, "", "ragged"),
        (4, "", "ragged"),
        (5, "a", "control"),
        (6, "a", "too_long"),
        (8, "", "quotes"),
    ]
    good = [raw.row for raw in open_table(path) if not raw.faults]
    assert good == [2, 9]


def test_limits_of_rows_columns_and_size(tmp_path):
    path = put(tmp_path, "a,b\n" + "1,2\n" * 11)
    assert refusal(path, rows=10) == "too_many_rows"
    assert refusal(path, columns=1) == "too_many_columns"
    assert refusal(path, file_bytes=20) == "too_large"
    assert open_table(path, Limits(rows=11)).count == 11
    lines = put(tmp_path, '{"a": 1}\n' * 11)
    assert refusal(lines, rows=10) == "too_many_rows"


def test_json_of_every_shape(tmp_path):
    rows = [{"a": 1, "c": [1, {"d": 2}]}, {"b": "x"}]
    for document in (rows, {"postmortems": rows}, {"version": 1, "rows": rows}):
        table = open_table(put(tmp_path, json.dumps(document)))
        assert (table.format, table.head) == (Format.JSON, ("a", "c", "b"))
        assert [dict(raw.cells) for raw in table] == rows
    alone = open_table(
        put(tmp_path, json.dumps({"a": 1, "tags": ["x", "y"]}, indent=1))
    )
    assert [dict(raw.cells) for raw in alone] == [{"a": 1, "tags": ["x", "y"]}]
    lines = put(tmp_path, '{"a": 1}\n\n{"a": 2}\n')
    assert open_table(lines).format == Format.NDJSON
    assert [raw.cells["a"] for raw in open_table(lines)] == [1, 2]


def test_items_at_fault_are_told(tmp_path):
    deep = "[" * 30 + "]" * 30
    text = (
        '[{"a": NaN}, 7, {"a": 1, "a": 2}, {"a": "\\ud800"}, '
        f'{{"a": {deep}}}, {{"a": "\\u0000"}}, {{"a": 1}}]'
    )
    assert faults(put(tmp_path, text)) == [
        (2, "a", "not_finite"),
        (3, "", "not_object"),
        (4, "", "duplicate_members"),
        (5, "a", "surrogate"),
        (6, "a", "too_deep"),
        (7, "a", "control"),
    ]
    assert faults(put(tmp_path, '{"a": 1}\n{"a": \n{"a": 3}\n')) == [
        (3, "", "json_line")
    ]


def test_formulas_and_errors_of_a_workbook_are_told(tmp_path):
    rows = (
        '<row r="2"><c r="A2"><f>1+1</f><v>2</v></c><c r="B2"><v>5</v></c></row>'
        '<row r="3"><c r="A3" t="e"><v>#REF!</v></c><c r="B3"><v>5</v></c></row>'
        '<row r="5"><c r="A5"><v>7</v></c><c r="D5"><v>5</v></c></row>'
        '<row r="6"><c r="A6"><v>7</v></c></row>'
    )
    path = workbook(tmp_path / "file.xlsx", rows)
    assert faults(path) == [
        (2, "a", "formula"),
        (3, "a", "cell_error"),
        (5, "", "ragged"),
    ]
    last = list(open_table(path))[-1]
    assert (last.row, last.cells) == (6, {"a": 7, "b": None})


@pytest.mark.parametrize(
    ("prolog", "code"),
    [
        ('<!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>', "broken"),
        ("<unclosed>", "broken"),
    ],
)
def test_hostile_xml_is_refused(tmp_path, prolog, code):
    assert refusal(workbook(tmp_path / "file.xlsx", prolog=prolog)) == code


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ('<row r="1048576"><c r="A1048576"><v>1</v></c></row>', "too_many_rows"),
        ('<row r="2"><c r="XFD2"><v>1</v></c></row>', "too_many_columns"),
        ('<row r="2"><c r="?"><v>1</v></c></row>', "broken"),
    ],
)
def test_a_cell_far_out_makes_no_huge_sheet(tmp_path, row, code):
    assert refusal(workbook(tmp_path / "file.xlsx", row)) == code


@pytest.mark.parametrize(
    "counts",
    [
        ' uniqueCount="4000000000"',
        ' count="4000000000" uniqueCount="4000000000"',
        ' uniqueCount="&#52;000000000"',
        ' uniqueCount="99999999999999999999999999"',
        ' uniqueCount="-1"',
        f' xmlns:x="{"x" * 70_000}" uniqueCount="4000000000"',
    ],
)
def test_a_promise_of_billions_ends_no_process(tmp_path, counts):
    path = shared_strings(tmp_path / "file.xlsx", counts)
    assert measured(path)[0] == "broken"


def test_a_part_in_another_encoding_is_refused(tmp_path):
    hidden = "<!DOCTYPE x><sst/>".encode("utf-16")
    path = workbook(tmp_path / "file.xlsx", more={"xl/sharedStrings.xml": [hidden]})
    assert refusal(path) == "broken"


# `count` tells how often strings are used: far more often than there are bytes.
@pytest.mark.parametrize(
    "counts", ["", ' count="1" uniqueCount="1"', ' count="4000000000" uniqueCount="1"']
)
def test_honest_counts_are_read(tmp_path, counts):
    path = shared_strings(tmp_path / "file.xlsx", counts)
    assert measured(path)[0] == "1"
    assert [raw.cells["a"] for raw in open_table(path)] == ["x"]


@pytest.mark.parametrize("cell", ["B3000000000", "ZZZZZZ3", "A0", "a2"])
def test_a_cell_of_no_sheet_ends_no_process(tmp_path, cell):
    row = f'<row r="2"><c r="{cell}"><v>1</v></c></row>'
    path = workbook(tmp_path / "file.xlsx", row)
    assert measured(path)[0] in {"broken", "no_rows"}


def test_a_cut_or_foreign_zip_is_refused(tmp_path):
    whole = workbook(tmp_path / "file.xlsx", '<row r="2"><c r="A2"><v>1</v></c></row>')
    data = whole.read_bytes()
    assert refusal(put(tmp_path, data[: len(data) // 2])) == "broken"
    assert refusal(put(tmp_path, data[:200] + b"xx" + data[202:])) == "broken"
    other = tmp_path / "other.zip"
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("readme.txt", "hello")
    assert refusal(other) == "unknown_format"


def test_a_bomb_of_a_gigabyte_takes_no_memory(tmp_path):
    megabyte = b" " * (1 << 20)
    bomb = workbook(
        tmp_path / "bomb.xlsx",
        more={"xl/sharedStrings.xml": (megabyte for _ in range(1024))},
    )
    assert bomb.stat().st_size < 3_000_000
    told, peak = measured(bomb)
    assert told == "zip_bomb"
    assert peak < 100, "MB more than before"


def test_a_large_file_is_read_in_bounded_memory(tmp_path):
    text = "a,b\n" + "one,two words of a text\n" * 90_000
    told, peak = measured(put(tmp_path, text))
    assert told == "90000"
    assert peak < 60, "MB more than before"


def measured(path):
    """Return what came of reading the file, and the growth of memory in MB."""
    script = (
        "import resource, sys, pathlib\n"
        "from riskbase.shared.tabular import FileRefused, open_table\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "try:\n"
        "    told = str(sum(1 for _ in open_table(pathlib.Path(sys.argv[1]))))\n"
        "except FileRefused as error:\n"
        "    told = error.code\n"
        "after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "print(told, (after - before) // 1024)\n"
    )
    answer = subprocess.run(
        [sys.executable, "-c", script, str(path)],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    told, grown = answer.stdout.split()
    return told, int(grown)


def test_memory_is_measured_in_kilobytes_here():
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss > 10_000
