"""A questionnaire as a form on paper: numbered, with boxes to tick."""

import json
import subprocess
import sys
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from projects.exports.press import UNAVAILABLE
from projects.models import QuestionnaireVersion
from projects.selectors.questionnaires import printed_sections, summary_of
from riskbase.shared.errors import DomainError

SECONDS = 60
KEPT_FOR = 7 * 24 * 3600
STYLE = Path("static") / "css" / "paper.css"


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


def pdf_of(html: str) -> bytes:
    """Lay out a page. Raises DomainError `pdf_unavailable` or `pdf_failed`."""
    css = (settings.ROOT / STYLE).read_text()
    try:
        done = subprocess.run(
            [sys.executable, "-m", "projects.exports.press"],
            input=json.dumps({"html": html, "css": css}).encode(),
            capture_output=True,
            timeout=SECONDS,
            cwd=settings.ROOT,
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        raise _failed() from late
    if done.returncode == UNAVAILABLE:
        raise DomainError(
            "pdf_unavailable",
            _(
                "PDF files need the system library Pango, which is not installed here. "
                "Print the page from the browser instead, or ask the administrator."
            ),
        )
    if done.returncode:
        raise _failed()
    return done.stdout


def _failed() -> DomainError:
    return DomainError("pdf_failed", _("The PDF could not be made. Try again later."))
