"""Publishing releases of the cause taxonomy."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from failures.choices import Stage
from failures.models import FailureCause, TaxonomyRelease
from failures.taxonomy import (
    CauseNode,
    Evolution,
    ReleaseDocument,
    read_evolution,
    read_release,
    to_json,
)
from riskbase.shared.audit import trail
from riskbase.shared.errors import DomainError
from riskbase.shared.events import outbox


class TaxonomyConflict(DomainError):
    """A published release is closed: changed content needs a new number."""

    def __init__(self, number: int) -> None:
        super().__init__(
            "taxonomy_release_closed",
            _(
                "Release %(number)s is published and closed. Give the content a new number."
            )
            % {"number": number},
        )


class TaxonomyEvolutionRefused(DomainError):
    """The release does not say what became of every cause."""

    def __init__(self, problems: str) -> None:
        super().__init__(
            "taxonomy_evolution",
            _("The mapping from the release before is faulty: %(problems)s")
            % {"problems": problems},
        )


@dataclass(frozen=True)
class Loaded:
    """What a loader did."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    retired: int = 0


@transaction.atomic
def load_release(
    *, document: Mapping[str, Any], at: dt.datetime, by: User | None = None
) -> Loaded:
    """Publish the release in `document` unless it already is.

    Raises DocumentError for a faulty document, TaxonomyConflict when the release
    exists with other content.
    """
    release = read_release(document, stages=Stage.values)
    existing = TaxonomyRelease.objects.filter(number=release.number).first()
    if existing is not None:
        if existing.digest != release.digest:
            raise TaxonomyConflict(release.number)
        return Loaded(unchanged=len(release.nodes))
    row = _publish(release, at)
    trail.record(
        by=by,
        verb="taxonomy_released",
        target=row,
        after={
            "number": row.number,
            "digest": row.digest,
            "causes": len(release.nodes),
        },
    )
    outbox.emit(topic="taxonomy.released", target=row, payload={"number": row.number})
    return Loaded(created=len(release.nodes))


def _publish(release: ReleaseDocument, at: dt.datetime) -> TaxonomyRelease:
    newest = TaxonomyRelease.objects.order_by("-number").first()
    current = newest is None or newest.number < release.number
    if current:
        TaxonomyRelease.objects.filter(is_current=True).update(is_current=False)
    evolution = _evolution(release)
    row = TaxonomyRelease.objects.create(
        number=release.number,
        label=release.label,
        digest=release.digest,
        published_at=at,
        is_current=current,
        literature=dict(release.literature),
        evolution=to_json(evolution) if evolution else {},
    )
    rows: dict[str, FailureCause] = {}
    for position, node in enumerate(release.nodes):
        rows[node.slug] = _cause(node, row, rows, position)
    FailureCause.objects.bulk_create(rows.values())
    return row


def _evolution(release: ReleaseDocument) -> Evolution | None:
    """Return how the causes of the release before became these.

    A cause that goes without a word is retired: its records stay, unmapped. Raises
    TaxonomyEvolutionRefused for rules that leave something open.
    """
    before = TaxonomyRelease.objects.filter(number__lt=release.number).first()
    if before is None:
        return None
    old = list(before.causes.values_list("slug", flat=True))
    new = [node.slug for node in release.nodes]
    document = dict(release.evolution)
    if not document:
        document = {"retire": [slug for slug in old if slug not in set(new)]}
    try:
        return read_evolution(document, before.number, release.number, old, new)
    except (AttributeError, TypeError, ValueError) as error:
        raise TaxonomyEvolutionRefused(str(error)) from error


def _cause(
    node: CauseNode,
    release: TaxonomyRelease,
    above: Mapping[str, FailureCause],
    position: int,
) -> FailureCause:
    return FailureCause(
        release=release,
        parent=above[node.parent] if node.parent else None,
        slug=node.slug,
        position=position,
        title=dict(node.title),
        definition=dict(node.definition),
        stages=list(node.stages),
        warning_signs=[dict(words) for words in node.warning_signs],
        checks=[dict(words) for words in node.checks],
        robustness_related=node.robustness_related,
        is_extension=node.extension,
        leakage_category=node.leakage_category,
        seeds=list(node.seeds),
        literature=list(node.literature),
        mappings=dict(node.mappings),
    )
