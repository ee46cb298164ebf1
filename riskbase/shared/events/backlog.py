"""What a subscriber failed to take: a job per subscriber and target, in order.

While one is owed something of a target, later events of that target wait behind it;
other targets and other subscribers go on. What fails at every attempt stays in a
dead job, and what came after it is delivered.
"""

import logging
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from riskbase.shared.events.models import OutboxEvent
from riskbase.shared.events.subscribers import named
from riskbase.shared.jobs import queue
from riskbase.shared.jobs.models import Job, JobState

DELIVER = "events.deliver"
ACTIVE = (JobState.PENDING, JobState.RUNNING)

logger = logging.getLogger(__name__)


class NotTaken(RuntimeError):
    """A subscriber refused events at the last attempt."""


def hand_over(name: str, events: Sequence[OutboxEvent]) -> None:
    """Give events to a subscriber; owe it those it fails to take."""
    by_target: dict[uuid.UUID, list[OutboxEvent]] = defaultdict(list)
    for event in events:
        by_target[event.target_id].append(event)
    for job in _jobs_for(name, by_target):
        _append(job, by_target.pop(uuid.UUID(job.payload["target"]), []))
    free = [event for event in events if event.target_id in by_target]
    if not free or _refusal(name, free) is None:
        return
    for target, group in by_target.items():
        if len(by_target) == 1 or _refusal(name, group) is not None:
            _owe(name, target, group)


@queue.handles(DELIVER)
def deliver(running: queue.Running) -> Mapping[str, int]:
    """Give a subscriber what it is owed of one target, as it stands by now.

    At the last attempt event by event. Raises NotTaken for what is refused even then.
    """
    name = running.payload["subscriber"]
    refusals: dict[str, Exception] = {}
    with transaction.atomic():
        running.confirm()
        job = Job.objects.get(pk=running.job.pk)
        events = list(OutboxEvent.objects.filter(pk__in=job.payload["events"]))
        if running.job.attempts < running.job.max_attempts:
            named(name)(events)
        else:
            refusals = _one_by_one(name, events)
        _settle(job, list(refusals))
    if refusals:
        raise NotTaken("; ".join(f"{pk}: {why!r}" for pk, why in refusals.items()))
    return {"events": len(events)}


def waiting_ids() -> set[str]:
    """Return the ids of the events that jobs still name, dead ones included."""
    payloads = Job.objects.filter(kind=DELIVER).exclude(state=JobState.DONE)
    return {pk for job in payloads for pk in job.payload["events"]}


def _one_by_one(name: str, events: Sequence[OutboxEvent]) -> dict[str, Exception]:
    refusals = {str(event.pk): _refusal(name, [event]) for event in events}
    return {pk: why for pk, why in refusals.items() if why is not None}


def _refusal(name: str, events: Sequence[OutboxEvent]) -> Exception | None:
    """Call the subscriber; return what it raised, its writes undone."""
    try:
        with transaction.atomic():
            named(name)(events)
    except Exception as error:
        logger.exception("subscriber %s refused %s events", name, len(events))
        return error
    return None


def _jobs_for(name: str, targets: Iterable[uuid.UUID]) -> QuerySet[Job]:
    keys = [_key(name, target) for target in targets]
    return Job.objects.select_for_update().filter(
        kind=DELIVER, key__in=keys, state__in=ACTIVE
    )


def _key(name: str, target: uuid.UUID) -> str:
    return f"{name} {target}"


def _owe(name: str, target: uuid.UUID, events: Sequence[OutboxEvent]) -> None:
    queue.enqueue(
        kind=DELIVER,
        key=_key(name, target),
        payload={
            "subscriber": name,
            "target": str(target),
            "events": [str(event.pk) for event in events],
        },
        run_at=timezone.now() + queue.BACK_OFF,
    )


def _append(job: Job, events: Sequence[OutboxEvent]) -> None:
    job.payload["events"] += [str(event.pk) for event in events]
    job.save(update_fields=["payload"])


def _settle(job: Job, refused: list[str]) -> None:
    """End the job with the delivery itself: nothing can be appended in between."""
    job.state = JobState.DEAD if refused else JobState.DONE
    job.payload["events"] = refused or job.payload["events"]
    job.finished_at = timezone.now()
    job.save(update_fields=["state", "payload", "finished_at"])
