"""Random valid instruments, sheets and completions for the scoring properties."""

from fractions import Fraction
from itertools import chain, combinations, product
from math import prod

from hypothesis import strategies as st

from projects.scoring import (
    IMPACT,
    Answer,
    AnswerSheet,
    Choice,
    Combine,
    Dimension,
    Floor,
    Instrument,
    Question,
    QuestionKind,
    Section,
    parse_expression,
    require_valid,
)
from projects.scoring.signals import signal_of

CAUSES = {
    "alpha": "alpha",
    "alpha-one": "alpha",
    "alpha-two": "alpha",
    "beta": "beta",
    "beta-one": "beta",
}
KINDS = ("single", "single", "single", "multiple", "scale", "number", "text", "date")
SIGNALS = st.integers(0, 20).map(lambda n: Fraction(n * 5, 100))
DATES = ("2024-02-29", "2025-01-01", "2026-06-30")


@st.composite
def instruments(draw, *, max_questions=5, branches=True, kinds=KINDS):
    questions = []
    for index in range(draw(st.integers(1, max_questions))):
        condition = None
        if branches and questions and draw(st.booleans()):
            condition = parse_expression(draw(conditions(questions)))
        questions.append(draw(a_question(f"q{index}", condition, kinds)))
    return require_valid(
        Instrument("random", "1", (Section("only", tuple(questions)),))
    )


@st.composite
def a_question(draw, code, condition, kinds):
    kind = QuestionKind(draw(st.sampled_from(kinds)))
    scored = kind not in (QuestionKind.TEXT, QuestionKind.DATE)
    is_impact = draw(st.integers(0, 3)) == 0
    weights = draw(st.just(((IMPACT, 3),)) if is_impact else a_weighting())
    common = {
        "code": code,
        "kind": kind,
        "dimension": Dimension.IMPACT if is_impact else Dimension.LIKELIHOOD,
        "weights": weights if scored else (),
        "visible_when": condition,
        "unknown_signal": draw(SIGNALS),
        "allow_not_applicable": draw(st.integers(0, 3)) == 0,
    }
    match kind:
        case QuestionKind.SINGLE | QuestionKind.MULTIPLE:
            combine = draw(st.sampled_from(Combine))
            choices = draw(some_choices(weights))
            return Question(**common, choices=choices, combine=combine)
        case QuestionKind.SCALE:
            signals = draw(st.lists(SIGNALS, min_size=5, max_size=5))
            return Question(**common, signals=tuple(signals))
        case QuestionKind.NUMBER:
            return Question(**common, **draw(a_curve()))
        case _:
            return Question(**common)


def a_weighting():
    weights = st.dictionaries(
        st.sampled_from(sorted(CAUSES)), st.integers(1, 10), min_size=1, max_size=3
    )
    return weights.map(lambda chosen: tuple(sorted(chosen.items())))


@st.composite
def some_choices(draw, weights):
    signals = draw(st.lists(SIGNALS, min_size=2, max_size=3))
    floored_from = draw(st.none() | st.sampled_from(signals))
    cause = draw(st.sampled_from(weights))[0]
    score = draw(st.integers(0, 50))
    return tuple(
        Choice(
            f"c{index}",
            signal,
            Floor(cause, score + int(signal * 50))
            if floored_from is not None and signal >= floored_from > min(signals)
            else None,
        )
        for index, signal in enumerate(signals)
    )


@st.composite
def a_curve(draw):
    numbers = sorted(draw(st.sets(st.integers(-5, 9), min_size=2, max_size=4)))
    points = tuple((Fraction(n), draw(SIGNALS)) for n in numbers)
    minimum = draw(st.none() | st.just(Fraction(numbers[0] * 2 - 1, 2)))
    maximum = draw(st.none() | st.just(Fraction(numbers[-1] * 2 - 1, 2)))
    return {"breakpoints": points, "minimum": minimum, "maximum": maximum}


@st.composite
def conditions(draw, questions):
    leaf = st.sampled_from(questions).flatmap(leaves)
    tree = st.recursive(
        leaf,
        lambda inner: st.one_of(
            inner.map(lambda each: f"not ({each})"),
            st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(
                lambda parts: "({}) {} ({})".format(*parts)
            ),
        ),
        max_leaves=3,
    )
    return draw(tree)


