"""A questionnaire as a form on paper: numbered, with boxes to tick."""

from django.conf import settings
from django.core.cache import cache
from django.template.loader import render_to_string
from django.utils.translation import get_language

from projects.models import QuestionnaireVersion
from projects.selectors.questionnaires import printed_sections, summary_of
from riskbase.shared.paper import pdf_of

KEPT_FOR = 7 * 24 * 3600


def form_of(version: QuestionnaireVersion) -> bytes:
    """Return the form as PDF in the reader's language; a closed version's is kept.

    Raises DomainError `pdf_unavailable` where the layout engine is not installed.
    """
    key = f"form:{settings.VERSION}:{version.digest}:{get_language()}"
    kept = cache.get(key)
    if kept is None:
        html = render_to_string(
            "projects/paper/questionnaire.html",
            {
                "version": version,
                "summary": summary_of(version),
                "sections": printed_sections(version),
            },
        )
        kept = pdf_of(html)
        cache.set(key, kept, KEPT_FOR)
    return bytes(kept)
