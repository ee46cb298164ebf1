"""What can be said of a questionnaire's text while it is written."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from projects.findings import SENTENCES, told
from projects.instruments import cause_map
from projects.models import QuestionnaireVersion
from projects.scoring import InstrumentError, Plan, Problem, digest, plan_for
from projects.scoring.document import instrument_from_document
from projects.scoring.source import Source, SourceError, read

ERROR, WARNING, NOTE = "error", "warning", "note"
OTHER_CODE = "other_code"
OWN = {OTHER_CODE: _("the code of this questionnaire is `%(expected)s`")}
"""What only this place can find, told like the rest."""


@dataclass(frozen=True)
class Remark:
    """One finding with its line, from 1; none where it is about the whole text."""

    severity: str
    code: str
    place: str
    line: int | None
    params: Mapping[str, Any]

    @property
    def sentence(self) -> str:
        """What it says, in the reader's language."""
        if self.code in OWN:
            return str(OWN[self.code]) % self.params
        if self.code not in SENTENCES:
            return self.code
        return told(Problem(self.code, self.place, self.params))

    def to_json(self) -> dict[str, Any]:
        return {
            "severity": self.severity,
            "code": self.code,
            "place": self.place,
            "line": self.line,
            "params": {name: _plain(value) for name, value in self.params.items()},
        }


@dataclass(frozen=True)
class Check:
    """A text that was read: its document, if it is one, and what is to be said."""

    document: dict[str, Any] | None
    remarks: list[Remark]
    plan: Plan | None
    """Compiled when the document can be scored with the causes in force."""

    @property
    def errors(self) -> list[Remark]:
        return self._of(ERROR)

    @property
    def warnings(self) -> list[Remark]:
        return self._of(WARNING)

    @property
    def notes(self) -> list[Remark]:
        return self._of(NOTE)

    @property
    def digest(self) -> str:
        """Digest of the document; empty where there is none."""
        return digest(self.document) if self.document is not None else ""

    def _of(self, severity: str) -> list[Remark]:
        return [remark for remark in self.remarks if remark.severity == severity]


def check_of(version: QuestionnaireVersion, source: str | None = None) -> Check:
    """Check the version's text, or another text in its place.

    The number is the version's own, whatever the text says.
    """
    text = version.source if source is None else source
    code = version.questionnaire.code
    return check(text, code=code, number=version.number, previous=before(version))


def before(version: QuestionnaireVersion) -> Mapping[str, Any] | None:
    """Return the document of the closed version with the next lower number."""
    earlier = version.questionnaire.versions.closed().filter(number__lt=version.number)
    found = earlier.order_by("-number").first()
    return found.document if found is not None else None


def check(
    source: str,
    *,
    code: str,
    number: int,
    previous: Mapping[str, Any] | None = None,
) -> Check:
    """Read and lint a text that is to become version `number` of `code`."""
    try:
        text = read(source)
    except SourceError as error:
        refused = Remark(ERROR, error.code, "", error.line, error.params)
        return Check(None, [refused], None)
    document = {**text.document, "version": number}
    remarks = [_remark(text, *found) for found in _found(document, previous)]
    if document.get("code") != code:
        params = {"expected": code}
        remarks.append(_remark(text, ERROR, Problem(OTHER_CODE, "code", params)))
    remarks.sort(key=lambda remark: (remark.line or 0, remark.place))
    return Check(document, remarks, _plan(document))


def _found(
    document: Mapping[str, Any],
    previous: Mapping[str, Any] | None,  # noqa: ARG001 - the linter compares with it
) -> list[tuple[str, Problem]]:
    try:
        plan_for(instrument_from_document(document), cause_map())
    except InstrumentError as error:
        return [(ERROR, problem) for problem in error.problems]
    return []


def _plan(document: Mapping[str, Any]) -> Plan | None:
    try:
        return plan_for(instrument_from_document(document, ()), cause_map())
    except InstrumentError:
        return None


def _remark(text: Source, severity: str, problem: Problem) -> Remark:
    line = text.line_of(problem.place)[0]
    return Remark(severity, problem.code, problem.place, line, problem.params)


def _plain(value: Any) -> Any:
    is_plain = value is None or isinstance(value, str | int | bool)
    return value if is_plain else str(value)
