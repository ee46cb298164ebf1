"""What if: changed answers and practices at work, beside the sheet as it stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeVar

from projects.scoring.answers import Answer, AnswerSheet
from projects.scoring.branching import resolve_questions
from projects.scoring.instrument import Gate
from projects.scoring.interval import Interval
from projects.scoring.outlook import Outlook, WorkingPractice, outlook
from projects.scoring.plan import Plan
from projects.scoring.reach import is_asked, reach_of
from projects.scoring.result import RiskScore
from projects.scoring.score import score_with

_Item = TypeVar("_Item")


@dataclass(frozen=True)
class Scenario:
    """Answers that replace those given, and practices at work beside those that are."""

    answers: Mapping[str, Answer] = field(default_factory=dict)
    practices: tuple[WorkingPractice, ...] = ()


@dataclass(frozen=True)
class Prospect:
    """A sheet with practices at work, scored: `outlook.risk` is the inherent result."""

    outlook: Outlook
    asked: tuple[str, ...]
    """Codes of the questions to be asked, in order."""

    @property
    def risk(self) -> RiskScore:
        return self.outlook.risk


@dataclass(frozen=True, slots=True)
class CauseChange:
    """One top-level cause before and after; None where it is not assessed."""

    slug: str
    inherent: tuple[Interval | None, Interval | None]
    current: tuple[Interval | None, Interval | None]

    @property
    def inherent_change(self) -> Fraction | None:
        """Points the answers alone add; negative is milder."""
        return _difference(self.inherent)

    @property
    def current_change(self) -> Fraction | None:
        """Points answers and practices add together."""
        return _difference(self.current)


@dataclass(frozen=True)
class Comparison:
    """A scenario beside the sheet it starts from."""

    before: Prospect
    after: Prospect
    causes: tuple[CauseChange, ...]
    gates_fired: tuple[Gate, ...]
    gates_lifted: tuple[Gate, ...]
    questions_opened: tuple[str, ...]
    questions_closed: tuple[str, ...]

    @property
    def tier_change(self) -> int | None:
        """Tiers up, or down where negative; None without a tier on both sides."""
        tiers = self.before.outlook.tier, self.after.outlook.tier
        if tiers[0] is None or tiers[1] is None:
            return None
        return tiers[1].rank - tiers[0].rank


def prospect(
    plan: Plan, sheet: AnswerSheet, practices: Sequence[WorkingPractice] = ()
) -> Prospect:
    """Score a sheet with practices at work."""
    resolution = resolve_questions(plan.questions, sheet)
    reached = reach_of(resolution)
    asked = tuple(code for code, reach in reached.items() if is_asked(reach))
    return Prospect(outlook(plan, score_with(plan, sheet), practices), asked)


def compare(
    plan: Plan,
    sheet: AnswerSheet,
    scenario: Scenario,
    *,
    at_work: Sequence[WorkingPractice] = (),
) -> Comparison:
    """Put a scenario beside its sheet; `at_work` practices count on both sides.

    A practice of the scenario that is at work already counts once. Raises AnswerError
    for an answer to a question that is not there.
    """
    working = {each.slug: each for each in (*scenario.practices, *at_work)}
    changed = AnswerSheet({**sheet.answers, **scenario.answers})
    before = prospect(plan, sheet, at_work)
    after = prospect(plan, changed, tuple(working.values()))
    return Comparison(
        before=before,
        after=after,
        causes=_causes(before, after),
        gates_fired=_beyond(after.risk.gates.fired, before.risk.gates.fired),
        gates_lifted=_beyond(before.risk.gates.fired, after.risk.gates.fired),
        questions_opened=_beyond(after.asked, before.asked),
        questions_closed=_beyond(before.asked, after.asked),
    )


def _causes(before: Prospect, after: Prospect) -> tuple[CauseChange, ...]:
    pairs = zip(before.risk.top_level, after.risk.top_level, strict=True)
    return tuple(
        CauseChange(
            slug=one.slug,
            inherent=(one.interval, other.interval),
            current=(
                before.outlook.left.get(one.slug),
                after.outlook.left.get(one.slug),
            ),
        )
        for one, other in pairs
    )


def _beyond(items: Sequence[_Item], known: Sequence[_Item]) -> tuple[_Item, ...]:
    return tuple(item for item in items if item not in known)


def _difference(pair: tuple[Interval | None, Interval | None]) -> Fraction | None:
    before, after = pair
    return after.point - before.point if before and after else None
