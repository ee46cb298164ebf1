"""The smallest change that lowers the tier: of some candidates, the fewest that do.

A set of changes lowers the tier when the tier of what is left after them is milder than
before (see `outlook` for what practices leave). Smallest: the fewest changes; of these
the cheapest; of these the first in the order of the candidates. Two changes of one
question, or of one practice, never go together.

Sets are sought by size, so the first size with a solution is the smallest. Changes that
may open or close a branch are tried by scoring the sheet anew; for the others `demands`
tell which sets cannot do, and every set that might is scored in full. So an answer that
is exact equals that of trying all sets. A search that reaches its limit says so, with
the sizes it has ruled out, and gives a good set instead of the smallest.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from projects.scoring.answers import AnswerSheet
from projects.scoring.branching import resolve_questions
from projects.scoring.candidates import (
    AnswerChange,
    Change,
    PracticeChange,
    changed_sheet,
    practices_in,
)
from projects.scoring.covering import Covering, Demand, Found, SearchCut
from projects.scoring.demands import demands_of, is_provisional
from projects.scoring.frames import Frame, aims_of, may_reshape, readings_of
from projects.scoring.goals import goals_below
from projects.scoring.greedy import meeting
from projects.scoring.outlook import Outlook, WorkingPractice, outlook
from projects.scoring.plan import Plan
from projects.scoring.score import score_with
from projects.scoring.tiers import RiskTier
from projects.scoring.trying import tried_out

if TYPE_CHECKING:
    from projects.scoring.result import RiskScore

LIMIT = 40_000
"""Steps of the search: about a second at most."""

_FRAME_STEPS = 60


@dataclass(frozen=True)
class SmallestChange:
    """What the search found; no changes means that none lowers the tier.

    `is_exact`: nothing smaller or cheaper does, or nothing at all does. Otherwise the
    search was cut: no set of fewer than `at_least` changes does.
    """

    changes: tuple[Change, ...] | None
    before: Outlook
    after: Outlook | None
    is_exact: bool
    at_least: int
    tried: int


def smallest_change(
    plan: Plan,
    sheet: AnswerSheet,
    candidates: Sequence[Change],
    *,
    at_work: Sequence[WorkingPractice] = (),
    limit: int = LIMIT,
) -> SmallestChange:
    """Find the smallest change; `at_work` practices count before and after it."""
    if plan.instrument.rules is not None:
        return _smallest_of_points(plan, sheet, tuple(candidates), limit)
    search = _Search(plan, sheet, tuple(candidates), tuple(at_work), limit)
    if search.before.tier in (None, RiskTier.LOW):
        return SmallestChange(None, search.before, None, True, 0, 0)
    return search.run()


class _Search:
    """One search over one sheet."""

    def __init__(
        self,
        plan: Plan,
        sheet: AnswerSheet,
        candidates: tuple[Change, ...],
        at_work: tuple[WorkingPractice, ...],
        limit: int,
    ) -> None:
        self._plan, self._sheet = plan, sheet
        self._candidates, self._at_work = candidates, at_work
        self._scored: dict[tuple[int, ...], RiskScore] = {}
        self._frames: dict[tuple[int, ...], Frame] = {}
        self._found = Found(limit)
        self.before = self._outlook(())
        self._reshaping = self._reshaping_indices()
        steady = {
            index: change
            for index, change in enumerate(candidates)
            if index not in self._reshaping
        }
        practices = {
            index: change.practice
            for index, change in steady.items()
            if isinstance(change, PracticeChange)
        }
        self._frame_steps = _FRAME_STEPS + len(candidates)
        self._readings = readings_of(plan, steady)
        self._aims = (
            aims_of(plan, dict(enumerate(at_work))),
            aims_of(plan, practices),
        )

    def run(self) -> SmallestChange:
        """Seek by size, up to the number of different targets."""
        targets = {candidate.target for candidate in self._candidates}
        size = 1
        try:
            for size in self._sizes(len(targets)):
                self._seek(size)
                if self._found.indices is not None:
                    return self._result(self._found.indices, size, is_exact=True)
        except SearchCut:
            known = self._found.indices or self._good_set()
            return self._result(known, size, is_exact=False)
        return self._result(None, len(targets) + 1, is_exact=True)

    def _sizes(self, most: int) -> range:
        """Leave out the sizes at which the first frame alone shows no way."""
        if self._reshaping:
            return range(1, most + 1)
        least = [covering.least() for covering in self._coverings((), most)]
        known = [size for size in least if size is not None]
        return range(max(min(known), 1), most + 1) if known else range(0)

    def _seek(self, size: int) -> None:
        for count in range(size + 1):
            for fixed in combinations(self._reshaping, count):
                if len({self._candidates[i].target for i in fixed}) == count:
                    self._found.spend(self._frame_steps)
                    for covering in self._coverings(fixed, size - count):
                        covering.run(fixed, size - count)

    def _coverings(self, fixed: tuple[int, ...], picks: int) -> Iterator[Covering]:
        for demands, useful in self._demands(fixed, picks):
            yield Covering(self._candidates, demands, self._lowers, self._found, useful)

    def _demands(
        self, fixed: tuple[int, ...], picks: int
    ) -> Iterator[tuple[list[Demand], list[int]]]:
        tier = self.before.tier
        if tier is None:
            return
        frame = self._frame(fixed)
        for goal in goals_below(tier, provisional=is_provisional(frame)):
            yield demands_of(frame, goal, picks)

    def _frame(self, fixed: tuple[int, ...]) -> Frame:
        if fixed not in self._frames:
            chosen = [self._candidates[index] for index in fixed]
            taken = {change.target[1] for change in chosen}
            self._frames[fixed] = Frame(
                self._plan,
                changed_sheet(self._sheet, chosen),
                [each for each in self._readings if each.question not in taken],
                self._aims,
                len(self._candidates),
            )
        return self._frames[fixed]

    def _reshaping_indices(self) -> tuple[int, ...]:
        resolution = resolve_questions(self._plan.questions, self._sheet)
        standings = {each.question.code: each for each in resolution.standings}
        return tuple(
            index
            for index, change in enumerate(self._candidates)
            if isinstance(change, AnswerChange)
            and may_reshape(self._plan, standings[change.question], change)
        )

    def _lowers(self, indices: tuple[int, ...]) -> bool:
        after, before = self._outlook(indices).tier, self.before.tier
        return after is not None and before is not None and after.rank < before.rank

    def _outlook(self, indices: tuple[int, ...]) -> Outlook:
        chosen = [self._candidates[index] for index in indices]
        practices = (*self._at_work, *practices_in(chosen))
        answers = tuple(
            index
            for index in indices
            if isinstance(self._candidates[index], AnswerChange)
        )
        if answers not in self._scored:
            sheet = changed_sheet(self._sheet, chosen)
            self._scored[answers] = score_with(self._plan, sheet)
        return outlook(self._plan, self._scored[answers], practices)

    def _good_set(self) -> tuple[int, ...] | None:
        """Meet the demands of the first frame greedily; keep the smallest that does."""
        targets = len({candidate.target for candidate in self._candidates})
        sets = [
            meeting(demands, useful, self._candidates, self._lowers)
            for demands, useful in self._demands((), targets)
        ]
        known = [indices for indices in sets if indices is not None]
        return min(known, key=len) if known else None

    def _result(
        self, indices: tuple[int, ...] | None, at_least: int, *, is_exact: bool
    ) -> SmallestChange:
        return SmallestChange(
            changes=tuple(self._candidates[i] for i in indices) if indices else None,
            before=self.before,
            after=self._outlook(indices) if indices else None,
            is_exact=is_exact,
            at_least=at_least,
            tried=self._found.tried,
        )


def _smallest_of_points(
    plan: Plan, sheet: AnswerSheet, candidates: tuple[Change, ...], limit: int
) -> SmallestChange:
    """Find it among changes of an additive sheet; practices change no points."""
    changes = tuple(each for each in candidates if isinstance(each, AnswerChange))

    def after(indices: tuple[int, ...]) -> Outlook:
        chosen = [changes[index] for index in indices]
        return outlook(plan, score_with(plan, changed_sheet(sheet, chosen)), ())

    before = after(())
    if before.tier in (None, RiskTier.LOW):
        return SmallestChange(None, before, None, True, 0, 0)
    tried = tried_out(changes, after, limit)
    return SmallestChange(
        changes=tuple(changes[i] for i in tried.indices) if tried.indices else None,
        before=before,
        after=after(tried.indices) if tried.indices else None,
        is_exact=tried.is_exact,
        at_least=tried.at_least,
        tried=tried.trials,
    )
