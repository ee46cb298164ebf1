"""References that people quote: PM-00001."""

from django.db import connection


def next_references(count: int) -> list[str]:
    """Return `count` references never given before."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval('postmortem_reference') FROM generate_series(1, %s)",
            [count],
        )
        return [f"PM-{number:05d}" for (number,) in cursor.fetchall()]
