"""What holds a questionnaire together: sections, threshold, the practices of gates."""

from collections.abc import Collection, Iterator

from projects.scoring.instrument import Instrument
from projects.scoring.lint.finding import Finding, error, warning


def frame_findings(
    instrument: Instrument, practices: Collection[str]
) -> Iterator[Finding]:
    """Find sections without questions, a threshold of 0 and unknown practices."""
    if instrument.completeness_threshold == 0:
        yield warning("zero_threshold", "completeness_threshold")
    for index, section in enumerate(instrument.sections):
        if not section.questions:
            yield warning("empty_section", f"sections[{index}].questions")
    for index, gate in enumerate(instrument.gates):
        if gate.practice and gate.practice not in practices:
            place = f"gates[{index}].practice"
            yield error("unknown_practice", place, name=gate.practice)
