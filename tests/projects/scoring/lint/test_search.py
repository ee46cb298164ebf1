from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from projects.scoring import (
    Answer,
    AnswerSheet,
    Instrument,
    Question,
    QuestionKind,
    Section,
    Truth,
    parse_expression,
    resolve,
)
from projects.scoring.lint.domains import TooMany
from projects.scoring.lint.search import Baseless, Purse, World
from tests.projects.scoring.examples import CODES, a_choice_question

YES, NO = Truth.YES, Truth.NO


def instrument_of(*questions):
    return Instrument("example", "1", (Section("only", questions),))


def world_of(*questions, broken=()):
    return World.of(instrument_of(*questions), frozenset(broken))


def single(code, when=None, **more):
    return a_choice_question(code, when=when, **more)


def test_outcomes_follow_what_is_shown():
    world = world_of(single("a"), single("b", "a == 'best'"))
    condition = parse_expression("b == 'half' and a == 'worst'")
    assert world.outcomes(condition) == {NO}
    assert world.outcomes_alone(condition) == {NO, YES}


def test_not_applicable_is_no_answer():
    condition = parse_expression("a in ['best', 'half', 'worst']")
    assert world_of(single("a")).outcomes(condition) == {YES}
    optional = world_of(single("a", allow_not_applicable=True))
    assert optional.outcomes(condition) == {YES, NO}


def test_broken_questions_are_no_base():
    place = "sections[0].questions[0]"
    questions = single("a"), single("b", "a == 'best'")
    for broken in (place, f"{place}.visible_when"):
        world = world_of(*questions, broken=[broken])
        with pytest.raises(Baseless):
            world.outcomes(parse_expression("b == 'half'"))


def test_circle_ends_all_the_same():
    world = world_of(single("a", "b == 'best'"), single("b", "a == 'best'"))
    assert world.outcomes(parse_expression("a == 'best'")) <= {YES, NO}


def test_work_is_bounded():
    questions = [single(f"q{n}") for n in range(25)]
    source = " and ".join(f"(q{n} == 'best' or q{n} == 'half')" for n in range(24))
    hard = parse_expression(f"{source} and q24 == 'best' and q24 == 'half'")
    world = world_of(*questions)
    with pytest.raises(TooMany):
        world.outcomes(hard)
    poor = World(world.questions, world.order, Purse(10))
    with pytest.raises(TooMany):
        poor.outcomes(hard)
    chain = [
        single("q0"),
        *(single(f"q{n}", f"q{n - 1} == 'best'") for n in range(1, 40)),
    ]
    with pytest.raises(TooMany):
        world_of(*chain).outcomes(parse_expression("q39 == 'best'"))


@st.composite
def conditions(draw, names, depth=2):
    if depth == 0 or draw(st.booleans()):
        name, code = draw(st.sampled_from(names)), draw(st.sampled_from(CODES))
        return draw(
            st.sampled_from(
                [f"{name} == '{code}'", f"{name} != '{code}'", f"answered({name})"]
            )
        )
    left, right = (draw(conditions(names, depth - 1)) for _ in range(2))
    return draw(
        st.sampled_from(
            [f"({left} and {right})", f"({left} or {right})", f"not ({left})"]
        )
    )


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_outcomes_are_those_of_every_complete_sheet(data):
    questions = [single("a", allow_not_applicable=data.draw(st.booleans()))]
    for code, names in (("b", "a"), ("c", "ab"), ("d", "abc")):
        when = data.draw(st.none() | conditions(list(names)))
        questions.append(single(code, when))
    probe = parse_expression(data.draw(conditions(list("abcd"))))
    instrument = instrument_of(
        *questions, Question("probe", QuestionKind.TEXT, visible_when=probe)
    )
    answers = [Answer.answered(code) for code in CODES]
    options = [
        [*answers, Answer.not_applicable("none")] if q.allow_not_applicable else answers
        for q in questions
    ]
    reached = {
        resolve(instrument, AnswerSheet(dict(zip("abcd", sheet, strict=True))))
        .standings[-1]
        .visible
        for sheet in product(*options)
    }
    assert world_of(*questions).outcomes(probe) == reached
