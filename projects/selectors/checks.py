"""What can be said of a questionnaire's text while it is written."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from failures.models import Practice
from projects.findings import SENTENCES, told
from projects.instruments import cause_map
from projects.models import QuestionnaireVersion
from projects.scoring import (
    LANGUAGES,
    InstrumentError,
    Plan,
    Problem,
    instrument_from_document,
    plan_for,
)
from projects.scoring.lint import Finding, Severity, lint
from projects.scoring.source import Source, SourceError, read

ERROR, WARNING, NOTE = (str(severity) for severity in Severity)
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
class Remarks:
    """Findings by how bad they are."""

    remarks: list[Remark]

    @property
    def errors(self) -> list[Remark]:
        return self._of(ERROR)

    @property
    def warnings(self) -> list[Remark]:
        return self._of(WARNING)

    @property
    def notes(self) -> list[Remark]:
        return self._of(NOTE)

    def _of(self, severity: str) -> list[Remark]:
        return [remark for remark in self.remarks if remark.severity == severity]


@dataclass(frozen=True)
class Check(Remarks):
    """A text that was read: its document, if it is one, and what is to be said."""

    document: dict[str, Any] | None
    plan: Plan | None
    """Compiled when the document can be scored with the causes in force."""


def check_of(version: QuestionnaireVersion, source: str | None = None) -> Check:
    """Check the version's text, or another text in its place.

    The number is the version's own, whatever the text says.
    """
    text = version.source if source is None else source
    code = version.questionnaire.code
    return check(text, code=code, number=version.number, previous=before(version))


def kept_remarks(version: QuestionnaireVersion) -> Remarks:
    """Return what was found at the publication."""
    return Remarks([Remark(**each) for each in version.findings])


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
        return Check([refused], None, None)
    document = {**text.document, "version": number}
    found = lint(
        document,
        causes=cause_map(),
        practices=set(
            Practice.objects.filter(is_retired=False).values_list("slug", flat=True)
        ),
        languages=languages_of(document),
        previous=previous,
    )
    remarks = [_remark(text, finding) for finding in found]
    if document.get("code") != code:
        other = Finding(OTHER_CODE, "code", Severity.ERROR, {"expected": code})
        remarks.append(_remark(text, other))
    remarks.sort(key=lambda remark: (remark.line or 0, remark.place))
    return Check(remarks, document, _plan(document))


def languages_of(document: Mapping[str, Any]) -> list[str]:
    """Return the languages a document speaks; it need not be whole."""
    named = document.get("languages")
    if isinstance(named, list) and all(isinstance(each, str) for each in named):
        return named or list(LANGUAGES)
    return list(LANGUAGES)


def _plan(document: Mapping[str, Any]) -> Plan | None:
    try:
        return plan_for(instrument_from_document(document, ()), cause_map())
    except InstrumentError:
        return None


def _remark(text: Source, finding: Finding) -> Remark:
    line = text.line_of(finding.place)[0]
    return Remark(
        finding.severity.value, finding.code, finding.place, line, finding.params
    )


def _plain(value: Any) -> Any:
    is_plain = value is None or isinstance(value, str | int | bool)
    return value if is_plain else str(value)
