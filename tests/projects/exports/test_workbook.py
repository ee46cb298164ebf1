"""The spreadsheet tells all that the document tells, and is no formula anywhere."""

import io

import pytest
from python_calamine import CalamineWorkbook

from projects.exports.workbook import workbook_of
from tests.factories.projects import choice, question, small_document


def sheets_of(document):
    book = CalamineWorkbook.from_filelike(io.BytesIO(workbook_of(document, "f" * 64)))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_one_row_per_question_in_order():
    document = small_document()
    heading, *rows = sheets_of(document)["Questions"]
    asked = [q["code"] for s in document["sections"] for q in s["questions"]]
    assert [row[heading.index("Code")] for row in rows] == asked


def test_every_language_has_its_column():
    heading, first, *_ = sheets_of(small_document())["Questions"]
    for language, text in (("en", "?"), ("ru", "(ru)"), ("zh-hans", "(zh)")):
        assert text in first[heading.index(f"Question ({language})")]


def test_choices_carry_signal_and_floor():
    heading, *rows = sheets_of(small_document())["Choices"]
    worst = next(row for row in rows if row[:2] == ["split", "none"])
    told = dict(zip(heading, worst, strict=True))
    assert (told["Signal"], told["Floor on"], told["Floor"]) == (1, "leakage", 75)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("x")'])
def test_text_is_never_a_formula(text):
    document = small_document()
    asked = question("sly", choices=[choice("a", 0.0)], weights={"leakage": 1})
    asked["text"] = {"en": text, "ru": text, "zh-hans": text}
    document["sections"][0]["questions"] = [asked]
    heading, row = sheets_of(document)["Questions"][:2]
    assert row[heading.index("Question (en)")] == text
