"""What is written comes back: for every format, whatever the text."""

import datetime as dt
import tempfile
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from riskbase.shared.tabular import (
    Column,
    Format,
    Kind,
    Limits,
    chunks,
    convert,
    open_table,
)
from riskbase.shared.tabular.escaping import escaped, restored

NAMES = ("id", "text", "day", "amount", "count", "parts", "sure")
COLUMNS = (
    Column("id", Kind.TEXT, "Id"),
    Column("text", Kind.TEXT, "Text"),
    Column("day", Kind.DATE, "Day"),
    Column("amount", Kind.DECIMAL, "Amount"),
    Column("count", Kind.INTEGER, "Count"),
    Column("parts", Kind.JSON, "Parts"),
    Column("sure", Kind.BOOLEAN, "Sure"),
)
letters = st.characters(
    codec="utf-8", exclude_categories=["Cc", "Cs"], include_characters="\n\t"
)
texts = st.one_of(
    st.text(letters, max_size=30),
    st.from_regex(r"'{0,3}[=+@\-][a-z0-9('!]{0,8}", fullmatch=True),
).map(lambda text: text.strip() or None)
rows = st.fixed_dictionaries(
    {
        "id": st.integers(1, 10**9).map(str),
        "text": texts,
        "day": st.none() | st.dates(dt.date(1950, 1, 1), dt.date(2199, 12, 31)),
        "amount": st.none() | st.decimals(-(10**12), 10**12, places=3),
        "count": st.none() | st.integers(-(10**9), 10**9),
        "parts": st.none()
        | st.lists(
            st.dictionaries(st.sampled_from("ab"), st.text(letters)), min_size=1
        ),
        "sure": st.none() | st.booleans(),
    }
)


def back(kind, table):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        path.write_bytes(b"".join(chunks(kind, NAMES, table)))
        mapped = {name: name for name in NAMES}
        opened = open_table(path, Limits(cell=200_000))
        assert opened.format == kind
        found = []
        for raw in opened:
            converted = convert(raw, mapped, COLUMNS)
            assert converted.faults == ()
            found.append(dict(converted.values))
        return found


@pytest.mark.parametrize("kind", Format)
@settings(max_examples=40, deadline=None)
@given(table=st.lists(rows, min_size=2, max_size=6))
@example(table=[{"id": "1", "text": "=1+1"}, {"id": "2", "text": "'=1"}])
def test_what_is_written_is_read_again(kind, table):
    table = [dict.fromkeys(NAMES) | row for row in table]
    assert back(kind, table) == table


@pytest.mark.parametrize("kind", Format)
def test_text_longer_than_a_cell_of_a_workbook_comes_back(kind):
    long = "=" + "wörd\n" * 14_000 + "end"
    table = [dict.fromkeys(NAMES) | {"id": str(n), "text": long[n:]} for n in (0, 1, 2)]
    assert back(kind, table) == table


@given(st.text(letters))
def test_escaped_text_is_harmless_and_comes_back(text):
    safe = escaped(text)
    assert restored(safe) == text
    assert safe[:1] not in set("=@\t\r") or safe == ""


def test_numbers_stay_numbers():
    assert [escaped(text) for text in ("-3.5", "+7", "-x")] == ["-3.5", "+7", "'-x"]


def test_an_empty_table_is_written():
    assert b"".join(chunks(Format.JSON, NAMES, [])) == b"[]\n"
    assert b"".join(chunks(Format.CSV, ("a", "b"), [])).decode("utf-8-sig") == "a,b\r\n"


def test_numbers_of_more_digits_than_a_workbook_holds_are_text():
    exact = Decimal("12345678901234567.891")
    table = [dict.fromkeys(NAMES) | {"id": str(n), "amount": exact} for n in (1, 2)]
    assert back(Format.XLSX, table) == table


@pytest.mark.parametrize(
    "value",
    [
        "\N{GRINNING FACE}" * 20_000,
        "a" * 31_999 + "\N{GRINNING FACE}" * 3,
        "=" + "\N{GRINNING FACE}" * 16_000,
    ],
)
def test_workbook_cuts_nothing_that_takes_two_units(value, tmp_path):
    assert workbook({"text": value}, tmp_path)["text"] == value


@pytest.mark.parametrize("value", [-3.3333333333333335, 123456789012.12344, 0.7, 1e-9])
def test_workbook_keeps_every_digit_of_a_number(value, tmp_path):
    assert float(workbook({"number": value}, tmp_path)["number"]) == value


def workbook(row, folder):
    """Return the cells of the only row after a way through a workbook."""
    path = folder / "file.xlsx"
    path.write_bytes(b"".join(chunks(Format.XLSX, list(row), [row])))
    (read,) = open_table(path, Limits())
    return read.cells
