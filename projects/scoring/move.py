"""What a newer version of a questionnaire can take of the answers to an older one."""

from collections.abc import Mapping
from dataclasses import dataclass

from projects.scoring.answers import AnswerError, AnswerState, parse_answer, retired_in
from projects.scoring.instrument import Instrument, Question


@dataclass(frozen=True, slots=True)
class Move:
    """Question codes by what becomes of their answers, in the order of the documents.

    `carried`: the answer stays. `again`: it does not fit any more, or its choice is no longer
    offered. `gone`: the question is not there. `fresh`: new questions.
    """

    carried: tuple[str, ...]
    again: tuple[str, ...]
    gone: tuple[str, ...]
    fresh: tuple[str, ...]


def move_between(
    old: Instrument,
    new: Instrument,
    written: Mapping[str, Mapping[str, object]],
) -> Move:
    """Sort the answers (code -> state, value, reason) of an older version's sheet."""
    questions = {question.code: question for question in new.questions}
    known = {question.code for question in old.questions}
    answered = [
        question.code
        for question in old.questions
        if question.code in written
        and written[question.code]["state"] != AnswerState.BLANK
    ]
    kept = [code for code in answered if code in questions]
    carried = [code for code in kept if _fits(questions[code], written[code])]
    return Move(
        carried=tuple(carried),
        again=tuple(code for code in kept if code not in carried),
        gone=tuple(code for code in answered if code not in questions),
        fresh=tuple(code for code in questions if code not in known),
    )


def _fits(question: Question, said: Mapping[str, object]) -> bool:
    try:
        answer = parse_answer(
            question,
            str(said["state"]),
            said.get("value"),
            str(said.get("reason", "")),
        )
    except AnswerError:
        return False
    return not retired_in(question, answer.value)
