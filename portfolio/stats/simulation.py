"""An invented portfolio whose true rates are known: see docs/demo.md."""

import datetime as dt
import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from projects.scoring import IMPACT, Question, QuestionKind

SEED = 20260101
YEARS = 3
BASE_FAILURE = 0.10
SURVIVES_CAUSE = 0.45
"""Chance that a project with a further cause still does not fail."""
CLOSES_OUT = 0.92
IS_ASSESSED = 0.94
IS_CODED = 0.88
SAYS_UNKNOWN = 0.07

CAUSE_RATES: Mapping[str, float] = {
    "unclear-problem": 0.18,
    "data-cost": 0.14,
    "shortcut-learning": 0.07,
    "leakage": 0.11,
    "non-generalization": 0.15,
    "evaluation-drift": 0.12,
    "deployment": 0.14,
    "organization-team": 0.12,
    "robustness-security": 0.05,
}
"""True chance that a cause is present in a project."""


@dataclass(frozen=True)
class Place:
    """A unit: its sector, how exposed it is, and what its projects are about."""

    name: str
    sector: str
    exposure: float
    subjects: tuple[str, ...]
    works: tuple[tuple[str, str, str], ...]
    """Noun, task, modality."""


PLACES = (
    Place(
        "Customer service",
        "retail",
        1.0,
        ("Complaint", "Call", "Refund", "Chat", "Warranty", "Returns"),
        (
            ("triage", "classification", "text"),
            ("volume forecast", "forecasting", "time_series"),
            ("routing", "ranking", "text"),
            ("answer drafting", "generation", "text"),
            ("sentiment monitor", "classification", "audio"),
        ),
    ),
    Place(
        "Credit and fraud",
        "finance",
        1.25,
        ("Card", "Loan", "Mortgage", "Invoice", "Transfer", "Merchant"),
        (
            ("fraud detection", "anomaly", "tabular"),
            ("default scoring", "classification", "tabular"),
            ("limit setting", "regression", "tabular"),
            ("document reading", "recognition", "image"),
            ("early warning", "forecasting", "time_series"),
        ),
    ),
    Place(
        "Factories",
        "industry",
        0.8,
        ("Press line", "Paint shop", "Weld seam", "Bearing", "Conveyor", "Furnace"),
        (
            ("defect detection", "detection", "image"),
            ("failure forecast", "forecasting", "sensor"),
            ("energy control", "control", "sensor"),
            ("yield prediction", "regression", "tabular"),
            ("anomaly watch", "anomaly", "time_series"),
        ),
    ),
    Place(
        "Patient care",
        "healthcare",
        1.45,
        ("Sepsis", "Ward", "Imaging", "Discharge", "Pharmacy", "Triage"),
        (
            ("risk score", "classification", "tabular"),
            ("demand forecast", "forecasting", "time_series"),
            ("report summary", "generation", "text"),
            ("image reading", "recognition", "image"),
            ("bed planning", "control", "tabular"),
        ),
    ),
)
INTRODUCED = {
    "unclear-problem": ("problem_framing",),
    "data-cost": ("data_acquisition", "data_preparation"),
    "shortcut-learning": ("feature_engineering", "training"),
    "leakage": ("data_preparation", "feature_engineering"),
    "non-generalization": ("data_acquisition", "training"),
    "evaluation-drift": ("evaluation",),
    "deployment": ("deployment",),
    "organization-team": ("problem_framing", "organization"),
    "robustness-security": ("training", "operation"),
}
DETECTED = ("evaluation", "deployment", "operation")


@dataclass(frozen=True)
class Invented:
    """A project as it truly was; what is recorded of it may be less."""

    number: int
    place: int
    name: str
    task: str
    modality: str
    sourcing: str
    stakes: float
    causes: tuple[str, ...]
    outcome: str
    started_on: dt.date
    due_on: dt.date
    ended_on: dt.date
    closes_out: bool
    is_assessed: bool
    is_coded: bool
    stage_introduced: str
    stage_detected: str
    introduced_on: dt.date
    cost_minor: int | None
    own_estimate: int | None

    @property
    def failed(self) -> bool:
        return self.outcome in {"failed", "abandoned", "degraded"}

    def is_recorded(self, today: dt.date) -> bool:
        """Whether an outcome was recorded by `today`."""
        return self.closes_out and self.ended_on <= today


def failure_chance(causes: int) -> float:
    """Return the true chance to fail with this many causes present."""
    return 1 - (1 - BASE_FAILURE) * SURVIVES_CAUSE**causes


def cause_rate(cause: str, place: Place) -> float:
    """Return the true chance of a cause in a unit."""
    return min(0.6, CAUSE_RATES[cause] * place.exposure)


def true_failure_rate(place: Place) -> float:
    """Return the true failure rate of a unit's projects."""
    survives = 1 - BASE_FAILURE
    for cause in CAUSE_RATES:
        survives *= 1 - cause_rate(cause, place) * (1 - SURVIVES_CAUSE)
    return 1 - survives


