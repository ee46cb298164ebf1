"""Who may do what on the routes of the portfolio: dashboard, register, statistics."""

from typing import Any

from tests.access.rows import (
    ADMINS,
    EDITORS,
    EVERYBODY,
    INSIDERS,
    Act,
    Case,
    Table,
    at,
    inside,
    of_site,
)

REPORTS = ("summary", "base-rates", "pareto", "stage-matrix", "trend", "failure-rate")


def of_unit(world: Any, place: str) -> str:
    return f"?unit={world.things['unit', place].pk}"


def whole_and_units(**literal: str) -> list[Case]:
    """Everybody reads of the whole organization; of a unit only those inside."""
    return [
        at(literal=literal, GET=EVERYBODY),
        inside(literal=literal, GET=Act(INSIDERS, query=of_unit)),
    ]


PAGES: Table = {
    "portfolio:dashboard": [at(GET=EVERYBODY)],
    "portfolio:register": [
        at(GET=EVERYBODY),
        at(GET=Act(EVERYBODY, query="?search=zqprojectrun")),
    ],
    "portfolio:statistics": whole_and_units(),
    "portfolio:statistics-progress": [at(GET=EVERYBODY)],
    "portfolio:statistics-refresh": [at(POST=EDITORS)],
    "portfolio:statistics-download": whole_and_units(report="pareto"),
    "portfolio:job-list": [at(GET=ADMINS)],
    "portfolio:job-retry": [of_site("other job", POST=ADMINS)],
}
API: Table = {
    **{f"api-report-{name}": whole_and_units() for name in REPORTS},
    "api-report-register": [
        at(GET=EVERYBODY),
        inside(GET=Act(INSIDERS, query=of_unit, outsider=frozenset({400}))),
    ],
    "api-report-refresh": [at(POST=EDITORS)],
    "api-job-detail": [
        of_site("refreshing job", GET=EVERYBODY),
        of_site("other job", visible=ADMINS, GET=ADMINS),
    ],
}
TABLE: Table = PAGES | API
