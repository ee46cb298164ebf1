"""What a condition can become over all answers: exact, or told as too much work."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from projects.scoring.expression import ABSENT, OPEN, Expression, Fact, Truth
from projects.scoring.instrument import Instrument, Question
from projects.scoring.lint.domains import TooMany, facts_of

WORK = 50_000
"""Comparisons looked at for one condition."""
ALL_WORK = 1_000_000
"""Comparisons looked at for one questionnaire."""
MAX_QUESTIONS = 30
"""Questions on which one condition may hang, directly or not."""

_BOTH = frozenset({Truth.NO, Truth.YES})


class Baseless(Exception):
    """The condition hangs on one that cannot be read or comes later."""


@dataclass
class Purse:
    """How much work is left for a whole questionnaire."""

    left: int = ALL_WORK

    def allowance(self) -> "Purse":
        """Take out what one condition may cost."""
        return Purse(min(WORK, self.left))

    def spend(self, work: int) -> None:
        self.left -= work
        if self.left < 0:
            raise TooMany


@dataclass(frozen=True)
class World:
    """The questions a condition may hang on, without those that are broken."""

    questions: Mapping[str, Question]
    order: Mapping[str, int]
    purse: Purse = field(default_factory=Purse)

    @classmethod
    def of(cls, instrument: Instrument, broken: frozenset[str]) -> "World":
        """Leave out the questions at broken places."""
        whole = {
            question.code: question
            for place, question in instrument.placed()
            if not any(f"{place}{rest}" in broken for rest in ("", ".visible_when"))
        }
        return cls(whole, {code: index for index, code in enumerate(whole)})

    def outcomes(self, condition: Expression) -> frozenset[Truth]:
        """Return the definite truths that answers to all questions lead to.

        Raises TooMany where that takes too much work, Baseless where it hangs on a
        broken question.
        """
        names = self._ancestors(condition)
        return self._searched(condition, names, follow=True)

    def outcomes_alone(self, condition: Expression) -> frozenset[Truth]:
        """Return the truths when every question it names may be shown or not."""
        return self._searched(condition, condition.names(), follow=False)

    def _searched(
        self, condition: Expression, names: frozenset[str], *, follow: bool
    ) -> frozenset[Truth]:
        if not names <= set(self.questions):
            raise Baseless
        in_order = sorted(names, key=lambda name: self.order[name])
        asked = [self.questions[name] for name in in_order]
        purse = self.purse.allowance()
        given = purse.left
        try:
            return _Search(condition, asked, purse, follow=follow).found()
        finally:
            self.purse.left -= given - max(purse.left, 0)

    def _ancestors(self, condition: Expression) -> frozenset[str]:
        found: set[str] = set()
        waiting = list(condition.names())
        while waiting:
            name = waiting.pop()
            if name in found:
                continue
            if name not in self.questions:
                raise Baseless
            found.add(name)
            if len(found) > MAX_QUESTIONS:
                raise TooMany
            shown = self.questions[name].visible_when
            waiting.extend(shown.names() if shown else ())
        return frozenset(found)


class _Search:
    """Tries the answers of one question after the other, in the order asked.

    As long as a condition is undetermined it may become either; once it is definite
    no further answer changes it, so the rest need not be tried.
    """

    def __init__(
        self,
        condition: Expression,
        asked: list[Question],
        purse: Purse,
        *,
        follow: bool,
    ) -> None:
        self._condition = condition
        self._asked = asked
        self._purse = purse
        self._follow = follow
        shown = [q.visible_when for q in asked if q.visible_when and follow]
        leaves = [leaf for each in [condition, *shown] for leaf in each.leaves()]
        self._cost = len(condition.leaves())
        self._facts: dict[str, Fact] = {question.code: OPEN for question in asked}
        self._given = {q.code: facts_of(q, leaves) for q in asked}
        self._found: set[Truth] = set()

    def found(self) -> frozenset[Truth]:
        self._try(0)
        return frozenset(self._found)

    def _try(self, index: int) -> None:
        self._purse.spend(self._cost)
        truth = self._condition.evaluate(self._facts)
        if truth is not Truth.UNDETERMINED:
            self._found.add(truth)
            return
        question = self._asked[index]
        for fact in self._options(question):
            self._facts[question.code] = fact
            self._try(index + 1)
            if self._found == _BOTH:
                break
        self._facts[question.code] = OPEN

    def _options(self, question: Question) -> list[Fact]:
        given, shown = self._given[question.code], question.visible_when
        if shown is None:
            return [*given, ABSENT] if question.allow_not_applicable else given
        if not self._follow:
            return [*given, ABSENT]
        self._purse.spend(len(shown.leaves()))
        if shown.evaluate(self._facts) is not Truth.YES:
            return [ABSENT]
        return [*given, ABSENT] if question.allow_not_applicable else given
