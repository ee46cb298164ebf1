import json
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from projects.scoring import (
    BLANK,
    Answer,
    AnswerError,
    AnswerSheet,
    Question,
    QuestionKind,
    parse_answer,
    sheet_from_json,
)
from projects.scoring.answers import MAX_REASON, MAX_TEXT, decimal_text
from tests.projects.scoring.examples import (
    a_choice_question,
    a_number_question,
    a_scale_question,
    an_instrument,
    answered,
)

SINGLE = a_choice_question("split")
MULTIPLE = a_choice_question("tools", kind=QuestionKind.MULTIPLE)
NUMBER = a_number_question("rows", minimum=Fraction(0), maximum=Fraction(100))
SCALE = a_scale_question("trust")
DATE = Question("due", QuestionKind.DATE, allow_unknown=False)
TEXT = Question("remarks", QuestionKind.TEXT)
MAYBE = a_choice_question("maybe", allow_not_applicable=True)


@pytest.mark.parametrize(
    ("question", "value", "kept"),
    [
        (SINGLE, "half", "half"),
        (MULTIPLE, ["worst", "best", "best"], ("best", "worst")),
        (MULTIPLE, ("half",), ("half",)),
        (NUMBER, 50, "50"),
        (NUMBER, 12.50, "12.5"),
        (NUMBER, " 007.250 ", "7.25"),
        (NUMBER, Decimal("1E+2"), "100"),
        (NUMBER, "-0.0", "0"),
        (SCALE, 3, 3),
        (SCALE, "5", 5),
        (SCALE, 2.0, 2),
        (DATE, "2024-02-29", "2024-02-29"),
        (DATE, date(2024, 2, 29), "2024-02-29"),
        (TEXT, "no biometric data is used", "no biometric data is used"),
    ],
)
def test_parse_keeps_the_canonical_value(question, value, kept):
    parsed = parse_answer(question, "answered", value)
    assert parsed == Answer.answered(kept)
    written = json.loads(json.dumps(parsed.to_json()))
    assert parse_answer(question, written["state"], written["value"]) == parsed


@pytest.mark.parametrize(
    ("question", "value", "code"),
    [
        (SINGLE, "odd", "not_a_choice"),
        (SINGLE, ["half"], "not_a_choice"),
        (SINGLE, 1, "not_a_choice"),
        (SINGLE, True, "not_a_choice"),
        (SINGLE, {"a": 1}, "not_a_choice"),
        (SINGLE, "", "empty"),
        (SINGLE, None, "empty"),
        (MULTIPLE, [], "empty"),
        (MULTIPLE, "half", "not_a_list"),
        (MULTIPLE, ["half", "odd"], "not_a_choice"),
        (MULTIPLE, [["half"]], "not_a_choice"),
        (NUMBER, "many", "not_a_number"),
        (NUMBER, True, "not_a_number"),
        (NUMBER, float("nan"), "not_a_number"),
        (NUMBER, float("inf"), "not_a_number"),
        (NUMBER, Decimal("1E+999999999"), "not_a_number"),
        pytest.param(NUMBER, 10**5000, "not_a_number", id="huge"),
        (NUMBER, "1e3", "not_a_number"),
        pytest.param(NUMBER, "9" * 5_000_000, "not_a_number", id="long"),
        (NUMBER, [1], "not_a_number"),
        (NUMBER, 100.5, "out_of_range"),
        (NUMBER, -1, "out_of_range"),
        (SCALE, 0, "out_of_range"),
        (SCALE, 6, "out_of_range"),
        (SCALE, 2.5, "out_of_range"),
        (SCALE, "high", "not_a_number"),
        (SCALE, True, "not_a_number"),
        (DATE, "2023-02-29", "not_a_date"),
        (DATE, "20240229", "not_a_date"),
        (DATE, 20240229, "not_a_date"),
        (DATE, datetime(2024, 2, 29, 1, 1), "not_a_date"),  # noqa: DTZ001
        (TEXT, 5, "not_a_text"),
        (TEXT, "a" * (MAX_TEXT + 1), "too_long"),
    ],
)
def test_parse_refuses_with_a_code(question, value, code):
    with pytest.raises(AnswerError) as caught:
        parse_answer(question, "answered", value)
    assert (caught.value.code, caught.value.question) == (code, question.code)


def test_parse_reads_the_states():
    assert parse_answer(SINGLE, "blank", "ignored") is BLANK
    assert parse_answer(SINGLE, "unknown") == Answer.unknown()
    given = parse_answer(MAYBE, "not_applicable", reason="  no split  ")
    assert given == Answer.not_applicable("no split")


@pytest.mark.parametrize(
    ("question", "state", "reason", "code"),
    [
        (DATE, "unknown", "", "unknown_not_allowed"),
        (SINGLE, "not_applicable", "why", "not_applicable_not_allowed"),
        (MAYBE, "not_applicable", "  ", "reason_required"),
        (MAYBE, "not_applicable", "a" * (MAX_REASON + 1), "too_long"),
        (SINGLE, "hidden", "", "not_a_state"),
        (SINGLE, "", "", "not_a_state"),
    ],
)
def test_parse_refuses_states(question, state, reason, code):
    with pytest.raises(AnswerError, match=code):
        parse_answer(question, state, "half", reason)


def test_sheet_forgets_blanks():
    sheet = answered(split="half").with_answer("split", BLANK)
    assert sheet == AnswerSheet()
    assert sheet["split"] is BLANK
    assert list(sheet) == []


def test_sheet_survives_json():
    instrument = an_instrument(SINGLE, MULTIPLE, NUMBER, MAYBE)
    sheet = AnswerSheet(
        {
            "tools": Answer.answered(("best", "half")),
            "split": Answer.unknown(),
            "rows": Answer.answered("12.5"),
            "maybe": Answer.not_applicable("no split"),
        }
    )
    written = json.loads(json.dumps(sheet.to_json()))
    assert list(written) == ["maybe", "rows", "split", "tools"]
    assert sheet_from_json(instrument, written) == sheet


def test_sheet_refuses_strange_questions():
    with pytest.raises(AnswerError, match="odd: unknown_question"):
        sheet_from_json(an_instrument(SINGLE), {"odd": {"state": "blank"}})


def test_decimal_text_is_one_form_for_one_number():
    assert {decimal_text(n) for n in (2, 2.0, "2", "2.00", "+02", Decimal(2))} == {"2"}
    assert decimal_text(0.1) == "0.1"
    assert decimal_text(None) is None
