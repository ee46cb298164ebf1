"""Files beside answers: checked by what they hold, kept once, let go with the last row."""

import re
import zlib
from collections.abc import Iterable
from typing import BinaryIO

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from projects.choices import OPEN_STATES
from projects.instruments import question_texts
from projects.models import Answer, Assessment, EvidenceFile
from projects.services.proceedings import locked
from riskbase.shared import blobs
from riskbase.shared.audit import trail
from riskbase.shared.errors import DomainError
from riskbase.shared.signatures import content_type_of

MOST = 10
"""Files beside one answer."""
AUDITED = ("question", "name", "size", "sha256")
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Control characters, and those that turn the direction of a name round."""
CONTENT_LOCK = 0x0E71


def attach(
    *, assessment: Assessment, question: str, file: BinaryIO, name: str, by: User
) -> EvidenceFile:
    """Keep a file beside an answer; the same content again is the same file.

    Raises DomainError: `unknown_question`, `file_too_large`, `file_type`,
    `too_many_files`, and `assessment_state` for what is not open.
    """
    called = clean_name(name)
    content_type = content_type_of(file, called)
    if not content_type:
        raise DomainError(
            "file_type",
            _(
                "This kind of file is not taken. Send a PDF, a picture (PNG, JPEG, "
                "WebP), an office document without macros, or plain text."
            ),
            field="file",
        )
    with transaction.atomic():
        current = locked(assessment, OPEN_STATES)
        if question not in question_texts(current.questionnaire_version):
            raise DomainError(
                "unknown_question",
                _("This questionnaire has no such question."),
                field="question",
            )
        row = _row(current, question, file)
        if not row.name:
            row.name, row.content_type, row.uploaded_by = called, content_type, by
            row.save()
            trail.record(
                by=by,
                verb="assessment.evidence_attached",
                target=current,
                after=trail.values_of(row, AUDITED),
            )
    return row


def _row(assessment: Assessment, question: str, file: BinaryIO) -> EvidenceFile:
    """Keep the bytes; return the row that has them beside the answer, or a new one."""
    kept = _kept(file)
    _hold(kept.sha256)
    rows = EvidenceFile.objects.filter(assessment=assessment, question=question)
    known = rows.filter(sha256=kept.sha256).first()
    if known is not None:
        return known
    if rows.count() >= MOST:
        _let_go(kept.sha256)
        raise DomainError(
            "too_many_files",
            _("An answer has at most %(count)s files. Remove one first.")
            % {"count": MOST},
            field="file",
        )
    # Again under the lock: removal of the last row may just have deleted it.
    if not blobs.path_of(kept.sha256).exists():
        file.seek(0)
        kept = _kept(file)
    return EvidenceFile(
        assessment=assessment, question=question, size=kept.size, sha256=kept.sha256
    )


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
        transaction.on_commit(lambda: _sweep(evidence.sha256))


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


def clean_name(name: str) -> str:
    """Return a file's name without folders and unprintable characters."""
    plain = UNPRINTABLE.sub("", name.replace("\\", "/").rsplit("/", 1)[-1]).strip(" .")
    return plain[-200:] or "file"


def _kept(file: BinaryIO) -> blobs.Kept:
    try:
        return blobs.keep(file, limit=settings.EVIDENCE_MAX_BYTES)
    except blobs.TooLarge as error:
        raise too_large() from error


def too_large() -> DomainError:
    """Return the refusal of more than EVIDENCE_MAX_BYTES."""
    return DomainError(
        "file_too_large",
        _("This file is too large: at most %(count)s MB.")
        % {"count": settings.EVIDENCE_MAX_BYTES // 1_000_000},
        field="file",
    )


def _sweep(sha256: str) -> None:
    with transaction.atomic():
        _hold(sha256)
        _let_go(sha256)


def _let_go(sha256: str) -> None:
    """Delete content that no row refers to, while its lock is held."""
    if not EvidenceFile.objects.filter(sha256=sha256).exists():
        blobs.drop(sha256)


def _hold(sha256: str) -> None:
    """Keep others from attaching or deleting this content until the transaction ends."""
    with connection.cursor() as cursor:
        key = zlib.crc32(sha256.encode()) - 2**31
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [CONTENT_LOCK, key])
