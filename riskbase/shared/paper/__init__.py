"""Pages as PDF files, laid out by a process of its own."""

import json
import subprocess
import sys
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from riskbase.shared.errors import DomainError
from riskbase.shared.paper.press import UNAVAILABLE

SECONDS = 60
STYLE = Path("static") / "css" / "paper.css"


def pdf_of(html: str) -> bytes:
    """Lay out a page. Raises DomainError `pdf_unavailable` or `pdf_failed`."""
    css = (settings.ROOT / STYLE).read_text()
    try:
        done = subprocess.run(
            [sys.executable, "-m", "riskbase.shared.paper.press"],
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
