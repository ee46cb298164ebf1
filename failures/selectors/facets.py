"""How the records of a search divide: by cause, stage, sector, outcome, severity, year."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from failures.choices import OutcomeClass, Sector, Severity, Stage
from failures.models import Postmortem
from failures.selectors.causes import spoken, tree_and_titles
from failures.taxonomy import CauseTree

CHOICES: Mapping[str, Any] = {
    "stage": Stage,
    "sector": Sector,
    "outcome": OutcomeClass,
    "severity": Severity,
}
FACETS = ("cause", *CHOICES, "year")
# One scan for all: asking who may read what is most of the cost.
COUNTED = """
WITH found AS MATERIALIZED ({rows})
SELECT 'stage', stage_introduced, count(*) FROM found GROUP BY 2
UNION ALL SELECT 'sector', sector, count(*) FROM found GROUP BY 2
UNION ALL SELECT 'outcome', outcome, count(*) FROM found GROUP BY 2
UNION ALL SELECT 'severity', severity, count(*) FROM found GROUP BY 2
UNION ALL SELECT 'year', extract(year FROM detected_on)::text, count(*)
    FROM found GROUP BY 2
UNION ALL SELECT 'cause', array_to_string(cause_slugs, ' '), count(*)
    FROM found GROUP BY 2
"""


@dataclass(frozen=True)
class FacetValue:
    """A value of a facet, in the reader's language, and how many records have it."""

    value: str
    label: str
    count: int


def facets(rows: QuerySet[Postmortem]) -> dict[str, list[FacetValue]]:
    """Count the values of FACETS among `rows`, which must be what the reader may see.

    A record counts for each of its causes and for those above them, as the filter by
    cause finds it. Choices keep their order, causes come by frequency, years newest
    first; values that nobody has are left out.
    """
    counts: dict[str, Counter[str]] = {name: Counter() for name in FACETS}
    tree, names = tree_and_titles()
    for facet, value, count in _counted(rows):
        for each in _values(facet, value, tree):
            counts[facet][each] += count
    found = {
        name: [
            FacetValue(value, str(label), counts[name][value])
            for value, label in choices.choices
            if counts[name][value]
        ]
        for name, choices in CHOICES.items()
    }
    causes = sorted(counts["cause"].items(), key=lambda pair: (-pair[1], pair[0]))
    found["cause"] = [
        FacetValue(slug, spoken(names.get(slug, {"en": slug})), count)
        for slug, count in causes
    ]
    found["year"] = [
        FacetValue(year, year, counts["year"][year])
        for year in sorted(counts["year"], key=int, reverse=True)
    ]
    return {name: found[name] for name in FACETS}


def _values(facet: str, value: str | None, tree: CauseTree) -> set[str]:
    if not value:
        return set()
    if facet != "cause":
        return {value}
    slugs = value.split()
    return set(tree.rolled_up(slug for slug in slugs if slug in tree)) | set(slugs)


def _counted(rows: QuerySet[Postmortem]) -> list[tuple[str, str | None, int]]:
    names = ["stage_introduced", "sector", "outcome", "severity", "detected_on"]
    wanted = rows.order_by().values(*names, "cause_slugs")
    try:
        sql, parameters = wanted.query.sql_with_params()
    except EmptyResultSet:
        return []
    with connection.cursor() as cursor:
        cursor.execute(COUNTED.format(rows=sql), parameters)
        counted: list[tuple[str, str | None, int]] = cursor.fetchall()
    return counted
