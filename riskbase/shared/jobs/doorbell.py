"""The doorbell: tells a worker that work waits; losing a ring loses nothing."""

import logging
import threading
import time
from functools import partial

from celery import current_app
from django.db import transaction

logger = logging.getLogger(__name__)

RUN_JOB = "riskbase.jobs.run"
RELAY_EVENTS = "riskbase.events.relay"
# A broker that is down is asked again only after this many seconds, so that a
# form submission never waits for it twice.
PAUSE_AFTER_FAILURE = 5.0


class _Silence(threading.local):
    until = 0.0


_silence = _Silence()


def ring(task: str, **arguments: str) -> bool:
    """Send a doorbell task; return whether the broker took it. Never raises."""
    if time.monotonic() < _silence.until:
        return False
    try:
        current_app.send_task(task, kwargs=arguments, retry=False)
    except Exception as error:  # noqa: BLE001 - whatever the transport raises, the row is safe
        _silence.until = time.monotonic() + PAUSE_AFTER_FAILURE
        logger.warning("broker did not answer, the sweep will ring again: %s", error)
        return False
    return True


def ring_on_commit(task: str, **arguments: str) -> None:
    """Ring once the transaction that wrote the work is committed."""
    transaction.on_commit(partial(ring, task, **arguments), robust=True)
