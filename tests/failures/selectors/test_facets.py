"""Facets count what the list would find, and nothing else."""

from collections import Counter

import pytest

from failures.models import Postmortem
from failures.search import Criteria, visible
from failures.selectors.causes import with_descendants
from failures.selectors.facets import FACETS, facets
from tests.factories.failures import CauseFactory, CodingFactory, PostmortemFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def records(retail, elsewhere):
    top = CauseFactory(slug="leakage", title={"en": "Leakage"})
    below = CauseFactory(slug="lk-time", title={"en": "Time"}, parent=top)
    other = CauseFactory(slug="deployment", title={"en": "Deployment"})
    for number, (unit, causes) in enumerate(
        [
            (retail, [top, below]),
            (retail, [below, other]),
            (retail, []),
            (elsewhere, [other]),
        ]
    ):
        record = PostmortemFactory(
            unit=unit,
            published=True,
            sector="retail" if number < 2 else "finance",
            severity=("high", "low", "", "low")[number],
            detected_on=(None, "2024-03-01", "2025-01-01", "2025-01-01")[number],
        )
        for cause in causes:
            CodingFactory(postmortem=record, cause=cause)


def counts(found, name):
    return {value.value: value.count for value in found[name]}


def test_values_are_counted_among_what_may_be_read(records, alice):
    found = facets(Postmortem.objects.visible_to(alice))
    assert tuple(found) == FACETS
    assert counts(found, "sector") == {"finance": 1, "retail": 2}
    assert counts(found, "severity") == {"low": 1, "high": 1}
    assert counts(found, "year") == {"2025": 1, "2024": 1}
    assert counts(found, "cause") == {"leakage": 2, "lk-time": 2, "deployment": 1}
    assert {value.label for value in found["cause"]} == {
        "Leakage",
        "Time",
        "Deployment",
    }


def test_each_number_is_what_its_filter_finds(records, admin):
    found = facets(Postmortem.objects.visible_to(admin))
    fields = {"stage": "stage", "year": "year"}
    for name, values in found.items():
        for value in values:
            if name == "cause":
                criteria = Criteria(causes=with_descendants(value.value))
            elif name == "year":
                criteria = Criteria(year=int(value.value))
            elif name in fields:
                criteria = Criteria(**{fields[name]: value.value})
            else:
                criteria = Criteria(exact={name: value.value})
            assert visible(admin, criteria).count() == value.count, (name, value)


def test_nothing_is_found_among_nothing(db):
    assert Counter(map(len, facets(Postmortem.objects.none()).values())) == {0: 6}
