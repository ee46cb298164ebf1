from projects.scoring import Problem
from projects.scoring.lint.finding import Severity, error, note, of_problem, warning


def test_gravest_comes_first():
    assert sorted(Severity, key=lambda severity: severity.rank) == [
        Severity.ERROR,
        Severity.WARNING,
        Severity.NOTE,
    ]


def test_finding_says_all_of_itself():
    assert str(warning("unasked_cause", "sections", name="moon")) == (
        "warning: sections: no question asks about `moon`"
    )
    assert note("not_checked", "gates[0]").severity is Severity.NOTE
    assert error("missing", "a") == of_problem(Problem("missing", "a"))
    assert len({error("missing", "a", x=1), error("missing", "a", x=1)}) == 1
