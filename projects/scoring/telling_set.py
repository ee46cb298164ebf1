"""Which few open questions, answered together, tell most about the overall score.

A set of questions is judged by the width of the overall interval after them: the mean
over all combinations of their trial answers (see `unknowns`), each taken as equally
likely, and the largest, which is what the set guarantees. Best: the least mean, then
the least largest, then the order of the single questions' ranking.

Where all sets can be tried within the limit the best is found. Otherwise the set grows
by the question that adds most to it, sought among the few best single ones; what is
said of its width is exact, but another set may be better.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, product
from math import comb, prod

from projects.scoring.answers import Answer, AnswerSheet
from projects.scoring.branching import resolve_questions
from projects.scoring.plan import Plan
from projects.scoring.score import cause_score, overall_interval
from projects.scoring.unknowns import ranked, trial_answers
from projects.scoring.weighing import weigh

MOST = 5
"""Questions in one set at most."""

LIMIT = 3_000
"""Sheets scored for one answer: about a second."""

_POOL = 8


@dataclass(frozen=True, slots=True)
class TellingSet:
    """Open questions with the width of the overall interval before and after them."""

    questions: tuple[str, ...]
    before: Fraction
    expected: Fraction
    guaranteed: Fraction
    is_exact: bool

    @property
    def expected_part(self) -> Fraction:
        """The part of the width that is expected to be left, 0 to 1."""
        return self.expected / self.before if self.before else Fraction()


def telling_set(
    plan: Plan, sheet: AnswerSheet, count: int, *, limit: int = LIMIT
) -> TellingSet | None:
    """Find `count` (at most MOST) questions to answer together; None: nothing to tell.

    Fewer come back where no more tell anything, or more could not be tried out.
    """
    order = [narrowing.question for narrowing in ranked(plan, sheet)]
    count = min(count, MOST, len(order))
    if count < 1:
        return None
    trials = _Trials(plan, sheet)
    if comb(len(order), count) * trials.most(order, count) <= limit:
        sets = [trials.judge(each) for each in combinations(order, count)]
        return min(sets, key=_rank)
    return _grown(trials, order[:_POOL], count, limit)


def _grown(
    trials: "_Trials", pool: Sequence[str], count: int, limit: int
) -> TellingSet:
    best = trials.judge((), is_exact=False)
    spent = 0
    while len(best.questions) < count:
        wider = [(*best.questions, q) for q in pool if q not in best.questions]
        sizes = [trials.size(each) for each in wider]
        while wider and spent + sum(sizes) > limit:
            del wider[-1], sizes[-1]
        if not wider:
            break
        spent += sum(sizes)
        best = min((trials.judge(w, is_exact=False) for w in wider), key=_rank)
    return best


def _rank(each: TellingSet) -> tuple[Fraction, Fraction]:
    return each.expected, each.guaranteed


class _Trials:
    """The trial answers to the questions of one sheet, and what they leave."""

    def __init__(self, plan: Plan, sheet: AnswerSheet) -> None:
        self._plan, self._sheet = plan, sheet
        self._answers: dict[str, tuple[Answer, ...]] = {
            question.code: tuple(trial_answers(question)) for question in plan.questions
        }
        self._before = self._width(sheet)

    def size(self, questions: Sequence[str]) -> int:
        return prod(len(self._answers[question]) for question in questions)

    def most(self, questions: Sequence[str], count: int) -> int:
        """Return the largest size of a set of `count` of these questions."""
        return self.size(
            sorted(questions, key=lambda q: -len(self._answers[q]))[:count]
        )

    def judge(self, questions: tuple[str, ...], *, is_exact: bool = True) -> TellingSet:
        """Score every combination of trial answers."""
        answers = product(*(self._answers[question] for question in questions))
        widths = [
            self._width(
                AnswerSheet(
                    {**self._sheet.answers, **dict(zip(questions, each, strict=True))}
                )
            )
            for each in answers
        ]
        mean = sum(widths, Fraction()) / len(widths)
        return TellingSet(questions, self._before, mean, max(widths), is_exact)

    def _width(self, sheet: AnswerSheet) -> Fraction:
        standings = resolve_questions(self._plan.questions, sheet).standings
        weighing = weigh(self._plan, standings)
        slugs = self._plan.top_level
        scores = [cause_score(self._plan, weighing, slug) for slug in slugs]
        overall = overall_interval(scores)
        return overall.width if overall else Fraction()
