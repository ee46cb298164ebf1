"""Finds what is wrong with a questionnaire before anybody has to answer it.

Plain Python. `lint` never raises on a document that came out of JSON or YAML, and its
work is bounded: what would take too long is told as not checked.
"""

from projects.scoring.lint.finding import Finding, Severity
from projects.scoring.lint.linter import lint

__all__ = ["Finding", "Severity", "lint"]
