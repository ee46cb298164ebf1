"""Which questions to put to a person now, given what they have answered so far."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from projects.scoring.answers import AnswerState
from projects.scoring.branching import Resolution, Standing
from projects.scoring.expression import Truth


class Reach(StrEnum):
    """Whether a question is to be asked."""

    ASKED = "asked"
    MAYBE = "maybe"
    """It hangs on an answer given as unknown: asked, though it may not apply."""
    WAITING = "waiting"
    """It hangs on a question that is still blank."""
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Progress:
    """Counts over the questions to be asked; settled is everything but blank."""

    asked: int
    settled: int
    unknown: int

    @property
    def left(self) -> int:
        return self.asked - self.settled


def reach_of(resolution: Resolution) -> dict[str, Reach]:
    """Return the reach of every question by its code."""
    reached: dict[str, Reach] = {}
    blank: set[str] = set()
    for standing in resolution.standings:
        reach = _reach(standing, blank)
        reached[standing.question.code] = reach
        is_blank = standing.answer.state is AnswerState.BLANK
        if is_blank and reach is not Reach.CLOSED:
            blank.add(standing.question.code)
    return reached


def progress_of(
    standings: Sequence[Standing], reached: Mapping[str, Reach]
) -> Progress:
    """Count over a whole resolution, or over the questions of one section."""
    asked = [s for s in standings if is_asked(reached[s.question.code])]
    states = [standing.answer.state for standing in asked]
    return Progress(
        asked=len(asked),
        settled=len(asked) - states.count(AnswerState.BLANK),
        unknown=states.count(AnswerState.UNKNOWN),
    )


def is_asked(reach: Reach) -> bool:
    """Tell whether the question is put to the person."""
    return reach in (Reach.ASKED, Reach.MAYBE)


def _reach(standing: Standing, blank: set[str]) -> Reach:
    if standing.visible is Truth.YES:
        return Reach.ASKED
    if standing.visible is Truth.NO or standing.question.visible_when is None:
        return Reach.CLOSED
    if standing.question.visible_when.names() & blank:
        return Reach.WAITING
    return Reach.MAYBE
