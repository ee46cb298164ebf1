from fractions import Fraction

import pytest

from projects.scoring import Combine, Instrument, QuestionKind, Section
from projects.scoring.lint.signals import shown, signal_findings
from tests.projects.scoring.examples import (
    a_choice_question,
    a_number_question,
    a_scale_question,
)


def found(question, broken=(), **entry):
    instrument = Instrument("example", "1", (Section("only", (question,)),))
    document = {"sections": [{"questions": [entry]}]}
    findings = signal_findings(instrument, document, frozenset(broken))
    return [(str(one.severity), one.code, one.place.split(".")[-1]) for one in findings]


def summed(*signals):
    codes = "abcd"[: len(signals)]
    return a_choice_question(
        "q",
        kind=QuestionKind.MULTIPLE,
        combine=Combine.SUM,
        signals=signals,
        codes=codes,
    )


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (a_choice_question("q"), []),
        (
            a_choice_question("q", signals=(50, 50, 50)),
            [("warning", "flat_signal", "choices")],
        ),
        (a_scale_question(signals=[20] * 5), [("warning", "flat_signal", "signals")]),
        (
            a_number_question(points=((0, 10), (5, 10))),
            [("warning", "flat_signal", "breakpoints")],
        ),
        (summed(0, 40, 60), []),
        (summed(0, 40, 70), [("warning", "saturated_choices", "choices")]),
        (summed(10, 40, 70), [("note", "saturated_choices", "choices")]),
        (a_number_question(minimum=Fraction(0), maximum=Fraction(100)), []),
        (
            a_number_question(minimum=Fraction(-1), maximum=Fraction(101)),
            [("warning", "range_uncovered", "breakpoints")] * 2,
        ),
    ],
)
def test_signals_that_tell_little_are_told(question, expected):
    assert found(question) == expected


def test_unknown_signal_is_told_where_it_was_written():
    question = a_choice_question("q", signals=(0, 10, 20))
    assert found(question) == []
    assert found(question, unknown_signal=0.6) == [
        ("warning", "unknown_signal_outside", "unknown_signal")
    ]


def test_broken_and_unscored_questions_are_passed_over():
    flat = a_choice_question("q", signals=(50, 50, 50))
    assert found(flat, broken=["sections[0].questions[0]"]) == []
    assert found(a_number_question(points=(), weights=())) == []


def test_number_is_shown_as_it_was_written():
    assert [shown(Fraction(n, 100)) for n in (245, 100, 5)] == ["2.45", "1", "0.05"]