def invent(today: dt.date, seed: int = SEED) -> list[Invented]:
    """Return 120 projects of the three years before `today`, 30 in each unit."""
    draw = random.Random(seed)  # noqa: S311 - invented data, no secret
    projects: list[Invented] = []
    for at, place in enumerate(PLACES):
        for subject, work in product(place.subjects, place.works):
            number = len(projects) + 1
            projects.append(_project(draw, today, (number, at), (subject, work)))
    return projects


def _project(
    draw: random.Random,
    today: dt.date,
    key: tuple[int, int],
    about: tuple[str, tuple[str, str, str]],
) -> Invented:
    number, at = key
    subject, (noun, task, modality) = about
    place = PLACES[at]
    causes = tuple(c for c in CAUSE_RATES if draw.random() < cause_rate(c, place))
    started = today - dt.timedelta(days=draw.randrange(30, YEARS * 365))
    due = started + dt.timedelta(days=draw.randrange(120, 420))
    ended = due + dt.timedelta(days=draw.randrange(-60, 60))
    lasted = (ended - started).days
    main = causes[0] if causes else "organization-team"
    return Invented(
        number=number,
        place=at,
        name=f"{subject} {noun}",
        task=task,
        modality=modality,
        sourcing=draw.choice(("build", "build", "buy", "adapt")),
        stakes=draw.betavariate(1.6, 2.2),
        causes=causes,
        outcome=_outcome(draw, len(causes)),
        started_on=started,
        due_on=due,
        ended_on=ended,
        closes_out=draw.random() < CLOSES_OUT,
        is_assessed=draw.random() < IS_ASSESSED,
        is_coded=draw.random() < IS_CODED,
        stage_introduced=draw.choice(INTRODUCED[main]),
        stage_detected=draw.choices(DETECTED, (3, 2, 4))[0],
        introduced_on=started + dt.timedelta(days=draw.randrange(10, lasted - 20)),
        cost_minor=_cost(draw),
        own_estimate=_estimate(draw, len(causes)),
    )


def _outcome(draw: random.Random, causes: int) -> str:
    if draw.random() < failure_chance(causes):
        return draw.choices(("failed", "abandoned", "degraded"), (45, 35, 20))[0]
    return "near_miss" if causes and draw.random() < 0.35 else "success"


def _cost(draw: random.Random) -> int | None:
    amount = int(draw.lognormvariate(11.5, 0.8)) * 100
    return amount if draw.random() < 0.65 else None


def _estimate(draw: random.Random, causes: int) -> int | None:
    guess = 100 * failure_chance(causes) * 0.6 + draw.gauss(0, 12)
    return round(min(95, max(5, guess))) if draw.random() < 0.7 else None


def answers_of(
    project: Invented, questions: Iterable[Question], top_of: Mapping[str, str]
) -> dict[str, object]:
    """Return what the team answered: an honest but noisy view of the truth.

    None stands for "unknown". Questions about a cause that is present tend to the
    warning end, the others to the protecting one.
    """
    draw = random.Random(SEED + project.number)  # noqa: S311 - invented data
    found: dict[str, object] = {}
    for question in questions:
        if question.kind in {QuestionKind.TEXT, QuestionKind.DATE}:
            continue
        if question.allow_unknown and draw.random() < SAYS_UNKNOWN:
            found[question.code] = None
            continue
        wanted = _wanted(draw, project, question, top_of)
        found[question.code] = _nearest(question, wanted)
    return found


def _wanted(
    draw: random.Random,
    project: Invented,
    question: Question,
    top_of: Mapping[str, str],
) -> float:
    """Return the signal the team's situation calls for, 0 to 1."""
    named = {cause for cause, _ in question.weights}
    if IMPACT in named:
        return min(1.0, max(0.0, draw.gauss(project.stakes, 0.15)))
    hit = any(top_of.get(cause, cause) in project.causes for cause in named)
    return draw.betavariate(4, 2.2) if hit else draw.betavariate(1.0, 7.0)


def _nearest(question: Question, wanted: float) -> object:
    """Return the offered answer whose signal is nearest to the one wanted."""
    if question.kind == QuestionKind.SCALE:
        signals = [float(signal) for signal in question.signals]
        return 1 + _index(signals, wanted)
    if question.kind == QuestionKind.NUMBER:
        points = [(float(x), float(signal)) for x, signal in question.breakpoints]
        best = min(points, key=lambda point: abs(point[1] - wanted))
        return f"{best[0]:g}"
    choice = question.choices[
        _index([float(c.signal) for c in question.choices], wanted)
    ]
    return [choice.code] if question.kind == QuestionKind.MULTIPLE else choice.code


def _index(signals: Sequence[float], wanted: float) -> int:
    return min(range(len(signals)), key=lambda index: abs(signals[index] - wanted))
