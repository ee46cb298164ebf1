"""Which gates hold: demands that no score can outweigh."""

from collections.abc import Sequence
from dataclasses import dataclass

from projects.scoring.expression import Facts, Truth
from projects.scoring.instrument import Gate


@dataclass(frozen=True, slots=True)
class GateReport:
    """Gates that fire, and gates that hang on a blank or unknown answer."""

    fired: tuple[Gate, ...] = ()
    undetermined: tuple[Gate, ...] = ()


def check_gates(gates: Sequence[Gate], facts: Facts) -> GateReport:
    """Evaluate every gate against what is known of the answers."""
    truths = [(gate, gate.when.evaluate(facts)) for gate in gates]
    return GateReport(
        tuple(gate for gate, truth in truths if truth is Truth.YES),
        tuple(gate for gate, truth in truths if truth is Truth.UNDETERMINED),
    )
