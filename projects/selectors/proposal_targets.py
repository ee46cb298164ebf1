"""The questions that lessons of post-mortems can propose to change."""

from collections.abc import Mapping

from failures.choices import ProposalKind
from failures.selectors.proposals import SEPARATOR, offers
from projects.models import QuestionnaireVersion
from riskbase.shared.templatetags.riskbase import localized


@offers(ProposalKind.QUESTION)
def questions() -> Mapping[str, str]:
    """Return the questions of the versions in force, by questionnaire."""
    rows = QuestionnaireVersion.objects.published().select_related("questionnaire")
    return {
        f"{row.questionnaire.code}{SEPARATOR}{question['code']}": " · ".join(
            (localized(row.document["title"]), localized(question["text"]))
        )
        for row in rows.order_by("questionnaire__code")
        for section in row.document["sections"]
        for question in section["questions"]
    }
