"""How often each cause was coded: as coded, or re-expressed in one release."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Count

from accounts.models import Person
from failures.coding.counting import COUNTED_CONFIDENCES, COUNTED_ROLES
from failures.models import CauseCoding, Postmortem, TaxonomyRelease
from failures.taxonomy import Evolution, from_json, tally


@dataclass(frozen=True)
class CauseCount:
    """Records in which a cause of a release counts; a split makes parts of records."""

    release: int
    cause: str
    count: float


@dataclass(frozen=True)
class Expression:
    """Counts of causes in one release, or as they were coded (`release` None)."""

    release: int | None
    counts: tuple[CauseCount, ...]
    total: float
    unmapped: float
    unmapped_share: float | None


def evolutions() -> list[Evolution]:
    """Return the steps between the releases that are there."""
    rows = TaxonomyRelease.objects.exclude(evolution={}).order_by("number")
    return [from_json(row.evolution, row.number) for row in rows]


def as_coded(user: Person) -> dict[int, dict[str, Fraction]]:
    """Return release -> cause -> records, of published ones that `user` may read."""
    records = Postmortem.objects.visible_to(user).published()
    rows = (
        CauseCoding.objects.filter(
            postmortem__in=records.order_by().values("pk"),
            role__in=COUNTED_ROLES,
            confidence__in=COUNTED_CONFIDENCES,
        )
        .order_by()
        .values_list("cause__release__number", "cause__slug")
        .annotate(records=Count("postmortem", distinct=True))
    )
    found: dict[int, dict[str, Fraction]] = {}
    for release, slug, count in rows:
        found.setdefault(release, {})[slug] = Fraction(count)
    return found


def expressed(user: Person, release: int | None) -> Expression:
    """Return the counts in the causes of a release; None leaves them as coded."""
    coded = as_coded(user)
    if release is None:
        counts = [
            CauseCount(number, slug, float(count))
            for number, causes in coded.items()
            for slug, count in causes.items()
        ]
        total = sum(each.count for each in counts)
        return Expression(None, _sorted(counts), total, 0.0, 0.0 if total else None)
    found = tally(coded, release, evolutions())
    counts = _counts(found.counts, release)
    return Expression(
        release,
        _sorted(counts),
        float(found.total),
        float(found.unmapped),
        found.unmapped_share,
    )


def _counts(counts: Mapping[str, Fraction], release: int) -> list[CauseCount]:
    return [CauseCount(release, slug, float(n)) for slug, n in counts.items() if n]


def _sorted(counts: list[CauseCount]) -> tuple[CauseCount, ...]:
    return tuple(
        sorted(counts, key=lambda each: (-each.count, each.release, each.cause))
    )


def has_release(number: int) -> bool:
    """Return whether a release of this number is there."""
    return TaxonomyRelease.objects.filter(number=number).exists()
