"""Keeping what is stored twice in step: causes, quarters, search vectors."""

import datetime as dt
import hashlib
import uuid
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.contrib.postgres.search import SearchVector
from django.db.models import Func, TextField
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import Cast, Left
from django.utils import timezone

from failures.choices import FROZEN_STATES, Precision
from failures.coding import counted_causes, is_sealed
from failures.models import (
    CauseCoding,
    CauseSet,
    Postmortem,
    PostmortemText,
    SecondCoding,
)
from failures.search import CONFIGURATIONS
from failures.search.languages import PAIRS

REST = (
    "intended",
    "actual",
    "system",
    "diagnosis",
    "detection_story",
    "impact",
    "lessons",
    "loss",
    "organization",
    "acceptance_statement",
    "data_difference",
    "data_misunderstood",
    "bias_origin",
    "upstream_change",
    "surprise",
    "went_well",
    "lucky",
    "context",
    "affected_groups",
)
INDEXED_CHARACTERS = 20_000
"""Per field; a search vector must stay under one megabyte."""


def quarter_of(day: dt.date | None, precision: str) -> int | None:
    """Return year * 4 + quarter - 1, or None when only the year is known."""
    if day is None or precision == Precision.YEAR:
        return None
    return day.year * 4 + (day.month - 1) // 3


def refresh_causes(postmortem: Postmortem) -> list[str]:
    """Recompute the record's causes that count; return them.

    None are told while a blind second coding is under way.
    """
    second = SecondCoding.objects.filter(postmortem=postmortem).first()
    was_sealed = postmortem.causes_sealed
    postmortem.causes_sealed = is_sealed(
        postmortem.origin,
        postmortem.severity,
        is_frozen=postmortem.state in FROZEN_STATES,
        is_invited=second is not None and second.coder_id is not None,
        is_handed_in=second is not None
        and second.first_submitted_at is not None
        and second.decided_at is None,
        is_revealed=second is not None and second.is_revealed,
    )
    if was_sealed and not postmortem.causes_sealed:
        _note_opening(postmortem, second)
    codings = CauseCoding.objects.filter(postmortem=postmortem).values_list(
        "cause__slug", "role", "confidence"
    )
    postmortem.cause_slugs = [] if postmortem.causes_sealed else counted_causes(codings)
    postmortem.save(update_fields=["cause_slugs", "causes_sealed"])
    return postmortem.cause_slugs


def _note_opening(postmortem: Postmortem, second: SecondCoding | None) -> None:
    """Remember that the first coding could be read before both had submitted."""
    if (second is not None and second.is_revealed) or not postmortem.codings.exists():
        return
    second = second or SecondCoding(postmortem=postmortem)
    second.opened_at = second.opened_at or timezone.now()
    second.version += 1
    second.save()


def keep_sets(sets: Iterable[Sequence[str]]) -> None:
    """Keep these sets of causes, as the triggers of the database would."""
    wanted = {
        uuid.UUID(hashlib.md5(" ".join(slugs).encode()).hexdigest()): list(slugs)  # noqa: S324 - a name, no secret
        for slugs in sets
        if slugs
    }
    CauseSet.objects.bulk_create(
        (CauseSet(digest=digest, slugs=wanted[digest]) for digest in sorted(wanted)),
        ignore_conflicts=True,
    )


def refresh_coding_facts(postmortem: Postmortem) -> None:
    """Copy quarter and sector to the record's codings."""
    CauseCoding.objects.filter(postmortem=postmortem).update(
        quarter=postmortem.quarter, sector=postmortem.sector
    )


def refresh_search(postmortem_ids: Collection[Any]) -> None:
    """Rebuild the search vectors of these records, each in its language."""
    for language, configuration in CONFIGURATIONS.items():
        PostmortemText.objects.filter(
            postmortem__in=postmortem_ids, language=language
        ).update(search=_vector(language, configuration))


def _vector(language: str, configuration: str) -> CombinedExpression:
    start = _pairs if language == "zh-hans" else _start
    rest = [start(name) for name in REST]
    return (
        SearchVector(start("title"), weight="A", config=configuration)
        + SearchVector(start("summary"), weight="B", config=configuration)
        + SearchVector(*rest, weight="C", config=configuration)
    )


def _start(name: str) -> Left:
    return Left(Cast(name, TextField()), INDEXED_CHARACTERS)


def _pairs(name: str) -> Func:
    """Return the field with each pair of Chinese signs as a word of its own."""
    return Func(_start(name), function=PAIRS, output_field=TextField())
