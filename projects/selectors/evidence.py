"""Files beside answers."""

from django.db.models import QuerySet

from accounts.models import User
from projects.models import Assessment, EvidenceFile


def evidence_of(assessment: Assessment) -> dict[str, list[EvidenceFile]]:
    """Return question -> its files, in the order they came."""
    found: dict[str, list[EvidenceFile]] = {}
    for row in assessment.evidence.select_related("uploaded_by"):
        found.setdefault(row.question, []).append(row)
    return found


def evidence_for(user: User) -> QuerySet[EvidenceFile]:
    """Return the files of all assessments that `user` may see."""
    return EvidenceFile.objects.filter(
        assessment__in=Assessment.objects.visible_to(user)
    ).select_related(
        "assessment__project__unit", "assessment__questionnaire_version", "uploaded_by"
    )
