"""Rows of projects: the project below, its assessments and follow-ups on it."""

from projects.models.assessment import (
    Answer,
    Assessment,
    ScoringRecord,
    ScoringRun,
)
from projects.models.backtest import Backtest, BacktestLine
from projects.models.evidence import EvidenceFile
from projects.models.followup import Mitigation, Outcome
from projects.models.project import Project, ProjectCause, ProjectText
from projects.models.questionnaire import Questionnaire, QuestionnaireVersion
from projects.models.reminder import Reminder
from projects.models.review import Comment, GateOverride, SectionReview, Thread
from projects.models.scenario import Scenario

__all__ = [
    "Answer",
    "Assessment",
    "Backtest",
    "BacktestLine",
    "Comment",
    "EvidenceFile",
    "GateOverride",
    "Mitigation",
    "Outcome",
    "Project",
    "ProjectCause",
    "ProjectText",
    "Questionnaire",
    "QuestionnaireVersion",
    "Reminder",
    "Scenario",
    "ScoringRecord",
    "ScoringRun",
    "SectionReview",
    "Thread",
]
