"""Only what can matter is asked."""

import pytest

from projects.scoring import AnswerSheet, instrument_from_document, resolve
from projects.scoring.answers import Answer
from projects.scoring.reach import Reach, progress_of, reach_of


def words(text):
    return {"en": text, "ru": text, "zh-hans": text}


def question(code, **extra):
    return {
        "code": code,
        "kind": "single",
        "text": words(code),
        "help": words("h"),
        "why": words("w"),
        "weights": {"leakage": 3},
        "choices": [
            {"code": "yes", "text": words("y"), "signal": 0.0},
            {"code": "no", "text": words("n"), "signal": 1.0},
        ],
        **extra,
    }


@pytest.fixture
def instrument():
    document = {
        "code": "chain",
        "version": 1,
        "title": words("t"),
        "description": words("d"),
        "minutes": 1,
        "sections": [
            {
                "code": "one",
                "title": words("t"),
                "description": words("d"),
                "minutes": 1,
                "questions": [
                    question("first"),
                    question("second", visible_when="first == 'no'"),
                    question("third", visible_when="second == 'no'"),
                ],
            }
        ],
    }
    return instrument_from_document(document)


def reached(instrument, **answers):
    return reach_of(resolve(instrument, AnswerSheet(answers)))


def test_wait_for_a_blank_question(instrument):
    assert list(reached(instrument).values()) == [
        Reach.ASKED,
        Reach.WAITING,
        Reach.WAITING,
    ]


def test_close_and_open_with_the_answer(instrument):
    closed = reached(instrument, first=Answer.answered("yes"))
    opened = reached(instrument, first=Answer.answered("no"))
    assert (closed["second"], closed["third"]) == (Reach.CLOSED, Reach.CLOSED)
    assert (opened["second"], opened["third"]) == (Reach.ASKED, Reach.WAITING)


def test_ask_what_may_apply_after_an_unknown(instrument):
    reach = reached(instrument, first=Answer.unknown())
    assert (reach["second"], reach["third"]) == (Reach.MAYBE, Reach.WAITING)


def test_count_what_is_asked_only(instrument):
    sheet = AnswerSheet({"first": Answer.unknown(), "third": Answer.answered("no")})
    resolution = resolve(instrument, sheet)
    progress = progress_of(resolution.standings, reach_of(resolution))
    assert (progress.asked, progress.settled, progress.unknown) == (2, 1, 1)
    assert progress.left == 1
