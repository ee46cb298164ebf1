from fractions import Fraction

import pytest

from projects.scoring import (
    IMPACT,
    Choice,
    Dimension,
    Floor,
    Gate,
    GateEffect,
    Instrument,
    InstrumentError,
    Question,
    QuestionKind,
    Section,
    instrument_problems,
    parse_expression,
    require_valid,
)
from projects.scoring.validity import question_problems
from tests.projects.scoring.examples import (
    CODES,
    a_choice_question,
    a_number_question,
    a_scale_question,
    an_impact_question,
)

CONDITION = parse_expression("split == 'worst'")


def with_floors(*floors, signals=(0, 50, 100), **more):
    choices = tuple(
        Choice(code, Fraction(signal, 100), Floor(*floor) if floor else None)
        for code, signal, floor in zip(CODES, signals, floors, strict=True)
    )
    weights = more.pop("weights", (("alpha", 5),))
    return Question(
        "split", QuestionKind.SINGLE, weights=weights, choices=choices, **more
    )


@pytest.mark.parametrize(
    "question",
    [
        a_choice_question("split", floor=("alpha", 75)),
        with_floors(None, ("alpha", 50), ("alpha", 75)),
        with_floors(("alpha", 50), None, ("alpha", 50), signals=(0, 0, 100)),
        an_impact_question("people", floor=(IMPACT, 75)),
        a_number_question(minimum=Fraction(0), maximum=Fraction(100)),
        a_number_question(points=(), weights=()),
        a_scale_question(),
        Question("due", QuestionKind.DATE),
        Question("due", QuestionKind.TEXT, dimension=Dimension.IMPACT),
    ],
)
def test_sound_question_has_no_problems(question):
    assert list(question_problems(question)) == []


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (a_choice_question("Split"), "code: not a snake_case code"),
        (a_choice_question("answered"), "reserved word"),
        (
            a_choice_question("q", unknown_signal=Fraction(1, 3)),
            "unknown_signal: not in 0..1",
        ),
        (
            a_choice_question("q", signals=(0, 50, 101)),
            "choices[2].signal: not in 0..1",
        ),
        (
            a_choice_question("q", weights={"alpha": 0}),
            "weights.alpha: 0 is not in 1..10",
        ),
        (a_choice_question("q", weights={"alpha": 11}), "11 is not in 1..10"),
        (a_choice_question("q", weights={"Alpha": 1}), "`Alpha` is not a cause"),
        (a_choice_question("q", weights={IMPACT: 1}), "impact questions have"),
        (a_choice_question("q", dimension=Dimension.IMPACT), "impact questions have"),
        (
            a_choice_question("q", codes=("a", "a", "b")),
            "choices[1].code: the code `a` is used",
        ),
        (
            a_choice_question("q", codes=("a", "b", "C")),
            "choices[2].code: not a snake_case code",
        ),
        (Question("q", QuestionKind.SINGLE), "at least two are needed"),
        (Question("q", QuestionKind.SINGLE), "a scored question weighs on something"),
        (Question("q", QuestionKind.TEXT, weights=(("alpha", 1),)), "never scored"),
        (Question("q", QuestionKind.DATE, weights=(("alpha", 1),)), "never scored"),
        (a_choice_question("q", kind=QuestionKind.TEXT), "kind text has none"),
        (a_scale_question(signals=(0, 100)), "5 are needed"),
        (a_scale_question(signals=(0, 1, 2, 3, 500)), "signals: not in 0..1"),
        (a_number_question(points=((0, 1),)), "at least two are needed"),
        (a_number_question(points=()), "at least two are needed"),
        (a_number_question(weights=()), "a scored question weighs on something"),
        (a_number_question(points=((5, 0), (5, 1))), "the numbers do not rise"),
        (a_number_question(points=((0, 0), (5, 200))), "breakpoints: not in 0..1"),
        (
            a_number_question(minimum=Fraction(9), maximum=Fraction(9)),
            "not below the maximum",
        ),
        (
            a_number_question(minimum=Fraction(101), maximum=Fraction(102)),
            "none of the breakpoints",
        ),
        (a_number_question(maximum=Fraction(100, 3)), "more than 15 digits"),
        (with_floors(None, None, ("alpha", 101)), "the floor is not in 0..100"),
        (
            with_floors(None, ("alpha", 50), None),
            "choices[2].floor: needs the floor of half",
        ),
        (
            with_floors(None, ("alpha", 50), ("beta", 60)),
            "choices[2].floor: needs the floor of half",
        ),
        (
            with_floors(None, ("alpha", 60), ("alpha", 50)),
            "choices[2].floor: needs the floor of half",
        ),
        (
            with_floors(("alpha", 1), ("alpha", 1), ("alpha", 1)),
            "the mildest choice cannot carry a floor",
        ),
        (with_floors(None, None, (IMPACT, 75)), "floor is on the other dimension"),
        (
            a_choice_question("q", weights={}, dimension=Dimension.IMPACT),
            "impact questions have",
        ),
    ],
)
def test_question_problem_is_named(question, said):
    assert said in "; ".join(map(str, question_problems(question)))


def test_impact_question_weighs_on_impact_once():
    twice = ((IMPACT, 1), (IMPACT, 2))
    mixed = ((IMPACT, 1), ("alpha", 2))
    for weights in (twice, mixed):
        question = with_floors(*[None] * 3, weights=weights, dimension=Dimension.IMPACT)
        said = "; ".join(map(str, question_problems(question)))
        assert "weigh on impact only" in said


def test_all_problems_are_listed_with_their_places():
    split, late = a_choice_question("split"), a_choice_question("late")
    early = a_choice_question("early", when="late == 'best' and early == 'best'")
    block = GateEffect.BLOCK
    instrument = Instrument(
        "Bad Code",
        "1",
        (Section("one", (split, early)), Section("one", (late, split))),
        (
            Gate("a", CONDITION, block, practice="split-first"),
            Gate("a", CONDITION, GateEffect.REQUIRE_PRACTICE),
            Gate("c", parse_expression("odd == 'b'"), block),
            Gate("D", CONDITION, GateEffect.REQUIRE_PRACTICE, practice="Not a slug"),
        ),
        completeness_threshold=Fraction(2),
    )
    early_place = "sections[0].questions[1].visible_when"
    assert [str(problem) for problem in instrument_problems(instrument)] == [
        "code: `Bad Code` is not a code",
        "completeness_threshold: the completeness threshold is not in 0..1",
        "sections[1].code: the code `one` is used more than once",
        "sections[1].questions[1].code: the code `split` is used more than once",
        "gates[1].code: the code `a` is used more than once",
        f"{early_place}: `late` is not an earlier question",
        f"{early_place}: `early` is not an earlier question",
        "gates[0].practice: named exactly when the effect is require_practice",
        "gates[1].practice: named exactly when the effect is require_practice",
        "gates[2].when: `odd` is not a question",
        "gates[3].code: not a snake_case code",
        "gates[3].practice: `Not a slug` is not a slug",
    ]


def test_section_code_is_snake_case():
    instrument = Instrument("example", "1", (Section("One!", ()),))
    with pytest.raises(InstrumentError, match="code: not a snake_case code"):
        require_valid(instrument)
