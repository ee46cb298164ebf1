"""Whether the rules of an additive instrument make sense."""

import re
from collections.abc import Iterator
from itertools import pairwise

from projects.scoring.instrument import Instrument, Problem, Question, QuestionKind
from projects.scoring.scales import AdditiveRules

SNAKE = re.compile(r"[a-z][a-z0-9_]*")
MOST_POINTS = 1_000
MOST_ALTERNATIVES = 20


def rules_problems(instrument: Instrument, rules: AdditiveRules) -> Iterator[Problem]:
    """Find what is wrong with scales, total, adjustments and bands."""
    coded = {
        "scales": [scale.code for scale in rules.scales],
        "adjustments": [adjustment.code for adjustment in rules.adjustments],
        "bands": [band.code for band in rules.bands],
    }
    for key, codes in coded.items():
        for index, code in enumerate(codes):
            place = f"{key}[{index}].code"
            if not SNAKE.fullmatch(code):
                yield Problem("bad_code", place)
            if code in codes[:index]:
                yield Problem("duplicate_code", place, {"name": code})
    yield from _scale_problems(rules)
    yield from _adjustment_problems(rules)
    yield from _band_problems(rules)
    most = sum(q.most_points for q in instrument.questions if q.scale == rules.total)
    if rules.scale(rules.total) is not None and not most:
        yield Problem("no_points", "total")


def points_problems(question: Question, rules: AdditiveRules) -> Iterator[Problem]:
    """Find what is wrong with one question; places are read from it."""
    if question.scale and rules.scale(question.scale) is None:
        yield Problem("unknown_scale", "scale", {"name": question.scale})
    if question.kind in (QuestionKind.SINGLE, QuestionKind.MULTIPLE):
        if len(question.choices) < 2 and question.kind is QuestionKind.SINGLE:
            yield Problem("too_few_choices", "choices")
        for index, choice in enumerate(question.choices):
            if not 0 <= choice.points <= MOST_POINTS:
                params = {"most": MOST_POINTS}
                yield Problem("bad_points", f"choices[{index}].points", params)


def _scale_problems(rules: AdditiveRules) -> Iterator[Problem]:
    if rules.scale(rules.total) is None:
        yield Problem("unknown_scale", "total", {"name": rules.total})
    for index, scale in enumerate(rules.scales):
        if not 1 <= scale.alternatives <= MOST_ALTERNATIVES:
            params = {"most": MOST_ALTERNATIVES}
            yield Problem("bad_alternatives", f"scales[{index}].alternatives", params)


def _adjustment_problems(rules: AdditiveRules) -> Iterator[Problem]:
    for index, each in enumerate(rules.adjustments):
        place = f"adjustments[{index}]"
        if rules.scale(each.scale) is None:
            yield Problem("unknown_scale", f"{place}.scale", {"name": each.scale})
        if each.scale == rules.total:
            # Else more points could lower the total, and no bound would be sure.
            yield Problem("adjusts_itself", f"{place}.scale")
        for key, share in (("at_least", each.at_least), ("factor", each.factor)):
            if not 0 < share <= 1:
                yield Problem("bad_share", f"{place}.{key}")


def _band_problems(rules: AdditiveRules) -> Iterator[Problem]:
    ends = [band.up_to for band in rules.bands]
    if not ends or ends[-1] != 1:
        yield Problem("bands_open", "bands")
    if any(not 0 < end <= 1 for end in ends):
        yield Problem("bad_share", "bands")
    if any(left >= right for left, right in pairwise(ends)):
        yield Problem("unsorted_bands", "bands")
    ranks = [band.tier.rank for band in rules.bands]
    if any(left > right for left, right in pairwise(ranks)):
        yield Problem("falling_tiers", "bands")
