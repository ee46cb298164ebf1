"""Small instruments, sheets and documents that can be followed on paper."""

from copy import deepcopy
from fractions import Fraction

from projects.scoring import (
    IMPACT,
    Answer,
    AnswerSheet,
    Choice,
    Dimension,
    Floor,
    Instrument,
    Question,
    QuestionKind,
    Section,
    parse_expression,
    require_valid,
)

CODES = ("best", "half", "worst")


def a_choice_question(
    code,
    weights=None,
    signals=(0, 50, 100),
    codes=CODES,
    floor=None,
    when=None,
    **more,
):
    """A single-choice question; the floor (cause, score) falls on the last choice."""
    choices = [
        Choice(choice, Fraction(signal, 100))
        for choice, signal in zip(codes, signals, strict=True)
    ]
    if floor:
        choices[-1] = Choice(choices[-1].code, choices[-1].signal, Floor(*floor))
    return Question(
        code,
        more.pop("kind", QuestionKind.SINGLE),
        weights=tuple((weights or {"alpha": 5}).items()),
        choices=tuple(choices),
        visible_when=parse_expression(when) if when else None,
        **more,
    )


def an_impact_question(code, weight=6, **more):
    return a_choice_question(
        code, weights={IMPACT: weight}, dimension=Dimension.IMPACT, **more
    )


def a_number_question(code="rows", points=((0, 100), (50, 50), (100, 0)), **more):
    return Question(
        code,
        QuestionKind.NUMBER,
        weights=more.pop("weights", (("alpha", 5),)),
        breakpoints=tuple((Fraction(n), Fraction(s, 100)) for n, s in points),
        **more,
    )


def a_scale_question(code="trust", signals=(100, 75, 50, 25, 0), **more):
    return Question(
        code,
        QuestionKind.SCALE,
        weights=(("alpha", 5),),
        signals=tuple(Fraction(signal, 100) for signal in signals),
        **more,
    )


def an_instrument(*questions, gates=()):
    sections = (Section("only", questions),)
    return require_valid(Instrument("example", "1", sections, gates))


def answered(**given):
    return AnswerSheet({code: Answer.answered(value) for code, value in given.items()})


def a_large_instrument(count):
    """Many questions with branches on every fifth, and half of them answered."""
    slugs = ("alpha-one", "alpha-two", "beta-one")
    questions = [
        a_choice_question(
            f"q{index}",
            weights=dict.fromkeys(slugs, 1 + index % 9),
            when=f"q{index - 1} != 'best' or answered(q0)" if index % 5 == 4 else None,
        )
        for index in range(count)
    ]
    sheet = answered(**{f"q{index}": CODES[index % 3] for index in range(0, count, 2)})
    return an_instrument(*questions), sheet


def words(text="Text"):
    return {"en": text, "ru": text, "zh-hans": text}


def a_document():
    """A questionnaire that uses every part of the format."""
    return deepcopy(DOCUMENT)


def asked(code, kind, **more):
    texts = {"text": words(), "help": words(), "why": words()}
    return {"code": code, "kind": kind, **texts, **more}


def offered(code, signal, **more):
    return {"code": code, "text": words(), "signal": signal, **more}


DOCUMENT = {
    "code": "ml-project-risk",
    "version": 1,
    "title": words(),
    "description": words(),
    "minutes": 10,
    "method": "weighted",
    "completeness_threshold": 0.80,
    "sections": [
        {
            "code": "problem",
            "title": words(),
            "description": words(),
            "minutes": 3,
            "questions": [
                asked(
                    "split",
                    "single",
                    sources={"seeds": ["S0.17"], "literature": ["folkman2019"]},
                    weights={"alpha": 8, "alpha-one": 3},
                    choices=[
                        offered("by_time", 0.00),
                        offered("random", 0.55),
                        offered("none", 1.00, floor={"cause": "alpha", "score": 75}),
                    ],
                    unknown_signal=0.70,
                ),
                asked(
                    "sources_used",
                    "multiple",
                    weights={"beta": 4},
                    combine="sum",
                    choices=[offered("web", 0.60), offered("own", 0.10)],
                    visible_when="split != 'none'",
                ),
                asked(
                    "trust",
                    "scale",
                    weights={"alpha-one": 2},
                    signals=[1.00, 0.75, 0.50, 0.25, 0.00],
                    low_label=words(),
                    high_label=words(),
                    allow_not_applicable=True,
                ),
                asked(
                    "rows",
                    "number",
                    weights={"beta": 3},
                    unit=words(),
                    minimum=0,
                    maximum=100,
                    breakpoints=[[0, 1.00], [50, 0.50], [100, 0.00]],
                ),
                asked("due", "date", allow_unknown=False),
                asked("remarks", "text", allow_unknown=False),
            ],
        },
        {
            "code": "stakes",
            "title": words(),
            "description": words(),
            "minutes": 2,
            "questions": [
                asked(
                    "people",
                    "single",
                    dimension="impact",
                    weight=6,
                    choices=[offered("few", 0.00), offered("many", 1.00)],
                ),
            ],
        },
    ],
    "gates": [
        {
            "code": "no_split",
            "when": "split == 'none'",
            "effect": "require_practice",
            "practice": "split-first",
            "message": words(),
        },
        {
            "code": "too_many",
            "when": "people == 'many' and rows < 10",
            "effect": "block",
            "message": words(),
        },
    ],
}
