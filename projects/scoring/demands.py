"""Demands on small changes: what has to come off each score for a milder tier.

In a frame a score stands under a limit exactly when a sum of whole numbers does. Where
it is not that simple (high bounds of questions that may still drop out, shares of
practices in a cause), a demand is weaker than the truth, never stronger.
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from heapq import nlargest
from math import ceil, prod

from projects.scoring.answers import AnswerState
from projects.scoring.covering import Demand
from projects.scoring.frames import Frame, Move
from projects.scoring.goals import Goal
from projects.scoring.instrument import IMPACT, Dimension
from projects.scoring.interval import Term, point_terms


def demands_of(frame: Frame, goal: Goal, picks: int) -> tuple[list[Demand], list[int]]:
    """Return the demands of a goal on `picks` changes, and which changes may help."""
    found: list[Demand] = []
    useful: set[int] = set()
    for slug in frame.slugs:
        limit = goal.impact if slug == IMPACT else goal.likelihood
        if limit is not None:
            limited = _Limited(frame, slug, limit, goal.at_high, picks)
            found += limited.demands()
            useful |= limited.useful
    if not goal.at_high:
        found += _progress_demands(frame, useful)
    return found, sorted(useful)


class _Limited:
    """One cause, or impact, under a limit."""

    def __init__(
        self,
        frame: Frame,
        slug: str,
        limit: int,
        at_high: bool,  # noqa: FBT001 -- private, and told by Goal
        picks: int,
    ) -> None:
        self._frame, self._slug, self._limit = frame, slug, limit
        self._at_high, self._picks = at_high, picks
        self._terms = frame.weighing.terms[slug]
        self._working, self._factors = frame.factors(slug, picks)
        self._kept = prod(sorted(self._factors.values())[:picks], start=self._working)
        self.useful: set[int] = set()

    def demands(self) -> list[Demand]:
        """Return the demands that some change could still break or meet."""
        found = [
            self._floor_demand(code, score)
            for code, score in self._frame.floors_on(self._slug, at_high=self._at_high)
            if score > self._limit
        ]
        if found or not self._is_settled():
            found.append(self._mean_demand())
        if found:
            self.useful |= set(self._factors)
            codes = {term.question for term in self._terms}
            self.useful |= {m.index for c in codes for m in self._frame.moves_on(c)}
        return found

    def _is_settled(self) -> bool:
        """Tell whether no change of the frame can lift the score over the limit."""
        level, mass = self._mean()
        if level > self._limit * self._frame.scale * mass:
            return False
        return not any(
            move.signal > self._value(term)
            or (self._frame.largest_floor(move.floors, self._slug) or 0) > self._limit
            for term in self._terms
            for move in self._frame.moves_on(term.question)
        )

    def _value(self, term: Term) -> int:
        return self._frame.unit * (term.high if self._at_high else term.point)

    def _counted(self) -> Sequence[Term]:
        """Return the terms whose mean is the point, or the high bound."""
        if not self._at_high:
            return point_terms(self._terms)
        counted = [term for term in self._terms if term.certain]
        total = sum(term.weight * term.high for term in counted)
        mass = sum(term.weight for term in counted)
        free = [term for term in self._terms if not term.certain]
        for term in sorted(free, key=lambda t: -t.high):
            if mass and term.high * mass <= total:
                break
            counted.append(term)
            total += term.weight * term.high
            mass += term.weight
        return counted

    def _mean(self) -> tuple[int, int]:
        counted = self._counted()
        level = sum(100 * term.weight * self._value(term) for term in counted)
        return level, sum(term.weight for term in counted)

    def _mean_demand(self) -> Demand:
        level, mass = self._mean()
        counted = {term.question for term in self._counted()}
        gains = [0] * self._frame.size
        rises = []
        for term in self._terms:
            moves = self._frame.moves_on(term.question)
            for move in moves:
                gains[move.index] = self._gain(term, move, term.question in counted)
            rises.append(max((-gains[move.index] for move in moves), default=0))
        most = level + sum(nlargest(self._picks, (max(rise, 0) for rise in rises)))
        self._let_practices_gain(gains, most)
        return self._demand(level, self._limit * self._frame.scale * mass, gains)

    def _gain(self, term: Term, move: Move, is_counted: bool) -> int:  # noqa: FBT001
        if is_counted:
            return 100 * term.weight * (self._value(term) - move.signal)
        if not self._at_high or term.question not in self._frame.asked:
            return 0
        # It becomes certain, so that it joins the mean from below the limit.
        if not self._kept:
            return 100 * term.weight * self._frame.scale * len(self._terms)
        under = Fraction(self._limit * self._frame.scale) / self._kept
        return max(0, ceil(term.weight * (under - 100 * move.signal)))

    def _floor_demand(self, code: str, score: int) -> Demand:
        gains = [0] * self._frame.size
        for move in self._frame.moves_on(code):
            left = self._frame.largest_floor(move.floors, self._slug) or 0
            gains[move.index] = max(0, score - left)
        self._let_practices_gain(gains, score)
        return self._demand(score, self._limit, gains)

    def _let_practices_gain(self, gains: list[int], most: int) -> None:
        known: dict[Fraction, int] = {}
        for index, kept in self._factors.items():
            if kept not in known:
                known[kept] = ceil(most * (1 - kept))
            gains[index] = known[kept]

    def _demand(self, level: int, ceiling: int, gains: list[int]) -> Demand:
        return Demand(level, ceiling, gains, self._factors, self._working)


def is_provisional(frame: Frame) -> bool:
    """Tell whether too little is answered for the points to count."""
    return any(True for _ in _progress_demands(frame, set()))


def _progress_demands(frame: Frame, useful: set[int]) -> Iterator[Demand]:
    """Yield what has to be answered for a tier that is not provisional."""
    reachable = [s for s in frame.standings if s.question.weight and not s.is_hidden]
    total = sum(s.question.weight for s in reachable)
    left = {s.question.code: s.question.weight for s in reachable if s.answer.is_open}
    wanted = ceil(frame.threshold * total)
    lacking = wanted - (total - sum(left.values()))
    if lacking > 0:
        yield _count_demand(frame, lacking, left, useful)
    answered = {
        s.question.dimension
        for s in reachable
        if s.answer.state is AnswerState.ANSWERED
    }
    for dimension in Dimension:
        if dimension not in answered:
            among = [s.question for s in reachable if s.question.dimension is dimension]
            worth = dict.fromkeys((question.code for question in among), 1)
            yield _count_demand(frame, 1, worth, useful)


def _count_demand(
    frame: Frame, level: int, worth: Mapping[str, int], useful: set[int]
) -> Demand:
    gains = [0] * frame.size
    for code, moves in frame.moves.items():
        for move in moves:
            if code in worth:
                gains[move.index] = worth[code]
                useful.add(move.index)
    return Demand(level, 0, gains)
