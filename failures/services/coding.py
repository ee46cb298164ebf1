"""Saying which causes a failure had: role, confidence, evidence."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from failures.choices import CauseRole, Confidence
from failures.coding import is_human_error
from failures.models import CauseCoding, FailureCause, Postmortem, SecondCoding
from failures.services import copies, parts
from failures.services.upserts import differing
from riskbase.shared.audit import trail
from riskbase.shared.errors import DomainError
from riskbase.shared.events import outbox

RECORDED = (
    "role",
    "confidence",
    "mechanism",
    "evidence",
    "evidence_url",
    "evidence_file",
    "quote",
    "stage_detectable",
)


class UnknownCause(DomainError):
    """Only causes of the taxonomy can be coded, never free text."""

    def __init__(self, slug: str, *, field: str = "cause") -> None:
        if is_human_error(slug):
            super().__init__(
                "human_error_is_no_cause",
                _(
                    "Human error is not a cause. Ask what made the error likely and let it through."
                ),
                field=field,
            )
            return
        super().__init__(
            "unknown_cause",
            _("Choose a cause from the taxonomy."),
            field=field,
        )


class CodingSubmitted(DomainError):
    """The coding waits for its comparison with the second one."""

    def __init__(self) -> None:
        super().__init__(
            "coding_submitted",
            _("This coding is submitted. It can change once both are compared."),
        )


class UnknownFile(DomainError):
    """Evidence is a file that lies beside the record."""

    def __init__(self) -> None:
        super().__init__(
            "unknown_file",
            _("Choose a file of this record, or attach it first."),
            field="evidence_file",
        )


class CodedTwice(DomainError):
    """The cause already stands in this role."""

    def __init__(self) -> None:
        super().__init__(
            "coded_twice",
            _("This cause already has this role in the record."),
            field="role",
        )


@dataclass(frozen=True)
class Judgement:
    """What a coder says about a cause."""

    role: str
    confidence: str
    mechanism: str = ""
    evidence: str = ""
    evidence_url: str = ""
    evidence_file: str = ""
    """SHA-256 of a file of the record."""
    quote: str = ""
    stage_detectable: str = ""

    def check(self) -> None:
        """Raise a DomainError for a role or a confidence that does not exist."""
        for name, known in (("role", CauseRole), ("confidence", Confidence)):
            if getattr(self, name) not in known.values:
                raise DomainError(
                    "unknown_choice", _("Choose one of the list."), field=name
                )


@transaction.atomic
def add(
    *, postmortem: Postmortem, cause: str, judgement: Judgement, by: User
) -> CauseCoding:
    """Code a cause, named by its slug in the release in force."""
    row = _codable(postmortem)
    node = FailureCause.objects.current().filter(slug=cause).first()
    if node is None:
        raise UnknownCause(cause)
    if _exists(row, node, judgement.role):
        raise CodedTwice
    require_file(row, judgement.evidence_file)
    coding = CauseCoding.objects.create(
        postmortem=row,
        cause=node,
        coder=by,
        quarter=row.quarter,
        sector=row.sector,
        **asdict(judgement),
    )
    if row.release_id != node.release_id:
        row.release = node.release
        row.save(update_fields=["release"])
    told(row, by, "coding_added", after=_values(coding))
    return coding


@transaction.atomic
def change(
    *,
    coding: CauseCoding,
    judgement: Judgement,
    by: User,
    expected_version: int | None = None,
) -> CauseCoding:
    """Correct the role, the confidence or the evidence of a coding.

    Raises EditConflict when somebody else saved since `expected_version`; a save
    that changes nothing is never a conflict.
    """
    row = _codable(coding.postmortem)
    coding = parts.current(coding)
    if judgement.role != coding.role and _exists(row, coding.cause, judgement.role):
        raise CodedTwice
    changes = differing(coding, asdict(judgement))
    if not changes:
        return coding
    parts.expect(coding, expected_version)
    require_file(row, changes.get("evidence_file", ""))
    before = _values(coding)
    for name, value in changes.items():
        setattr(coding, name, value)
    coding.version += 1
    coding.save()
    told(row, by, "coding_changed", before=before, after=_values(coding))
    return coding


@transaction.atomic
def remove(
    *, coding: CauseCoding, by: User, expected_version: int | None = None
) -> None:
    """Take a cause off the record."""
    row = _codable(coding.postmortem)
    coding = parts.current(coding)
    parts.expect(coding, expected_version)
    before = _values(coding)
    coding.delete()
    told(row, by, "coding_removed", before=before)


def _codable(postmortem: Postmortem) -> Postmortem:
    """Return the record, locked; raises CodingSubmitted between two blind codings."""
    row = parts.editable(postmortem)
    submitted = SecondCoding.objects.filter(
        postmortem=row, first_submitted_at__isnull=False, decided_at__isnull=True
    ).first()
    if submitted and (row.causes_sealed or submitted.is_open):
        raise CodingSubmitted
    return row


def in_force(slugs: Collection[str]) -> dict[str, FailureCause]:
    """Return slug -> cause of the release in force; without those it does not know."""
    found = FailureCause.objects.current().filter(slug__in=slugs)
    return {cause.slug: cause for cause in found}


def require_file(row: Postmortem, sha256: str) -> None:
    """Raise UnknownFile unless the content lies beside the record, or none is named."""
    if sha256 and not row.attachments.filter(sha256=sha256).exists():
        raise UnknownFile


def _exists(row: Postmortem, cause: FailureCause, role: str) -> bool:
    return CauseCoding.objects.filter(
        postmortem=row, cause__slug=cause.slug, role=role
    ).exists()


def _values(coding: CauseCoding) -> dict[str, Any]:
    return {"cause": coding.cause.slug, **trail.values_of(coding, RECORDED)}


def told(
    row: Postmortem,
    by: User | None,
    verb: str,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """Refresh the copies, write the audit and tell the others."""
    causes = copies.refresh_causes(row)
    trail.record(by=by, verb=verb, target=row, before=before, after=after)
    outbox.emit(topic="coding.changed", target=row, payload={"causes": causes})
