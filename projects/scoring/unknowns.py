"""Which open questions are worth answering first.

Every visible blank or unknown question is answered in trial with each choice (numbers:
each bend of the curve; multiple: each choice alone, and all; "not applicable" where
allowed). `guaranteed` is how much the overall interval narrows at the least helpful of
these answers, `expected` the mean over them, all answers taken as equally likely.
Ranking: expected, then guaranteed, then the narrowing summed over all top-level causes
and impact (so that a question beside the binding cause is not worthless), then order.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from projects.scoring.answers import Answer, AnswerSheet, decimal_text
from projects.scoring.branching import resolve_questions
from projects.scoring.expression import Truth
from projects.scoring.instrument import SCALE, Instrument, Question, QuestionKind
from projects.scoring.plan import CauseMap, Plan, plan_for
from projects.scoring.result import RiskScore
from projects.scoring.score import score_with
from projects.scoring.signals import Value, reachable_points


@dataclass(frozen=True, slots=True)
class Narrowing:
    """How much the answer to one open question narrows what we know."""

    question: str
    expected: Fraction
    guaranteed: Fraction
    spread: Fraction
    """Expected narrowing summed over all top-level causes and impact."""


def most_telling(
    instrument: Instrument, sheet: AnswerSheet, causes: CauseMap, limit: int = 5
) -> tuple[Narrowing, ...]:
    """Rank the open questions by what their answer would tell; the best first."""
    return ranked(plan_for(instrument, causes), sheet)[:limit]


def ranked(plan: Plan, sheet: AnswerSheet) -> tuple[Narrowing, ...]:
    """Rank all open questions whose answer would tell anything."""
    now = score_with(plan, sheet)
    narrowings = [
        _narrowing(plan, sheet, now, question)
        for question in _open_questions(plan, sheet)
    ]
    useful = [narrowing for narrowing in narrowings if narrowing.spread > 0]
    useful.sort(key=lambda n: (-n.expected, -n.guaranteed, -n.spread))
    return tuple(useful)


def trial_answers(question: Question) -> Iterator[Answer]:
    """Yield the answers that between them reach every extreme of the signal."""
    yield from map(Answer.answered, _trial_values(question))
    if question.allow_not_applicable:
        yield Answer.not_applicable("trial")


def _trial_values(question: Question) -> Sequence[Value]:
    codes = tuple(choice.code for choice in question.offered)
    match question.kind:
        case QuestionKind.SINGLE:
            return codes
        case QuestionKind.MULTIPLE:
            return [*((code,) for code in codes), codes] if codes else []
        case QuestionKind.SCALE:
            return SCALE
        case QuestionKind.NUMBER if question.breakpoints:
            return [_written(number) for number, _ in reachable_points(question)]
        case _:
            return ()


def _open_questions(plan: Plan, sheet: AnswerSheet) -> Iterator[Question]:
    for standing in resolve_questions(plan.questions, sheet).standings:
        if standing.visible is Truth.YES and standing.answer.is_open:
            yield standing.question


def _narrowing(
    plan: Plan, sheet: AnswerSheet, now: RiskScore, question: Question
) -> Narrowing:
    trials = [
        score_with(plan, sheet.with_answer(question.code, answer))
        for answer in trial_answers(question)
    ]
    if not trials:
        return Narrowing(question.code, Fraction(), Fraction(), Fraction())
    overall = [_overall_width(now) - _overall_width(trial) for trial in trials]
    spread = [_summed_width(now) - _summed_width(trial) for trial in trials]
    return Narrowing(
        question.code,
        expected=sum(overall, Fraction()) / len(trials),
        guaranteed=min(overall),
        spread=sum(spread, Fraction()) / len(trials),
    )


def _overall_width(risk: RiskScore) -> Fraction:
    return risk.overall.width if risk.overall else Fraction()


def _summed_width(risk: RiskScore) -> Fraction:
    scores = (*risk.top_level, risk.impact)
    scales = risk.points.scales if risk.points else ()
    return sum(
        (
            *(s.interval.width for s in scores if s.interval),
            *(scale.interval.width for scale in scales),
        ),
        Fraction(),
    )


def _written(number: Fraction) -> str:
    """Write a bound or bend, which the document gave as a short decimal."""
    exact = Decimal(number.numerator) / Decimal(number.denominator)
    return decimal_text(exact) or str(exact)
