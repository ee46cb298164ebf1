"""SurveyJS JSON turned into a questionnaire of our own format, with a report."""

from projects.scoring.surveyjs.convention import Convention
from projects.scoring.surveyjs.importer import Imported, Options, import_survey
from projects.scoring.surveyjs.report import Entry, Report

__all__ = ["Convention", "Entry", "Imported", "Options", "Report", "import_survey"]