def leaves(question):
    code = question.code
    options = [st.just(f"answered({code})")]
    match question.kind:
        case QuestionKind.SINGLE:
            chosen = st.sampled_from([c.code for c in question.choices])
            options += [
                chosen.map(lambda c: f"{code} == '{c}'"),
                chosen.map(lambda c: f"{code} != '{c}'"),
                chosen.map(lambda c: f"{code} in ['{c}', 'c0']"),
                chosen.map(lambda c: f"{code} not in ['{c}']"),
            ]
        case QuestionKind.MULTIPLE:
            chosen = st.sampled_from([c.code for c in question.choices])
            options += [
                chosen.map(lambda c: f"'{c}' in {code}"),
                chosen.map(lambda c: f"'{c}' not in {code}"),
            ]
        case QuestionKind.SCALE | QuestionKind.NUMBER:
            signs = st.sampled_from(["==", "!=", "<", "<=", ">", ">="])
            options.append(signs.map(lambda sign: f"{code} {sign} 3"))
        case QuestionKind.DATE:
            options.append(st.just(f"'2025-01-01' <= {code}"))
    return st.one_of(options)


def values(question):
    """All values of a question that can matter to a bound or a condition."""
    codes = [choice.code for choice in question.choices]
    if question.kind is QuestionKind.MULTIPLE:
        sizes = range(1, len(codes) + 1)
        return list(chain.from_iterable(combinations(codes, n) for n in sizes))
    if question.kind is QuestionKind.NUMBER:
        return numbers(question)
    fixed = {
        QuestionKind.SINGLE: codes,
        QuestionKind.SCALE: [1, 2, 3, 4, 5],
        QuestionKind.DATE: list(DATES),
        QuestionKind.TEXT: ["no biometric data is used"],
    }
    return fixed[question.kind]


def numbers(question):
    limits = [question.minimum, question.maximum]
    bends = [number for number, _ in question.breakpoints]
    low = bends[0] if question.minimum is None else question.minimum
    high = bends[-1] if question.maximum is None else question.maximum
    inside = {n for n in [*limits, *bends, Fraction(3)] if n is not None}
    halves = [n for n in sorted(inside) if low <= n <= high]
    return [str(n) if n.denominator == 1 else str(float(n)) for n in halves]


def definite_answers(question):
    answers = [Answer.answered(value) for value in values(question)]
    if question.allow_not_applicable:
        answers.append(Answer.not_applicable("does not arise"))
    return answers


def answers_to(question):
    settled = st.sampled_from(definite_answers(question))
    return st.one_of(settled, settled, st.just(Answer.unknown()), st.just(None))


@st.composite
def sheets(draw, instrument):
    given = {q.code: draw(answers_to(q)) for q in instrument.questions}
    return AnswerSheet({code: a for code, a in given.items() if a is not None})


@st.composite
def cases(draw, **options):
    instrument = draw(instruments(**options))
    return instrument, draw(sheets(instrument))


def open_questions(instrument, sheet):
    return [q for q in instrument.questions if sheet[q.code].is_open]


def completion_count(instrument, sheet):
    still_open = open_questions(instrument, sheet)
    return prod(len(definite_answers(question)) for question in still_open)


def completions(instrument, sheet):
    """Every sheet in which each open question got a definite answer."""
    still_open = open_questions(instrument, sheet)
    for answers in product(*map(definite_answers, still_open)):
        codes = [question.code for question in still_open]
        yield AnswerSheet({**sheet.answers, **dict(zip(codes, answers, strict=True))})


def stronger_pairs(question):
    """Pairs of values of which the second swaps one choice for a stronger one."""
    if question.kind is QuestionKind.MULTIPLE:
        return [
            (one, tuple(sorted({*one, strong.code} - {weak.code})))
            for one in values(question)
            for weak, strong in stronger_choices(question)
            if weak.code in one and strong.code not in one
        ]
    if not question.weights:
        return []
    known = [(signal_of(question, value), value) for value in values(question)]
    return [(a, b) for low, a in known for high, b in known if low < high]


def stronger_choices(question):
    return [
        (weak, strong)
        for weak in question.choices
        for strong in question.choices
        if weak.signal < strong.signal
    ]


def intervals(risk):
    """Every interval of a result by its slug."""
    found = {cause.slug: cause.interval for cause in risk.causes}
    return {**found, "(impact)": risk.impact.interval, "(overall)": risk.overall}
