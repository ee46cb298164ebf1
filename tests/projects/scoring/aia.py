"""Canada's Algorithmic Impact Assessment, and its published rules written once more.

Nothing here uses the product: conditions, points and levels are worked out straight
from the survey's JSON, so that both can be compared. The survey is not part of the
product; without it the tests that need it are skipped.
"""

import json
import math
import os
import re
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
BESIDE = ROOT.parent / "shared/peers/aia/survey-enfr.json"
SCORED = ("radiogroup", "checkbox", "dropdown")
LEAF = re.compile(r'\{([^}]+)\}\s*(=|contains)\s*(\[[^\]]*\]|"[^"]*")')
GROUP = re.compile(r"\(([^()]*)\)")


def survey_text():
    """Return the survey as it was published, or skip."""
    named = os.environ.get("RISKBASE_AIA")
    for path in (BESIDE, Path(named) if named else BESIDE):
        if path.exists():
            return path.read_text()
    pytest.skip(
        "the survey is not here: put its path into the environment as RISKBASE_AIA"
    )


def holds(condition, answers):
    """Evaluate a `visibleIf` of this survey: `=`, `contains`, and, or, parentheses."""
    text = LEAF.sub(lambda leaf: _leaf(leaf, answers), condition)
    while GROUP.search(text):
        text = GROUP.sub(lambda group: _flat(group[1]), text)
    return _flat(text) == "T"


def _leaf(leaf, answers):
    given, wanted = answers.get(leaf[1]), json.loads(leaf[3])
    if given is None:
        return "F"
    if leaf[2] == "=":
        return "FT"[given == wanted]
    wanted = wanted if isinstance(wanted, list) else [wanted]
    # Of a list the members are compared, of a text its parts.
    return "FT"[all(each in given for each in wanted)]


def _flat(text):
    parts = [part.split(" and ") for part in text.split(" or ")]
    words = [[word.strip() for word in part] for part in parts]
    assert all(word in ("T", "F") for part in words for word in part), text
    return "FT"[any(all(word == "T" for word in part) for part in words)]


def walk(survey):
    """Yield each question with its panel and the conditions around it, in order."""
    for page in survey["pages"]:
        yield from _inside(page, "", [page.get("visibleIf")])


def _inside(holder, panel, conditions):
    for element in holder["elements"]:
        around = [*conditions, element.get("visibleIf")]
        if element["type"] == "panel":
            yield from _inside(element, element["name"], around)
        elif element["type"] != "html":
            yield element, panel, [each for each in around if each]


@dataclass
class Sheet:
    """A complete sheet: everything that is shown has an answer."""

    answers: dict = field(default_factory=dict)
    shown: set = field(default_factory=set)


def filled(survey, random, lean):
    """Fill in the survey; `lean` maps RS and MS to -1 (few points) up to 1 (many)."""
    sheet = Sheet()
    for element, panel, conditions in walk(survey):
        if all(holds(each, sheet.answers) for each in conditions):
            sheet.shown.add(element["name"])
            leaning = lean.get(kind_of(element, panel), 0)
            sheet.answers[element["name"]] = _answer(element, random, leaning)
    return sheet


def _answer(element, random, leaning):
    values = [choice["value"] for choice in element.get("choices", [])]
    if not values:
        return "Words."
    if random.random() < abs(leaning):
        values.sort(key=points_in, reverse=leaning > 0)
        if element["type"] == "checkbox":
            return values if leaning > 0 else values[:1]
        return values[0]
    if element["type"] == "checkbox":
        return random.sample(values, random.randint(1, len(values)))
    return random.choice(values)


def kind_of(element, panel):
    """Return RS, MS or nothing."""
    if element["type"] not in SCORED:
        return ""
    for name in (element["name"], panel):
        for suffix in ("RS", "MS", "NS"):
            if name.endswith(f"-{suffix}"):
                return suffix.replace("NS", "")
    return ""


def points_in(value):
    tail = value.split("-")[-1]
    return int(tail) if "-" in value and tail.isdecimal() else 0


@dataclass(frozen=True)
class Outcome:
    raw: int
    mitigation: int
    total: int
    level: int
    is_lowered: bool


def outcome_of(survey, sheet):
    """Return what the published rules say of a sheet."""
    sums, most = {"RS": 0, "MS": 0}, {"RS": 0, "MS": 0}
    for element, panel, _ in walk(survey):
        kind = kind_of(element, panel)
        if not kind:
            continue
        points = [points_in(choice["value"]) for choice in element["choices"]]
        is_sum = element["type"] == "checkbox"
        most[kind] += sum(points) if is_sum else max(points)
        given = sheet.answers.get(element["name"], [])
        ticked = given if isinstance(given, list) else [given]
        sums[kind] += sum(map(points_in, ticked))
    raw, mitigation = sums["RS"], sums["MS"]
    is_lowered = mitigation >= Fraction(80, 100) * most["MS"] / 2
    lowered = math.floor(Fraction(85, 100) * raw + Fraction(1, 2))
    total = lowered if is_lowered else raw
    level = next(n for n in (1, 2, 3, 4) if total * 4 <= n * most["RS"])
    return Outcome(raw, mitigation, total, level, is_lowered)
