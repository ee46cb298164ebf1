"""Scoring of risk questionnaires: frozen values in, exact frozen results out.

Plain Python: no Django, no rows, no clock, no floats. A document becomes an Instrument
(`instrument_from_document`), a form or import becomes an AnswerSheet (`parse_answer`),
and both with a map of causes become a RiskScore (`score`).
"""

from projects.scoring.answers import (
    BLANK,
    Answer,
    AnswerError,
    AnswerSheet,
    AnswerState,
    parse_answer,
    sheet_from_json,
)
from projects.scoring.branching import Resolution, Standing, resolve
from projects.scoring.contributions import Contribution, contributions, rounded
from projects.scoring.document import instrument_from_document
from projects.scoring.expression import Expression, Truth
from projects.scoring.gates import GateReport
from projects.scoring.grammar import ExpressionError, parse_expression
from projects.scoring.instrument import (
    IMPACT,
    LANGUAGES,
    Choice,
    Combine,
    Dimension,
    Floor,
    Gate,
    GateEffect,
    Instrument,
    InstrumentError,
    Method,
    Problem,
    Question,
    QuestionKind,
    Section,
)
from projects.scoring.interval import Interval
from projects.scoring.plan import CauseMap, Plan, plan_for
from projects.scoring.points import PointScore
from projects.scoring.replay import (
    ENGINE_VERSION,
    canonical_bytes,
    digest,
    replay,
    result_json,
    scoring_record,
)
from projects.scoring.result import CauseScore, RiskScore
from projects.scoring.score import score, score_with
from projects.scoring.tiers import RiskTier, band, tier_for
from projects.scoring.unknowns import Narrowing, most_telling
from projects.scoring.validity import instrument_problems, require_valid
from projects.scoring.weighing import FiredFloor

__all__ = [
    "BLANK",
    "ENGINE_VERSION",
    "IMPACT",
    "LANGUAGES",
    "Answer",
    "AnswerError",
    "AnswerSheet",
    "AnswerState",
    "CauseMap",
    "CauseScore",
    "Choice",
    "Combine",
    "Contribution",
    "Dimension",
    "Expression",
    "ExpressionError",
    "FiredFloor",
    "Floor",
    "Gate",
    "GateEffect",
    "GateReport",
    "Instrument",
    "InstrumentError",
    "Interval",
    "Method",
    "Narrowing",
    "Plan",
    "PointScore",
    "Problem",
    "Question",
    "QuestionKind",
    "Resolution",
    "RiskScore",
    "RiskTier",
    "Section",
    "Standing",
    "Truth",
    "band",
    "canonical_bytes",
    "contributions",
    "digest",
    "instrument_from_document",
    "instrument_problems",
    "most_telling",
    "parse_answer",
    "parse_expression",
    "plan_for",
    "replay",
    "require_valid",
    "resolve",
    "result_json",
    "rounded",
    "score",
    "score_with",
    "scoring_record",
    "sheet_from_json",
    "tier_for",
]
