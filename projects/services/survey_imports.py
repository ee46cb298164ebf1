"""Beginning a questionnaire from a survey in the format of SurveyJS."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from projects.findings import told
from projects.models import QuestionnaireVersion
from projects.scoring import digest
from projects.scoring.source import SourceError, read
from projects.scoring.surveyjs import Options, Report, import_survey
from projects.scoring.writing import source_of
from projects.services import drafts
from riskbase.shared.audit import trail
from riskbase.shared.errors import DomainError

PARTS = ("pages", "elements", "questions")
"""A survey has one of them."""


@dataclass(frozen=True)
class SurveyImport:
    """A draft made of a survey, and what became of the survey."""

    draft: QuestionnaireVersion
    report: Report


@transaction.atomic
def import_draft(*, survey: str, options: Options, by: User) -> SurveyImport:
    """Begin a draft from the text of a survey; its report stays with the draft.

    Raises DomainError for a text that cannot be read or is no survey, and for what a
    draft refuses.
    """
    done = import_survey(_read(survey), options)
    if not done.document["sections"]:
        raise DomainError(
            "nothing_asked",
            _("There is no question in this survey that can be read."),
            field="survey",
        )
    draft = drafts.upload(source=source_of(done.document), by=by)
    draft.findings = _remarks(done.report)
    draft.save(update_fields=["findings"])
    trail.record(
        by=by,
        verb="questionnaire.imported",
        target=draft,
        after={
            "convention": options.convention.value,
            "survey_digest": digest(survey),
            "counts": dict(done.report.counts),
            "names": done.report.names,
        },
    )
    return SurveyImport(draft, done.report)


def _read(survey: str) -> dict[str, Any]:
    try:
        document = read(survey).document
    except SourceError as error:
        raise DomainError(
            "unreadable",
            _("The survey cannot be read, line %(line)s: %(detail)s")
            % {"line": error.line, "detail": told(error)},
            field="survey",
        ) from error
    if not any(part in document for part in PARTS):
        raise DomainError(
            "not_a_survey",
            _("This is no survey of SurveyJS: it has no pages."),
            field="survey",
        )
    return document


def _remarks(report: Report) -> list[dict[str, Any]]:
    """Return the report as findings are kept: first the counts, then the entries."""
    counts = report.counts
    read_conditions = counts["page_conditions"] + counts["element_conditions"]
    summary = {
        **{key: counts[key] for key in ("pages", "elements", "questions", "choices")},
        "languages": ", ".join(report.languages),
        "conditions": read_conditions,
        "lost": counts["conditions_lost"],
    }
    told_first: list[tuple[str, dict[str, Any]]] = [("imported", summary)]
    told_first += [
        ("scale_found", {"scale": scale, **found})
        for scale, found in report.scales.items()
    ]
    notes: list[dict[str, Any]] = [
        {"severity": "note", "code": code, "place": "", "params": params}
        for code, params in told_first
    ]
    entries = [entry.to_json() for entry in report.entries]
    return [{**each, "line": None} for each in (*notes, *entries)]
