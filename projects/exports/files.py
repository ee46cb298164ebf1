"""The kinds of file a questionnaire can be had as."""

from collections.abc import Callable

from projects.exports.paper import form_of
from projects.exports.workbook import workbook_of
from projects.exports.written import as_json, as_yaml
from projects.models import QuestionnaireVersion
from riskbase.shared.files import File

Maker = Callable[[QuestionnaireVersion], bytes]
FORMATS: dict[str, tuple[str, Maker]] = {
    "yaml": ("application/yaml", lambda version: as_yaml(version.document)),
    "json": ("application/json", lambda version: as_json(version.document)),
    "xlsx": (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        lambda version: workbook_of(version.document, version.digest),
    ),
    "pdf": ("application/pdf", form_of),
}


def file_of(version: QuestionnaireVersion, kind: str) -> File:
    """Return the version as a file. Raises KeyError for another kind, and DomainError."""
    content_type, maker = FORMATS[kind]
    name = f"{version.questionnaire.code}-v{version.number}.{kind}"
    return File(name, content_type, maker(version))
