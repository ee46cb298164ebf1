"""Rows of projects: the project below, its assessments and follow-ups on it."""

from projects.models.assessment import (
    Answer,
    Assessment,
    ScoringRecord,
    ScoringRun,
)
from projects.models.followup import Mitigation, Outcome
from projects.models.project import Project, ProjectCause, ProjectText
from projects.models.questionnaire import Questionnaire, QuestionnaireVersion

__all__ = [
    "Answer",
    "Assessment",
    "Mitigation",
    "Outcome",
    "Project",
    "ProjectCause",
    "ProjectText",
    "Questionnaire",
    "QuestionnaireVersion",
    "ScoringRecord",
    "ScoringRun",
]
