"""An address that names two rows finds nothing when they do not belong together."""

import pytest
from django.urls import reverse

from tests.access.matrix import TABLE
from tests.access.routes import routes_by_name

pytestmark = pytest.mark.django_db
ROUTES = routes_by_name()
SIDE_BY_SIDE = {"api-postmortem-likeness", "failures:likeness-judge"}
"""Name two records of which neither belongs to the other."""
NESTED = sorted(
    name
    for name in ROUTES.keys() & TABLE.keys() - SIDE_BY_SIDE
    if any(len(case.fills) > 1 for case in TABLE[name])
)


def crossings(world, case):
    """Yield URL arguments whose first row is of one place, and the rest of another."""
    places = world.places_of(case.fills.values())
    for here in places:
        for there in places:
            if here != there:
                (outer, kind), *inner = case.fills.items()
                yield {
                    **world.arguments({outer: kind}, here),
                    **world.arguments(dict(inner), there),
                    **case.literal,
                }


@pytest.mark.parametrize("name", NESTED)
def test_rows_of_different_parents_are_not_found(name, world, asking):
    met = set()
    for case in TABLE[name]:
        if len(case.fills) < 2:
            continue
        for arguments in crossings(world, case):
            path = reverse(name, kwargs=arguments)
            for method, act in case.acts.items():
                for persona in ("admin", "alice"):
                    body = act.body(world, "retail") if act.body else None
                    answer, writes = asking.ask(persona, method, path, body)
                    assert answer.status_code in {403, 404}, (persona, method, path)
                    assert not writes
                    met.add((persona, answer.status_code))
    assert ("admin", 404) in met


def test_there_are_addresses_that_name_two_rows():
    assert len(NESTED) > 10
