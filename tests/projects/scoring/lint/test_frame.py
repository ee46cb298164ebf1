from fractions import Fraction

from projects.scoring import Gate, GateEffect, Instrument, Section, parse_expression
from projects.scoring.lint.frame import frame_findings

PRACTICE = GateEffect.REQUIRE_PRACTICE


def test_frame_is_checked():
    when = parse_expression("a == 'b'")
    instrument = Instrument(
        "example",
        "1",
        (Section("one", ()),),
        (Gate("a", when, PRACTICE, "known"), Gate("b", when, PRACTICE, "odd")),
        Fraction(0),
    )
    final = "at 0 every tier is final, however little is answered"
    assert [str(one) for one in frame_findings(instrument, {"known"})] == [
        f"warning: completeness_threshold: {final}",
        "warning: sections[0].questions: the section has no questions",
        "error: gates[1].practice: `odd` is not a practice",
    ]
