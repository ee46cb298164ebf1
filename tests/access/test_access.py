"""Every route, every method, every persona, inside and outside."""

import pytest

from tests.access.asking import decide, questions
from tests.access.matrix import PARTS, TABLE
from tests.access.routes import routes_by_name
from tests.access.rows import METHODS

pytestmark = pytest.mark.django_db
ROUTES = routes_by_name()


def test_table_lists_every_route_and_no_other():
    assert sorted(ROUTES.keys() - TABLE.keys()) == [], "routes without an entry"
    assert sorted(TABLE.keys() - ROUTES.keys()) == [], "entries without a route"
    assert sum(len(part.TABLE) for part in PARTS) == len(TABLE), "entries twice"


@pytest.mark.parametrize("name", sorted(ROUTES.keys() & TABLE.keys()))
def test_route_admits_and_refuses(name, world, asking):
    faults = []
    for question in questions(ROUTES[name], TABLE[name], world):
        faults += asking.faults(question)
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("name", sorted(ROUTES.keys() & TABLE.keys()))
def test_route_takes_no_method_that_is_not_in_the_table(name, world, asking):
    cases = TABLE[name]
    listed = {method for case in cases for method in case.acts}
    example = questions(ROUTES[name], cases[:1], world)[0]
    taken = {
        method: asking.ask("admin", method, asking.path(example))[0].status_code
        for method in METHODS
        if method not in listed
    }
    assert {method: code for method, code in taken.items() if code != 405} == {}


def test_every_persona_is_admitted_and_refused_somewhere(world):
    verdicts = {}
    for name in ROUTES.keys() & TABLE.keys():
        for question in questions(ROUTES[name], TABLE[name], world):
            verdicts.setdefault(question.persona, set()).add(decide(question))
    assert verdicts.pop("nobody") == {"granted", "unknown"}
    assert verdicts.pop("admin") >= {"granted", "hidden"}
    for persona, met in verdicts.items():
        assert met == {"granted", "refused", "hidden"}, persona


TELLING = ("detail", "list", "history", "outcome", "mitigations", "result", "check")


def test_every_secret_is_told_to_who_may_read_it(world, asking):
    """Or its absence elsewhere would prove nothing."""
    unmet = {secret.text for secret in world.secrets}
    for name in ROUTES.keys() & TABLE.keys():
        if not name.endswith(TELLING):
            continue
        for question in questions(ROUTES[name], TABLE[name], world):
            asks = question.persona in {"alice", "charlie", "admin"}
            if question.method == "GET" and asks and decide(question) == "granted":
                path = asking.path(question)
                answer = asking.ask(question.persona, "GET", path)[0]
                text = answer.getvalue().decode(errors="replace")
                unmet = {secret for secret in unmet if secret not in text}
    assert not unmet
