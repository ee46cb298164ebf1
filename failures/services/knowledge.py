"""Loading the catalog of practices and the published base rates."""

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import models, transaction

from accounts.models import User
from failures.choices import PracticeKind, Reliability
from failures.models import FailureCause, Practice, PublishedRate
from failures.services import upserts
from failures.services.taxonomy import Loaded
from failures.taxonomy import Reader
from riskbase.shared.audit import trail

PRACTICE_KEYS = frozenset({"slug", "title", "causes", "kind", "effect", "seeds"})
RATE_KEYS = frozenset(
    {
        "slug", "statement", "note", "unit", "value", "value_low", "value_high", "n",
        "year", "source", "url", "cause", "reliability", "verification", "seeds",
    }
)  # fmt: skip
LARGEST_EFFECT = Decimal("0.60")


@transaction.atomic
def load_practices(
    *, entries: Sequence[Mapping[str, Any]], by: User | None = None
) -> Loaded:
    """Bring the catalog in line; practices no longer listed are retired.

    Raises DocumentError with every fault.
    """
    reader = Reader()
    known = _known_causes()
    wanted = _by_slug(
        reader, "practices", [_practice(reader, entry, known) for entry in entries]
    )
    reader.raise_if_any()
    loaded = _bring_in_line(Practice, wanted, by)
    gone = Practice.objects.filter(is_retired=False).exclude(slug__in=wanted)
    for practice in gone:
        upserts.apply(practice, {"is_retired": True})
        trail.record(by=by, verb="practice_retired", target=practice)
    return Loaded(loaded.created, loaded.updated, loaded.unchanged, len(gone))


@transaction.atomic
def load_rates(
    *, entries: Sequence[Mapping[str, Any]], by: User | None = None
) -> Loaded:
    """Bring the published base rates in line; those no longer listed are deleted.

    Raises DocumentError with every fault.
    """
    reader = Reader()
    known = _known_causes()
    values = [
        {**_rate(reader, entry, known), "position": position}
        for position, entry in enumerate(entries)
    ]
    wanted = _by_slug(reader, "base_rates", values)
    reader.raise_if_any()
    loaded = _bring_in_line(PublishedRate, wanted, by)
    gone = list(PublishedRate.objects.exclude(slug__in=wanted))
    for rate in gone:
        trail.record(by=by, verb="base_rate_withdrawn", target=rate)
        rate.delete()
    return Loaded(loaded.created, loaded.updated, loaded.unchanged, len(gone))


def _known_causes() -> frozenset[str]:
    return frozenset(FailureCause.objects.current().values_list("slug", flat=True))


def _by_slug(
    reader: Reader, place: str, values: Sequence[dict[str, Any]]
) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for each in values:
        if each["slug"] in found:
            reader.note(f"{place}[{each['slug']}]", "slug used twice")
        found[each["slug"]] = each
    return found


def _bring_in_line(
    model: type[Practice] | type[PublishedRate],
    wanted: Mapping[str, Mapping[str, Any]],
    by: User | None,
) -> Loaded:
    name = model._meta.model_name
    existing: dict[str, models.Model] = {
        row.slug: row for row in model.objects.filter(slug__in=wanted)
    }
    created = [
        model(**values) for slug, values in wanted.items() if slug not in existing
    ]
    model.objects.bulk_create(created)  # type: ignore[arg-type]
    upserts.record_creations(by=by, verb=f"{name}_loaded", rows=created)
    updated = 0
    for slug, row in existing.items():
        if changes := upserts.differing(row, wanted[slug]):
            before = trail.values_of(row, changes)
            upserts.apply(row, changes)
            trail.record(
                by=by,
                verb=f"{name}_updated",
                target=row,
                before=before,
                after=trail.values_of(row, changes),
            )
            updated += 1
    return Loaded(len(created), updated, len(existing) - updated)


def _practice(
    reader: Reader, entry: Mapping[str, Any], causes: frozenset[str]
) -> dict[str, Any]:
    place = f"practices[{entry.get('slug')}]"
    reader.keys(entry, place, PRACTICE_KEYS)
    slugs = reader.sequence(entry.get("causes"), f"{place}.causes")
    return {
        "slug": reader.slug(entry.get("slug"), f"{place}.slug"),
        "title": dict(reader.words(entry.get("title"), f"{place}.title")),
        "kind": reader.member(
            entry.get("kind"), f"{place}.kind", frozenset(PracticeKind.values)
        ),
        "effect": _effect(reader, entry.get("effect"), f"{place}.effect"),
        "cause_slugs": [
            reader.member(slug, f"{place}.causes[{i}]", causes)
            for i, slug in enumerate(slugs)
        ],
        "seeds": list(reader.seeds(entry.get("seeds") or (), f"{place}.seeds")),
        "is_retired": False,
    }


def _effect(reader: Reader, value: object, place: str) -> Decimal:
    """Read a share from 0 to 0.6, written as a text to stay exact."""
    try:
        effect = Decimal(str(value)).quantize(Decimal("0.01"))
    except InvalidOperation:
        effect = Decimal(-1)
    if not 0 <= effect <= LARGEST_EFFECT:
        reader.note(place, f"not a share from 0 to {LARGEST_EFFECT}: {value!r}")
    return effect


def _rate(
    reader: Reader, entry: Mapping[str, Any], causes: frozenset[str]
) -> dict[str, Any]:
    place = f"base_rates[{entry.get('slug')}]"
    reader.keys(entry, place, RATE_KEYS)
    return {
        "slug": reader.slug(entry.get("slug"), f"{place}.slug"),
        "statement": dict(reader.words(entry.get("statement"), f"{place}.statement")),
        "note": dict(reader.words(entry.get("note"), f"{place}.note", empty=True)),
        "unit": dict(reader.words(entry.get("unit"), f"{place}.unit", empty=True)),
        "value": reader.number(entry.get("value"), f"{place}.value"),
        "value_low": reader.number(entry.get("value_low"), f"{place}.value_low"),
        "value_high": reader.number(entry.get("value_high"), f"{place}.value_high"),
        "n": reader.whole(entry.get("n"), f"{place}.n"),
        "year": reader.whole(entry.get("year"), f"{place}.year"),
        "source": reader.text(entry.get("source"), f"{place}.source"),
        "url": str(entry.get("url") or ""),
        "cause_slug": reader.member(
            entry.get("cause"), f"{place}.cause", causes, empty=True
        ),
        "reliability": reader.member(
            entry.get("reliability"),
            f"{place}.reliability",
            frozenset(Reliability.values),
        ),
        "verification": str(entry.get("verification") or ""),
        "seeds": list(reader.seeds(entry.get("seeds") or (), f"{place}.seeds")),
    }
