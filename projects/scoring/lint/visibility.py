"""Questions nobody is ever asked, conditions that say nothing, gates that never fire."""

from collections.abc import Iterator

from projects.scoring.expression import Answered, Expression, Truth
from projects.scoring.instrument import Instrument
from projects.scoring.lint.domains import TooMany
from projects.scoring.lint.finding import Finding, note, warning
from projects.scoring.lint.search import Baseless, World


def visibility_findings(
    instrument: Instrument, broken: frozenset[str]
) -> Iterator[Finding]:
    """Find conditions without a choice; those at `broken` places are passed over."""
    world = World.of(instrument, broken)
    for place, question in instrument.placed():
        where = f"{place}.visible_when"
        if question.visible_when and where not in broken and place not in broken:
            yield from _question_findings(world, where, question.visible_when)
    for index, gate in enumerate(instrument.gates):
        where = f"gates[{index}].when"
        if where not in broken:
            yield from _gate_findings(world, where, gate.when)


def _question_findings(
    world: World, place: str, condition: Expression
) -> Iterator[Finding]:
    try:
        if Truth.YES not in world.outcomes_alone(condition):
            yield warning("contradiction", place)
            return
        outcomes = world.outcomes(condition)
    except Baseless:
        return
    except TooMany:
        yield note("not_checked", place)
        return
    if Truth.YES not in outcomes:
        yield warning("unreachable_question", place)
    elif _always(outcomes, condition):
        yield warning("always_true", place)


def _gate_findings(
    world: World, place: str, condition: Expression
) -> Iterator[Finding]:
    try:
        outcomes = world.outcomes(condition)
    except Baseless:
        return
    except TooMany:
        yield note("not_checked", place)
        return
    if Truth.YES not in outcomes:
        yield warning("gate_never_fires", place)
    elif _always(outcomes, condition):
        yield warning("gate_always_fires", place)


def _always(outcomes: frozenset[Truth], condition: Expression) -> bool:
    """Tell; who asks for `answered(x)` waits for the answer, whatever it will be."""
    waits = any(isinstance(leaf, Answered) for leaf in condition.leaves())
    return Truth.NO not in outcomes and not waits
