from fractions import Fraction
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from projects.scoring import (
    Answer,
    AnswerSheet,
    Choice,
    Instrument,
    Question,
    QuestionKind,
    Section,
)
from projects.scoring.lint.points import MAX_POINTS, point_findings
from projects.scoring.scales import AdditiveRules, Adjustment, PointBand, PointScale
from projects.scoring.score import score
from projects.scoring.tiers import RiskTier

SCALES = (PointScale("risk"), PointScale("care", credit=True))
CAREFUL = Adjustment("careful", "care", Fraction(4, 5), Fraction(17, 20))
BANDS = (
    PointBand("one", Fraction(1, 4), RiskTier.LOW),
    PointBand("two", Fraction(3, 4), RiskTier.HIGH),
    PointBand("three", Fraction(1), RiskTier.CRITICAL),
)


def asked(code, *points, scale="risk", **more):
    choices = tuple(
        Choice(f"c{index}", Fraction(), points=each)
        for index, each in enumerate(points)
    )
    kind = more.pop("kind", QuestionKind.SINGLE)
    return Question(code, kind, choices=choices, scale=scale, **more)


def instrument_of(*questions, adjustments=(), scales=SCALES):
    rules = AdditiveRules(scales, "risk", adjustments, BANDS)
    return Instrument("example", "1", (Section("only", questions),), rules=rules)


def found(*questions, **more):
    instrument = instrument_of(*questions, **more)
    return [
        (one.code, one.place) for one in point_findings(instrument, instrument.rules)
    ]


CARE = asked("care", 0, 1, scale="care")


def test_sound_questionnaire_has_no_findings():
    questions = [asked("a", 0, 1, 2), asked("b", 0, 1, 2), CARE]
    assert found(*questions, adjustments=(CAREFUL,)) == []


def test_scale_that_counts_for_nothing_is_told():
    assert ("idle_scale", "scales[1]") in found(asked("a", 0, 1, 2, 4))


def test_question_with_the_same_points_is_flat():
    place = "sections[0].questions[1].choices"
    assert ("flat_points", place) in found(asked("a", 0, 1, 2, 4), asked("b", 1, 1))
    ticked = asked("b", 1, 1, kind=QuestionKind.MULTIPLE)
    assert ("flat_points", place) not in found(asked("a", 0, 1, 2, 4), ticked)


def test_band_between_the_sums_is_told():
    assert ("unreachable_band", "bands[1]") in found(asked("a", 0, 4))


def test_question_too_light_is_idle():
    light = ("idle_weight", "sections[0].questions[1].scale")
    assert light in found(asked("a", 0, 100), asked("b", 0, 1))


def test_too_many_points_are_not_checked():
    heavy = asked("a", 0, MAX_POINTS + 1)
    assert ("not_checked", "bands") in found(heavy)


points = st.lists(st.integers(0, 6), min_size=2, max_size=3)
KINDS = st.sampled_from([QuestionKind.SINGLE, QuestionKind.MULTIPLE])


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_what_answers_lead_to_is_never_called_out_of_reach(data):
    scales = ["risk", "risk", "care"]
    questions = [
        asked(
            f"q{index}",
            *data.draw(points),
            scale=scale,
            kind=data.draw(KINDS),
            allow_not_applicable=data.draw(st.booleans()),
        )
        for index, scale in enumerate(scales)
    ]
    instrument = instrument_of(*questions, adjustments=(CAREFUL,))
    if not any(q.most_points for q in questions if q.scale == "risk"):
        return
    sheets = list(product(*map(answers, questions)))
    bands, tiers = set(), {}
    for sheet in sheets:
        codes = [question.code for question in questions]
        given = AnswerSheet(dict(zip(codes, sheet, strict=True)))
        band = score(instrument, given, {}).points.band
        if band is not None:
            bands.add(band.code)
            tiers[sheet] = band.tier
    for one in point_findings(instrument, instrument.rules):
        if one.code == "unreachable_band":
            assert one.params["name"] not in bands
        if one.code == "idle_weight":
            assert not moves(tiers, int(one.place.split("[")[2].split("]")[0]))


def answers(question):
    codes = [choice.code for choice in question.choices]
    given = [(code,) for code in codes] + [tuple(codes)]
    if question.kind is QuestionKind.SINGLE:
        given = codes
    left_out = [Answer.not_applicable("none")] * question.allow_not_applicable
    return [*map(Answer.answered, given), *left_out]


def moves(tiers, index):
    seen = {}
    for sheet, tier in tiers.items():
        others = sheet[:index] + sheet[index + 1 :]
        if seen.setdefault(others, tier) is not tier:
            return True
    return False
