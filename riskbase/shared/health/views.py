"""Answers for load balancers and supervisors; no login, no details."""

import datetime as dt
import logging

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from riskbase.shared.health.checks import CHECKS, SERVES_WITHOUT, Check, Unwell

logger = logging.getLogger(__name__)


@never_cache
@require_safe
def live(_request: HttpRequest) -> HttpResponse:
    """Say that the process answers."""
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def ready(_request: HttpRequest) -> HttpResponse:
    """Say whether everything a page needs answers, else 503.

    Without broker or cache the site is degraded and serves on: work waits in the
    database, and when it waits too long, that is 503.
    """
    now = timezone.now()
    said = {name: _asked(name, check, now) for name, check in CHECKS.items()}
    failed = {name for name, answer in said.items() if not answer.startswith("ok")}
    serves = failed <= SERVES_WITHOUT
    status = "ok" if not failed else "degraded" if serves else "unwell"
    body = {"status": status, "checks": said}
    return JsonResponse(body, status=200 if serves else 503)


def _asked(name: str, check: Check, now: dt.datetime) -> str:
    try:
        return check(now)
    except Unwell as error:
        return str(error)
    except Exception:  # whatever a driver raises, the answer is "failed"
        logger.exception("health check %s failed", name)
        if not connection.in_atomic_block:
            connection.close_if_unusable_or_obsolete()
        return "failed"
