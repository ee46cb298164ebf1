"""Files beside answers: checked by what they hold, kept once, let go with the last row."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import BinaryIO

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from projects.choices import OPEN_STATES
from projects.instruments import question_texts
from projects.models import Answer, Assessment, EvidenceFile
from projects.services.proceedings import locked
from riskbase.shared import holdings
from riskbase.shared.audit import trail
from riskbase.shared.errors import DomainError

MOST = 10
"""Files beside one answer."""
AUDITED = ("question", "name", "size", "sha256")


def attach(
    *, assessment: Assessment, question: str, file: BinaryIO, name: str, by: User
) -> EvidenceFile:
    """Keep a file beside an answer; the same content again is the same file.

    Raises DomainError: `unknown_question`, `file_too_large`, `file_type`,
    `too_many_files`, and `assessment_state` for what is not open.
    """
    with transaction.atomic():
        current = locked(assessment, OPEN_STATES)
        if question not in question_texts(current.questionnaire_version):
            raise DomainError(
                "unknown_question",
                _("This questionnaire has no such question."),
                field="question",
            )
        taken = holdings.take(file, name)
        rows = EvidenceFile.objects.filter(assessment=current, question=question)
        known = rows.filter(sha256=taken.sha256).first()
        if known is not None:
            return known
        if rows.count() >= MOST:
            holdings.let_go(taken.sha256)
            raise DomainError(
                "too_many_files",
                _("An answer has at most %(count)s files. Remove one first.")
                % {"count": MOST},
                field="file",
            )
        row = EvidenceFile.objects.create(
            assessment=current, question=question, uploaded_by=by, **asdict(taken)
        )
        trail.record(
            by=by,
            verb="assessment.evidence_attached",
            target=current,
            after=trail.values_of(row, AUDITED),
        )
    return row


def remove(*, evidence: EvidenceFile, by: User) -> None:
    """Take a file away; its bytes go when no row needs them. Raises as `attach`."""
    with transaction.atomic():
        current = locked(evidence.assessment, OPEN_STATES)
        trail.record(
            by=by,
            verb="assessment.evidence_removed",
            target=current,
            before=trail.values_of(evidence, AUDITED),
        )
        evidence.delete()
        transaction.on_commit(lambda: holdings.sweep(evidence.sha256))


def carry(*, draft: Assessment, rows: Iterable[Answer], by: User) -> None:
    """Let files go along with the answers they support; their bytes are shared."""
    wanted = {(row.carried_from_id, row.question) for row in rows}
    known = EvidenceFile.objects.filter(
        assessment__in={assessment for assessment, _question in wanted}
    )
    EvidenceFile.objects.bulk_create(
        EvidenceFile(
            assessment=draft,
            question=file.question,
            name=file.name,
            content_type=file.content_type,
            size=file.size,
            sha256=file.sha256,
            uploaded_by=by,
            carried_from_id=file.assessment_id,
        )
        for file in known
        if (file.assessment_id, file.question) in wanted
    )
